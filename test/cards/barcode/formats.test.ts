import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { barcodeFacts, barcodeProblem, fallbackFormats } from '../../../src/cards/barcode/formats.js'
import { loadDesign } from '../../../src/cards/design/load-design.js'
import { compileCard } from '../../../src/cards/program.js'
import { BARCODE_FORMATS } from '../../../src/cards/view/types.js'
import { designFolder, PASS } from '../design-folder.js'

const IDENTITY = { passTypeIdentifier: 'pass.x', teamIdentifier: 'T' }

async function barcodesOf(barcodes: unknown, config: string, message = '4006381333931') {
  const { barcodes: _, ...rest } = PASS
  const pass = barcodes === undefined ? rest : { ...rest, barcodes }
  const yaml = `version: 1\nbarcode: ${config}\nfields: {}\n`
  const design = await loadDesign(await designFolder({ pass, yaml }))
  const card = { serial: message, token: 't', barcode: message, values: {} }
  return JSON.parse(compileCard(design, IDENTITY, { cacheDir: '/nowhere' }).passJson(card)).barcodes
}

describe('what a format can hold', () => {
  test.each([
    ['PKBarcodeFormatEAN13', '4006381333931', undefined],
    ['PKBarcodeFormatEAN13', '4006381333932', 'last digit'],
    ['PKBarcodeFormatEAN13', '400638133393', '13 digits'],
    ['PKBarcodeFormatI2of5', '1234', undefined],
    ['PKBarcodeFormatI2of5', '123', 'even number'],
    ['PKBarcodeFormatCode39', 'AB-12 $', undefined],
    ['PKBarcodeFormatCode39', 'ab', 'capital letters'],
    ['PKBarcodeFormatCodabar', 'A12-34B', undefined],
    ['PKBarcodeFormatCodabar', '12X', 'Codabar'],
    ['PKBarcodeFormatCode128', 'Zoë', undefined],
    ['PKBarcodeFormatCode128', 'Мария', '8859-1'],
    ['PKBarcodeFormatQR', 'Мария 😀', undefined],
    ['PKBarcodeFormatQR', 'x'.repeat(2954), '2954 bytes'],
    ['PKBarcodeFormatAztec', '', 'is empty'],
  ] as const)('%s "%s"', (format, message, problem) => {
    const found = barcodeProblem(format, message)
    if (problem === undefined) expect(found).toBeUndefined()
    else expect(found).toContain(problem)
  })

  test('an EAN-13 is taken with exactly one of the ten last digits', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 999_999_999_999 }), (number) => {
        const start = String(number).padStart(12, '0')
        const fits = [...'0123456789'].filter(
          (last) => barcodeProblem('PKBarcodeFormatEAN13', start + last) === undefined,
        )
        expect(fits).toHaveLength(1)
      }),
    )
  })

  test('all eight formats are known, and phones before iOS 27 always find one to draw', () => {
    for (const format of BARCODE_FORMATS) {
      const facts = barcodeFacts(format)
      const drawn = [format, ...fallbackFormats(format)].map((name) => barcodeFacts(name)?.since ?? 99)
      expect(facts?.format).toBe(format)
      expect(Math.min(...drawn)).toBeLessThan(27)
    }
  })
})

describe('the formats of a card', () => {
  const message = '4006381333931'
  const code = (format: string) => ({ format: `PKBarcodeFormat${format}`, message, messageEncoding: 'iso-8859-1' })

  test('a format that only iOS 27 knows is followed by what others can draw', async () => {
    expect(await barcodesOf([{ ...code('EAN13'), message: 'x', altText: 'No.' }], '{value: "{serial}"}')).toEqual(
      [code('EAN13'), code('Code128'), code('QR')].map((item) => ({ ...item, altText: 'No.' })),
    )
  })

  test('a list that has a fallback already, and one of a format everyone knows, stay', async () => {
    const given = [code('Codabar'), code('PDF417')]
    expect(await barcodesOf(given, '{value: "{serial}"}')).toEqual(given)
    expect(await barcodesOf([code('Code128')], '{value: "{serial}"}')).toEqual([code('Code128')])
  })

  test('design.yaml may name the format, whether pass.json has barcodes or not', async () => {
    const config = '{value: "{serial}", format: i2of5, text: "No. {serial}"}'
    const expected = [code('I2of5'), code('Code128'), code('QR')].map((item) => ({
      ...item,
      altText: `No. ${message}`,
    }))
    expect(await barcodesOf([code('QR'), code('Aztec')], config)).toEqual(expected)
    expect(await barcodesOf(undefined, config)).toEqual(expected)
    expect(await barcodesOf([], config)).toEqual(expected)
  })
})
