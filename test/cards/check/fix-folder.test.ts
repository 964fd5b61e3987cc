import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import sharp from 'sharp'
import { describe, expect, test } from 'vitest'
import { checkDesignFolder } from '../../../src/cards/check/check-folder.js'
import { fixDesignFolder } from '../../../src/cards/check/fix/fix-folder.js'
import { RULES } from '../../../src/cards/check/rules.js'
import { temporaryFolder } from '../design-folder.js'
import { type Change, changedFolder, NOW } from './check-changed.js'
import { type GoodName, NFC_KEY, picture } from './good-designs.js'

async function fixed(base: GoodName, change: Change, { dryRun = false } = {}) {
  const dir = await changedFolder(base, change)
  const options = { now: NOW, currency: 'EUR', cacheDir: await temporaryFolder() }
  const before = await checkDesignFolder(dir, options)
  const result = await fixDesignFolder(dir, { ...options, dryRun })
  return { dir, before: before.findings, ...result, text: await readFile(join(dir, 'pass.json'), 'utf8') }
}

const barcode = (format: string) => ({
  format: `PKBarcodeFormat${format}`,
  message: '1001',
  messageEncoding: 'iso-8859-1',
  altText: '1001',
})
const PRIMARY = 'storeCard/primaryFields/0'

interface FixCase extends Change {
  readonly rule: string
  readonly base?: GoodName
  /** What pass.json says afterwards. */
  readonly becomes?: RegExp
}

const CASES: readonly FixCase[] = [
  { rule: 'file.byte-order-mark', text: (text) => `\ufeff${text}`, becomes: /^\{/ },
  {
    rule: 'file.comment',
    text: (text) => text.replace('{', '{ // the card'),
    becomes: /^\{\n {2}"formatVersion": 1,\n/,
  },
  {
    rule: 'file.comment',
    text: (text) => text.replace('{\n', '{\n  /* the card */\n'),
    becomes: /^\{\n {2}"formatVersion"/,
  },
  { rule: 'file.wide-encoding', text: (text) => Buffer.from(`\ufeff${text}`, 'utf16le'), becomes: /^\{\n {2}"format/ },
  { rule: 'file.extra-comma', text: (text) => text.replace('{', '{,'), becomes: /^\{\n {2}"formatVersion"/ },
  { rule: 'file.control-character', text: (text) => text.replace('Corner', 'Corner\n'), becomes: /Corner\\n / },
  { rule: 'file.white-space', text: (text) => text.replace('{', '{\u00a0'), becomes: /^\{ \n/ },
  { rule: 'file.trailing-comma', text: (text) => text.replace(/\}\s*$/, ',}'), becomes: /\}\n\}$/ },
  { rule: 'identity.format-version', remove: ['formatVersion'], becomes: /,\n {2}"formatVersion": 1\n\}$/ },
  { rule: 'identity.format-version', set: { formatVersion: '1' }, becomes: /"formatVersion": 1,/ },
  { rule: 'fields.transit-type', set: { 'storeCard/transitType': 'PKTransitTypeAir' } },
  {
    rule: 'fields.currency-and-number-style',
    set: { 'storeCard/auxiliaryFields/0/numberStyle': 'PKNumberStyleDecimal' },
  },
  { rule: 'fields.alignment', set: { [`${PRIMARY}/textAlignment`]: 'PKTextAlignmentCenter' } },
  { rule: 'fields.data-detectors', set: { [`${PRIMARY}/dataDetectorTypes`]: ['PKDataDetectorTypeLink'] } },
  {
    rule: 'barcode.encoding-missing',
    remove: ['barcodes/0/messageEncoding'],
    becomes: /"messageEncoding": "iso-8859-1"/,
  },
  {
    rule: 'barcode.fallback',
    base: 'finished',
    files: async () => ({ 'design.yaml': undefined, 'manifest.json': '{}' }),
    set: { barcodes: [barcode('Code39')] },
    becomes:
      /\{ "format": "PKBarcodeFormatQR", "message": "1001", "messageEncoding": "iso-8859-1", "altText": "1001" \}/,
  },
  {
    rule: 'barcode.deprecated',
    remove: ['barcodes'],
    set: { barcode: barcode('QR') },
    becomes: /"barcodes": \[\{ "format"/,
  },
  { rule: 'colour.format', set: { labelColor: 'rgb(143-214-197)' }, becomes: /"labelColor": "rgb\(143, 214, 197\)"/ },
  { rule: 'colour.format', set: { labelColor: '8fd6c5' }, becomes: /"labelColor": "rgb\(143, 214, 197\)"/ },
  {
    rule: 'colour.format',
    set: { labelColor: 'rgba(143, 214, 197, 1)' },
    becomes: /"labelColor": "rgb\(143, 214, 197\)"/,
  },
  {
    rule: 'date.relevant-date',
    set: { relevantDate: '2027-03-01T18:00:00Z' },
    becomes: /"relevantDates": \[\{ "date": "2027-03-01T18:00:00Z", "relevantDate": "2027-03-01T18:00:00Z" \}\]/,
  },
  {
    rule: 'nfc.key',
    base: 'poster',
    set: { 'nfc/encryptionPublicKey': `-----BEGIN PUBLIC KEY-----\n${NFC_KEY}\n-----END PUBLIC KEY-----\n` },
  },
  { rule: 'picture.icon-scale', files: async () => ({ 'icon@2x.png': undefined }) },
]

describe('--fix', () => {
  test.each(
    CASES.map((each, index) => ({ ...each, name: `${each.rule} (case ${index + 1})` })),
  )('mends $name and leaves nothing behind', async ({ rule, base = 'store', becomes, ...change }) => {
    const { before, findings, fixed: files, text } = await fixed(base, change)
    expect(before.map((finding) => [finding.rule, finding.fixable])).toEqual([[rule, true]])
    expect(findings).toEqual([])
    expect(files.flatMap(({ rules }) => rules)).toEqual([rule])
    if (becomes !== undefined) expect(text).toMatch(becomes)
  })

  test('has a case for every rule that says it can be mended', () => {
    const covered = new Set(CASES.map(({ rule }) => rule))
    expect(RULES.filter(({ id, fixable }) => fixable && !covered.has(id)).map(({ id }) => id)).toEqual([])
  })

  test('mends many things at once and changes no other line', async () => {
    const change: Change = {
      set: {
        [`${PRIMARY}/textAlignment`]: 'PKTextAlignmentCenter',
        [`${PRIMARY}/dataDetectorTypes`]: ['PKDataDetectorTypeLink'],
        'storeCard/backFields/0/textAlignment': 'PKTextAlignmentLeft',
        backgroundColor: 'rgb(18 41 74)',
        relevantDate: '2027-03-01T18:00:00Z',
      },
      remove: ['formatVersion'],
      text: (text) =>
        `\ufeff${text.replace('"logoText"', '// shown beside the logo\n  "logoText"')}`.replaceAll('\n', '\r\n'),
    }
    const { findings, text } = await fixed('store', change)
    expect(findings).toEqual([])
    const expected = await fixed('store', {
      set: { relevantDate: '2027-03-01T18:00:00Z' },
      remove: ['formatVersion'],
      text: (plain) => plain.replaceAll('\n', '\r\n'),
    })
    const lines = (whole: string) => whole.split('\r\n').filter((line) => !/relevantDate|formatVersion/.test(line))
    expect(lines(text)).toEqual(lines(expected.text))
    expect(text.replaceAll('\r\n', '')).not.toContain('\n')
  })

  test('writes nothing in a dry run and shows the lines', async () => {
    const change = { set: { labelColor: 'rgb(143-214-197)' }, files: async () => ({ 'icon@2x.png': undefined }) }
    const { dir, findings, before, fixed: files, text } = await fixed('store', change, { dryRun: true })
    expect(findings).toEqual(before)
    expect(text).toContain('rgb(143-214-197)')
    await expect(readFile(join(dir, 'icon@2x.png'))).rejects.toThrow('ENOENT')
    expect(files).toEqual([
      {
        file: 'pass.json',
        rules: ['colour.format'],
        lines: [
          {
            line: 11,
            before: ['  "labelColor": "rgb(143-214-197)",'],
            after: ['  "labelColor": "rgb(143, 214, 197)",'],
          },
        ],
      },
      { file: 'icon@2x.png', rules: ['picture.icon-scale'] },
    ])
  })

  test('makes a missing icon from the largest one', async () => {
    const { dir } = await fixed('store', {
      files: async () => ({ 'icon@3x.png': await picture(114, 114, '#ff0000'), 'icon@2x.png': undefined }),
    })
    const { width, height, format } = await sharp(join(dir, 'icon@2x.png')).metadata()
    expect({ width, height, format }).toEqual({ width: 76, height: 76, format: 'png' })
  })

  test.each([
    ['a colour that may be several', { set: { labelColor: 'rgb(143, 214)' } }, 'colour.format'],
    ['another version', { set: { formatVersion: 2 } }, 'identity.format-version'],
    [
      'percent beside a currency',
      { set: { 'storeCard/auxiliaryFields/0/numberStyle': 'PKNumberStylePercent' } },
      'fields.currency-and-number-style',
    ],
    [
      'points beside a currency',
      { set: { [`${PRIMARY}/currencyCode`]: 'EUR', [`${PRIMARY}/numberStyle`]: 'PKNumberStyleDecimal' } },
      'fields.currency-and-number-style',
    ],
    [
      'an icon that would have to be enlarged',
      { files: async () => ({ 'icon@3x.png': undefined }) },
      'picture.icon-scale',
    ],
    ['a key on another curve', { set: { nfc: { message: '1', encryptionPublicKey: 'abc' } } }, 'nfc.key'],
  ] as const)('leaves %s alone', async (_, change, rule) => {
    const { before, findings, fixed: files } = await fixed('store', change)
    expect(before).toMatchObject([{ rule, fixable: false }])
    expect(findings).toEqual(before)
    expect(files).toEqual([])
  })
})
