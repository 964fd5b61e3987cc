import { describe, expect, test } from 'vitest'
import { loadDesign } from '../../src/cards/design/load-design.js'
import { parseMap, planColumns, targetsOf } from '../../src/issuing/mapping.js'
import { isAppError } from '../../src/kit/errors/index.js'
import { designFolder, PASS } from '../cards/design-folder.js'

const FULL = `version: 1
serial: {column: Card number}
barcode: {column: EAN}
locale: {column: language}
expires: {column: valid until}
fields:
  name: {type: text, required: true}
  balance: {type: number, column: Points, required: true}
  level: {type: enum, options: [Silver, Gold], required: true, default: Silver}
  mail: {type: email}
pictures: {thumbnail: {column: photo}}
`
const HEADER = ['Card number', 'EAN', 'language', 'valid until', 'name', 'Points', 'level', 'mail', 'photo', 'notes']

async function plan(header: readonly string[], { yaml = FULL, map = [] as string[] } = {}) {
  const design = await loadDesign(await designFolder({ yaml, pass: PASS }), { name: 'bonus' })
  return planColumns({ file: 'members.csv', header, design, map: parseMap(map) })
}

async function problemsOf(...args: Parameters<typeof plan>): Promise<readonly string[]> {
  const error = await plan(...args).catch((thrown: unknown) => thrown)
  if (!isAppError(error)) throw new Error(`no problems: ${JSON.stringify(error)}`)
  expect(error).toMatchObject({ code: 'CSV_HEADER', exitCode: 6 })
  expect(error.message).toMatch(/^members\.csv does not fit the design "bonus": .*\.$/s)
  return error.details?.problems as string[]
}

describe('columns', () => {
  test('feed what design.yaml says, or the field of their name', async () => {
    const columns = await plan(HEADER)
    expect(columns.fields.map(({ spec, index }) => [spec.key, index])).toEqual([
      ['name', 4],
      ['balance', 5],
      ['level', 6],
      ['mail', 7],
    ])
    expect(columns).toMatchObject({
      serial: { kind: 'column', index: 0 },
      barcode: 1,
      locale: 2,
      expires: 3,
      pictures: [{ image: 'thumbnail', index: 8 }],
      unused: ['notes'],
    })
  })

  test('are found without regard to case and surrounding space', async () => {
    const columns = await plan(HEADER.map((name) => ` ${name.toUpperCase()} `))
    expect(columns.fields.map(({ index }) => index)).toEqual([4, 5, 6, 7])
  })

  test('in any order', async () => {
    const columns = await plan(HEADER.toReversed())
    expect(columns.fields.map(({ index }) => index)).toEqual([5, 4, 3, 2])
  })

  test('that are optional may be missing, and a required one with a default too', async () => {
    const columns = await plan(['Card number', 'EAN', 'name', 'Points'])
    expect(columns).toMatchObject({ locale: undefined, expires: undefined, pictures: [] })
    expect(columns.fields.map(({ index }) => index)).toEqual([2, 3, undefined, undefined])
  })

  test('--map goes before all of it, and one column may feed several targets', async () => {
    const columns = await plan([...HEADER, 'a=b', 'other'], {
      map: ['a=b=name', 'other=serial', 'OTHER=barcode', ' notes = mail ', 'Points=picture.thumbnail'],
    })
    expect(columns.fields.map(({ spec, index }) => [spec.key, index])).toContainEqual(['name', 10])
    expect(columns.fields.map(({ spec, index }) => [spec.key, index])).toContainEqual(['mail', 9])
    expect(columns).toMatchObject({ serial: { kind: 'column', index: 11 }, barcode: 11 })
    expect(columns.pictures).toEqual([{ image: 'thumbnail', index: 5 }])
    expect(columns.unused).toEqual(['Card number', 'EAN', 'name', 'mail', 'photo'])
  })

  test('the reasons of a rejected file feed nothing, not even a serial', async () => {
    const yaml = 'version: 1\nfields: {name: {type: text}}\n'
    const columns = await plan(['name', 'city', 'tessera_error'], { yaml })
    expect(columns.serial).toEqual({ kind: 'derived', key: [0, 1] })
    expect(columns.unused).toEqual(['city'])
  })

  test('a serial is derived from the key columns when there are some', async () => {
    const yaml = 'version: 1\nserial: {key: [Phone, mail]}\nfields: {name: {type: text}}\n'
    expect((await plan(['name', 'mail', 'phone'], { yaml })).serial).toEqual({ kind: 'derived', key: [2, 1] })
    expect((await plan(['name', 'no'], { yaml, map: ['no=serial'] })).serial).toEqual({ kind: 'column', index: 1 })
  })

  test('what --map may point at', async () => {
    const design = await loadDesign(await designFolder({ yaml: FULL, pass: PASS }))
    expect(targetsOf(design)).toEqual([
      'name',
      'balance',
      'level',
      'mail',
      'serial',
      'barcode',
      'locale',
      'expires',
      'picture.thumbnail',
    ])
  })
})

describe('problems', () => {
  test('are all named at once, with what was probably meant', async () => {
    const problems = await problemsOf(['Card numbr', 'nmae', 'EAN', 'ean', 'language', 'pionts'], {
      map: ['langauge=locale', 'nmae=naem', 'pionts=balanse'],
    })
    expect(problems).toEqual([
      '--map names the column "langauge", which is not there (did you mean "language"?)',
      '--map names the target "naem", which the design does not have (did you mean name?)',
      '--map names the target "balanse", which the design does not have (did you mean balance?)',
      'there is no column "name" for name (did you mean "nmae"?)',
      'there is no column "Points" for balance (did you mean "pionts"?)',
      'there is no column "Card number" for serial (did you mean "card numbr"?)',
      'the column "EAN" is there 2 times',
    ])
  })

  test('a name that occurs twice matters only when something asks for it', async () => {
    expect((await plan([...HEADER, 'notes', 'notes'])).unused).toEqual(['notes', 'notes', 'notes'])
    expect(await problemsOf([...HEADER, 'NAME'])).toEqual(['the column "name" is there 2 times'])
  })

  test('missing key columns', async () => {
    const yaml = 'version: 1\nserial: {key: [phone, mail]}\nfields: {name: {type: text}}\n'
    expect(await problemsOf(['name', 'phne'], { yaml })).toEqual([
      `there is no column "phone" for the serial's key (did you mean "phne"?)`,
      `there is no column "mail" for the serial's key`,
    ])
  })

  test.each(['name', '=name', 'name=', ' = ', ''])('--map %j is not of the form column=target', (flag) => {
    expect(() => parseMap([flag])).toThrow('is not of the form column=target')
  })

  test('--map may not feed one target from two columns', () => {
    expect(() => parseMap(['a=name', 'b=name'])).toThrow('--map feeds "name" from two columns, "a" and "b"')
    expect([...parseMap(['a=name', 'a=name', 'a=mail'])]).toEqual([
      ['name', 'a'],
      ['mail', 'a'],
    ])
  })
})
