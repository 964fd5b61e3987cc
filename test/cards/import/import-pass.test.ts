import sharp from 'sharp'
import { describe, expect, test } from 'vitest'
import { loadDesign } from '../../../src/cards/design/load-design.js'
import { sampleCard } from '../../../src/cards/design/sample-card.js'
import { type ImportOptions, importPass } from '../../../src/cards/import/import-pass.js'
import { writeFolder } from '../../../src/cards/write-folder.js'
import { temporaryFolder } from '../design-folder.js'
import { crushPng } from './crushed.js'

const NOW = Date.parse('2026-06-01T12:00:00Z')
const OPTIONS: ImportOptions = {
  now: NOW,
  locale: 'en',
  keepValues: false,
  passTypeIdentifier: 'pass.com.example.card',
  teamIdentifier: 'ABCDE12345',
}

const CARD = {
  formatVersion: 1,
  passTypeIdentifier: 'pass.org.other',
  teamIdentifier: 'OTHERTEAM1',
  serialNumber: 'SN-20491',
  authenticationToken: 'vxwxd7J8AlNNFPS8k0a0FfUFtq0ewzFdc',
  webServiceURL: 'https://other.example/passes/',
  organizationName: 'Other',
  description: 'Club card',
  backgroundColor: 'rgb(20,60,50)',
  barcodes: [{ format: 'PKBarcodeFormatQR', message: 'SN-20491', messageEncoding: 'iso-8859-1', altText: 'SN-20491' }],
  storeCard: {
    headerFields: [{ key: 'points', label: 'Points', value: 385 }],
    secondaryFields: [
      { key: 'member', label: 'Member', value: 'John Appleseed', semantics: { x: 1 } },
      {
        key: 'number',
        label: 'Number',
        value: 'SN-20491',
        attributedValue: '<a href="https://x.example/SN-20491">SN-20491</a>',
      },
    ],
    backFields: [{ key: 'terms', label: 'Terms', value: 'As always.' }],
  },
  userInfo: { link: 'https://other.example/u/SN-20491', for: 'John Appleseed' },
  someKeyOfTheFuture: { kept: [1.5, 'x'] },
}

const icon = (): Promise<Buffer> =>
  sharp({ create: { width: 87, height: 87, channels: 4, background: '#336' } })
    .png()
    .toBuffer()

async function filesOf(pass: unknown, more: Readonly<Record<string, string | Uint8Array>> = {}) {
  const json = typeof pass === 'string' || pass instanceof Uint8Array ? pass : JSON.stringify(pass, null, 2)
  const all = { 'pass.json': json, 'icon@3x.png': await icon(), 'manifest.json': '{}', signature: 'x', ...more }
  return new Map(Object.entries(all).map(([path, content]) => [path, Buffer.from(content)]))
}

async function run(
  pass: unknown,
  more: Readonly<Record<string, string | Uint8Array>> = {},
  options: Partial<ImportOptions> = {},
) {
  const imported = await importPass({ source: 'card.pkpass', files: await filesOf(pass, more) }, [], {
    ...OPTIONS,
    ...options,
  })
  const dir = `${await temporaryFolder()}/club.pkpasstemplate`
  await writeFolder(dir, imported.files)
  const design = await loadDesign(dir)
  return {
    ...imported,
    design,
    text: String(imported.files.get('pass.json')),
    yaml: String(imported.files.get('design.yaml')),
  }
}

describe('a card', () => {
  test('becomes a design that loads, with fields, serial and barcode fed', async () => {
    const { design, report } = await run(CARD)
    expect(design).toMatchObject({
      style: 'storeCard',
      config: { title: 'Club card', serial: { column: 'number' }, barcode: { value: '{serial}', text: '{serial}' } },
    })
    expect(design.fields.map(({ key, type, required }) => [key, type, required])).toEqual([
      ['points', 'number', false],
      ['member', 'text', true],
      ['number', 'text', true],
    ])
    expect(report.sameOnEveryCard).toEqual([{ key: 'terms', shown: 'back', text: 'As always.' }])
    expect(report.taken.map(({ path }) => path)).toEqual([
      'design.yaml',
      'icon.png',
      'icon@2x.png',
      'icon@3x.png',
      'pass.json',
    ])
  })

  test('leaves nothing of its holder behind', async () => {
    const { files } = await run(CARD)
    for (const [path, content] of files) {
      if (/\.png$/.test(path)) continue
      expect(String(content), path).not.toMatch(/SN-20491|Appleseed|vxwxd7J8|other\.example\/passes/)
    }
  })

  test('shows an invented member who fits its fields', async () => {
    const { design, report } = await run(CARD)
    expect(report.fields.map(({ key, sample }) => [key, sample])).toEqual([
      ['points', '125'],
      ['member', 'Anna Taylor'],
      ['number', expect.stringMatching(/^[A-Z]{2}-\d{5}$/)],
    ])
    const card = sampleCard(design, { locale: 'en' })
    expect(card).toMatchObject({ values: { points: 125, member: 'Anna Taylor' } })
    expect(card.serial).toBe(card.values.number)
    expect(card.barcode).toBe(card.serial)
  })

  test('keeps its values on request, with a warning', async () => {
    const { design, report, text } = await run(CARD, {}, { keepValues: true })
    expect(design.config.sample).toEqual({
      en: { points: '385', member: 'John Appleseed', number: 'SN-20491', serial: 'SN-20491' },
    })
    expect(JSON.parse(text)).toMatchObject({ storeCard: { headerFields: [{ value: 385 }] }, userInfo: CARD.userInfo })
    expect(report.notes.join()).toContain('personal data')
  })

  test('keeps its layout, its digits and keys of the future', async () => {
    const given = JSON.stringify(CARD, null, 4).replace('1.5', '1.50')
    const { text } = await run(given)
    expect(text).toContain(
      '    "someKeyOfTheFuture": {\n        "kept": [\n            1.50,\n            "x"\n        ]\n    }',
    )
    expect(JSON.parse(text)).toMatchObject({
      serialNumber: 'TEMPLATE',
      passTypeIdentifier: 'pass.com.example.card',
      teamIdentifier: 'ABCDE12345',
      backgroundColor: 'rgb(20,60,50)',
      barcodes: [{ message: 'TEMPLATE', altText: 'TEMPLATE' }],
    })
    expect(text).not.toMatch(/authenticationToken|webServiceURL|attributedValue|semantics/)
  })

  test('that came on one line is laid out', async () => {
    const { text } = await run(JSON.stringify(CARD))
    expect(text.split('\n').length).toBeGreaterThan(40)
    expect(text).toContain('\n  "description": "Club card",\n')
  })

  test('that is past its end or voided becomes a design that is not', async () => {
    const { text, report } = await run({ ...CARD, expirationDate: '2020-01-01T00:00:00Z', voided: true })
    expect(JSON.parse(text)).not.toHaveProperty('expirationDate')
    expect(JSON.parse(text)).not.toHaveProperty('voided')
    expect(report.notes).toEqual(
      expect.arrayContaining([expect.stringContaining('2020-01-01'), expect.stringContaining('voided')]),
    )
    const later = await run({ ...CARD, expirationDate: '2030-01-01T00:00:00Z' })
    expect(JSON.parse(later.text)).toMatchObject({ expirationDate: '2030-01-01T00:00:00Z' })
  })

  test('with an EAN-13 keeps a number that scanners accept', async () => {
    const barcodes = [{ format: 'PKBarcodeFormatEAN13', message: '4006381333931' }]
    const { design } = await run({ ...CARD, barcodes })
    const { barcode } = sampleCard(design, { locale: 'en' })
    expect(barcode).toMatch(/^\d{13}$/)
    expect(barcode).not.toBe('4006381333931')
    const sum = [...barcode].reduce((total, digit, index) => total + Number(digit) * (index % 2 === 0 ? 1 : 3), 0)
    expect(sum % 10).toBe(0)
  })

  test('translated into Russian shows a Russian member', async () => {
    const strings = Buffer.from('\ufeff"Member" = "Участник";\n', 'utf16le')
    const { design, report } = await run(CARD, { 'ru.lproj/pass.strings': strings })
    expect(design.config.sample).toMatchObject({ ru: { member: 'Анна Соколова' } })
    expect(report.fields[1]).toMatchObject({ key: 'member', label: 'Участник' })
    expect(design.files.get('ru.lproj/pass.strings')).toEqual(strings)
  })
})

describe('odd passes', () => {
  test('trailing commas, comments and UTF-16 are mended and told', async () => {
    const sloppy = JSON.stringify(CARD, null, 2)
      .replace('"Points",', '"Points", // shown large')
      .replace('385\n', '385,\n')
    const { report, design } = await run(Buffer.from(`\ufeff${sloppy}`, 'utf16le'))
    expect(report.mended).toEqual([
      'pass.json is UTF-16; it is UTF-8 now.',
      expect.stringMatching(/^pass\.json has a comment \(line \d+\)/),
      expect.stringMatching(/^pass\.json has a comma before a closing bracket \(line \d+\)/),
    ])
    expect(design.passJson.description).toBe('Club card')
  })

  test('fields without a key get one, and equal keys become two', async () => {
    const storeCard = {
      headerFields: [{ label: 'My points', value: 1 }],
      backFields: [{ key: 'a', value: 'x' }, { key: 'a', value: 'y' }, { value: 'z' }],
    }
    const { design, report } = await run({ ...CARD, storeCard })
    expect(design.passJson).toMatchObject({
      storeCard: { headerFields: [{ key: 'my_points' }], backFields: [{ key: 'a' }, { key: 'a2' }, { key: 'back' }] },
    })
    expect(report.mended).toHaveLength(3)
  })

  test('a crushed icon becomes one that everybody can show', async () => {
    const { report, design } = await run(CARD, { 'icon.png': crushPng(3, 3, new Uint8Array(36).fill(255)) })
    expect(report.notes).toContain("icon.png was in Apple's own kind of PNG (CgBI) and was converted.")
    expect((await sharp(design.files.get('icon.png')).metadata()).width).toBe(3)
  })

  test('pictures that cannot be drawn are left out with the reason', async () => {
    const { report } = await run(CARD, { 'strip.png': 'no picture', 'members.csv': 'a,b' })
    expect(report.leftOut).toEqual([
      { path: 'members.csv', reason: expect.any(String) },
      { path: 'strip.png', reason: 'is damaged and cannot be drawn' },
    ])
  })

  test('a design with a design.yaml of its own is taken as it is', async () => {
    const yaml = 'version: 1\nfields: {points: {type: number}}\n'
    const { report, files, text } = await run(CARD, { 'design.yaml': yaml })
    expect(String(files.get('design.yaml'))).toBe(yaml)
    expect(JSON.parse(text)).toMatchObject({ serialNumber: 'SN-20491' })
    expect(report.fields).toEqual([])
  })

  test.each([
    ['no JSON', 'hello', 'PASS_UNREADABLE'],
    ['a list', '[1]', 'PASS_UNREADABLE'],
    ['no style', '{"description": "x"}', 'DESIGN_INVALID'],
    ['two styles', '{"storeCard": {}, "coupon": {}}', 'DESIGN_INVALID'],
  ])('%s is refused', async (_title, json, code) => {
    await expect(run(json)).rejects.toMatchObject({ code, message: expect.stringContaining('card.pkpass') })
  })

  test('keys, labels and values that mean something to YAML stay what they are', async () => {
    const odd = ['yes', '1: 2', '# no', 'a\nb', '"q"', '{x}', '~', '& *', 'ключ', '\u0085\u2028']
    const headerFields = odd.map((text) => ({ key: text, label: text, value: '', changeMessage: '%@' }))
    const { design } = await run({ ...CARD, description: 'He said: "no" # \u0007', storeCard: { headerFields } })
    expect(design.fields.map(({ key }) => key)).toEqual(odd)
    expect(design.config.title).toBe('He said: "no" # \u0007')
  })
})

describe('several passes', () => {
  test('of one kind tell what differs, the end of each included', async () => {
    const other = structuredClone(CARD)
    other.serialNumber = 'SN-30000'
    other.storeCard.backFields = [{ key: 'terms', label: 'Conditions', value: 'As always.' }]
    other.barcodes = [
      { format: 'PKBarcodeFormatQR', message: 'SN-30000', messageEncoding: 'iso-8859-1', altText: 'SN-30000' },
    ]
    other.storeCard.secondaryFields = [
      { key: 'member', label: 'Member', value: 'Mia Wong', semantics: { x: 1 } },
      { key: 'number', label: 'Number', value: 'SN-30000', attributedValue: '' },
    ]
    const files = [
      await filesOf({ ...CARD, expirationDate: '2030-01-01T00:00:00Z' }),
      await filesOf({ ...other, expirationDate: '2031-01-01T00:00:00Z' }),
    ]
    const [first = new Map(), second = new Map()] = files
    const { report, files: made } = await importPass(
      { source: 'a.pkpass', files: first },
      [{ source: 'b.pkpass', files: second }],
      OPTIONS,
    )
    expect(report.compared).toEqual(['b.pkpass'])
    expect(report.fields.map(({ key, why }) => [key, why])).toEqual([
      ['points', expect.stringContaining('counts')],
      ['member', 'differs between the 2 passes'],
      ['number', 'differs between the 2 passes'],
    ])
    expect(report.notes.join()).toContain('The passes differ in storeCard/backFields/terms/label')
    expect(String(made.get('design.yaml'))).toContain('expires: {column: expires}')
    expect(String(made.get('pass.json'))).not.toContain('expirationDate')
  })

  test('of different kinds are refused', async () => {
    const other = await filesOf({ ...CARD, storeCard: { primaryFields: [{ key: 'x', value: 1 }] } })
    await expect(
      importPass({ source: 'a.pkpass', files: await filesOf(CARD) }, [{ source: 'b.pkpass', files: other }], OPTIONS),
    ).rejects.toMatchObject({ code: 'IMPORT_MIXED', message: expect.stringContaining('b.pkpass') })
  })
})
