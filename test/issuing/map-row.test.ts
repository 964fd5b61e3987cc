import { describe, expect, test } from 'vitest'
import { loadDesign } from '../../src/cards/design/load-design.js'
import { createRowMapper } from '../../src/issuing/map-row.js'
import { parseMap, planColumns } from '../../src/issuing/mapping.js'
import { problemText } from '../../src/issuing/problem-text.js'
import { designFolder, PASS } from '../cards/design-folder.js'

const YAML = `version: 1
serial: {column: card}
barcode: {value: "{serial}/{name}"}
locale: {column: lang}
expires: {column: until}
fields:
  name: {type: text}
  spent: {type: money, currency: EUR}
  level: {type: enum, options: [Silver, Gold], default: Silver}
`

async function mapper(header: readonly string[], { yaml = YAML, map = [] as string[], locale = 'en' } = {}) {
  const design = await loadDesign(await designFolder({ yaml, pass: PASS }), { name: 'bonus' })
  const plan = planColumns({ file: 'm.csv', header, design, map: parseMap(map) })
  const mapRow = createRowMapper(plan, {
    design,
    defaults: { locale, currency: 'EUR' },
    serialOf: (key) => `derived-${key.join('-')}`,
  })
  return (...cells: string[]) => {
    const mapped = mapRow({ line: 7, cells }, 6)
    return 'draft' in mapped ? mapped.draft : mapped.problems.map((problem) => problemText(problem))
  }
}

const HEADER = ['card', 'name', 'spent', 'lang', 'until']

describe('a row', () => {
  test('becomes a card: trimmed, typed, with defaults and a barcode made of it', async () => {
    const map = await mapper(HEADER)
    expect(map(' A-1 ', ' Ann ', '1.250,50', 'de', '2030-02-28')).toEqual({
      line: 7,
      row: 6,
      serial: 'A-1',
      values: { name: 'Ann', spent: 1250.5, level: 'Silver' },
      barcode: 'A-1/Ann',
      locale: 'de',
      expiresAt: Date.parse('2030-02-28T23:59:59Z'),
      pictures: undefined,
    })
    // Nothing in an optional cell leaves the field as the design has it.
    expect(map('A-2', '', '', '', '')).toMatchObject({
      values: { level: 'Silver' },
      barcode: 'A-2/',
      locale: undefined,
      expiresAt: undefined,
    })
  })

  test('whose barcode the format of the design cannot hold is refused', async () => {
    const column = await mapper(['card', 'ean'], {
      yaml: 'version: 1\nserial: {column: card}\nbarcode: {column: ean, format: ean13}\nfields: {}\n',
    })
    expect(column('A', '4006381333931')).toMatchObject({ barcode: '4006381333931' })
    expect(column('A', '4006381333932')).toEqual([
      'ean "4006381333932" is not an EAN-13: its last digit does not fit the others',
    ])
    const made = await mapper(['card'], {
      yaml: 'version: 1\nserial: {column: card}\nbarcode: {value: "{serial}", format: i2of5}\nfields: {}\n',
    })
    expect(made('123')).toEqual(['barcode "123" is no even number of digits, which Interleaved 2 of 5 needs'])
  })

  test('is read in its own language, or that of the launch', async () => {
    const map = await mapper(HEADER)
    const spent = (cell: string, lang: string): unknown => {
      const draft = map('A', 'Ann', cell, lang, '')
      return Array.isArray(draft) ? draft : draft.values.spent
    }
    expect(spent('1.250', 'de')).toBe(1250)
    expect(spent('1,250', 'en')).toBe(1250)
    expect(spent('1,250', '')).toBe(1250)
    const german = await mapper(HEADER, { locale: 'de' })
    expect(german('A', 'Ann', '1.250', '', '')).toMatchObject({ values: { spent: 1250 } })
  })

  test.each([
    ['2030-12-31T10:00:00+02:00', '2030-12-31T08:00:00Z'],
    ['31.12.2030', '2030-12-31T23:59:59Z'],
    ['2030-12-31T00:00:00Z', '2030-12-31T23:59:59Z'],
  ])('expires: %s is %s', async (cell, moment) => {
    const map = await mapper(HEADER)
    expect(map('A', 'Ann', '', '', cell)).toMatchObject({ expiresAt: Date.parse(moment) })
  })

  test('wrong in several ways names all of them, by the columns of the file', async () => {
    const map = await mapper(['Kartennummer', 'name', 'spent', 'lang', 'until', 'Rang'], {
      map: ['Kartennummer=serial', 'Rang=level'],
    })
    expect(map('', 'Ann', 'x', 'no language', 'gestern', 'Tin')).toEqual([
      'lang "no language" is not a language tag such as en or ru',
      'spent "x" is not an amount of money',
      'Rang "Tin" is not one of Silver, Gold',
      'until "gestern" is not a date',
      'Kartennummer is empty',
    ])
  })

  test('with characters that were lost names their cells and nothing else', async () => {
    const map = await mapper(HEADER)
    expect(map('A', 'J\ufffdrg', 'x', '', '')).toEqual([
      'name "J\ufffdrg" has bytes that are not valid text in the encoding of the file',
    ])
    expect(map('A', 'half \ud83d', '', '', '')).toEqual(['name "half \\ud83d" has half a character in it'])
  })

  test('repeats long values in part, whole characters only', async () => {
    const map = await mapper(HEADER)
    const [problem] = map('A', 'Ann', '😀'.repeat(100), '', '') as string[]
    expect(problem).toBe(`spent "${'😀'.repeat(80)}" is not an amount of money`)
    const [other] = map('A', 'Ann', `x${'y'.repeat(100)}`, '', '') as string[]
    expect(other).toBe(`spent "x${'y'.repeat(79)}" is not an amount of money`)
  })

  test.each([
    ['has 4 columns, the header has 5', ['A', 'Ann', '', '']],
    ['has 6 columns, the header has 5', ['A', 'Ann', '', '', '', '']],
    ['has 1 column, the header has 5', ['A']],
  ])('%s', async (reason, cells) => {
    expect((await mapper(HEADER))(...cells)).toEqual([`the row ${reason}`])
  })
})

describe('barcodes', () => {
  const COLUMN = YAML.replace(/barcode: .*/, 'barcode: {column: ean}')

  test('come from their column', async () => {
    const map = await mapper([...HEADER, 'ean'], { yaml: COLUMN })
    expect(map('A', 'Ann', '', '', '', ' 4006381333931 ')).toMatchObject({ barcode: '4006381333931' })
    expect(map('A', 'Ann', '', '', '', ' ')).toEqual(['ean " " is empty, so the card would have no barcode'])
    expect(map('A', 'Ann', '', '', '', 'x'.repeat(2901))).toEqual([
      `ean "${'x'.repeat(80)}" is longer than the 2900 characters of a barcode`,
    ])
  })

  test('made of an empty field are none', async () => {
    const map = await mapper(HEADER, { yaml: YAML.replace('{serial}/{name}', '{name}') })
    expect(map('A', '', '', '', '')).toEqual(['barcode is empty, so the card would have no barcode'])
  })
})

test('a required field without a column and with a bad default is named by its key', async () => {
  const yaml = 'version: 1\nfields: {level: {type: text, required: true}}\n'
  const map = await mapper(['level'], { yaml })
  expect(map('')).toEqual(['level is empty, but every card needs it'])
})
