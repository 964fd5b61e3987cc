import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import sharp from 'sharp'
import { expect, test } from 'vitest'
import { loadDesign } from '../../../src/cards/design/load-design.js'
import { sampleCard } from '../../../src/cards/design/sample-card.js'
import { importPass } from '../../../src/cards/import/import-pass.js'
import { writeFolder } from '../../../src/cards/write-folder.js'
import { isAppError } from '../../../src/kit/errors/index.js'

const text = fc.oneof(
  fc.string({ unit: 'grapheme', maxLength: 12 }),
  fc.constantFrom(
    '',
    'Gold',
    'John Appleseed',
    '{serial}',
    '12,50 €',
    '2027-02-31',
    '2019-05-04T10:00Z',
    'a@b.example',
    '4006381333931',
    'name',
    'Points',
    '__proto__',
    'constructor',
    '{{x}}',
  ),
)
const value = fc.oneof(text, fc.double(), fc.integer(), fc.constant(null), fc.jsonValue({ maxDepth: 1 }))
const field = fc.record(
  {
    key: fc.oneof(text, value),
    label: fc.oneof(text, value),
    value,
    currencyCode: fc.constantFrom('EUR', 'eur', 5),
    dateStyle: fc.constant('PKDateStyleShort'),
    changeMessage: fc.constantFrom('Now %@', 7),
    attributedValue: text,
  },
  { requiredKeys: [] },
)
const fields = fc.array(fc.oneof({ weight: 9, arbitrary: field }, { weight: 1, arbitrary: value }), { maxLength: 4 })
const style = fc.record(
  { headerFields: fields, secondaryFields: fields, backFields: fields, other: value },
  { requiredKeys: [] },
)
const pass = fc.record(
  {
    storeCard: style,
    serialNumber: fc.oneof(text, value),
    barcode: fc.oneof(value, fc.record({ message: text, altText: text })),
    barcodes: fc.oneof(value, fc.array(fc.record({ message: value, altText: text }), { maxLength: 2 })),
    description: value,
    expirationDate: value,
    userInfo: value,
    nfc: value,
    voided: value,
  },
  { requiredKeys: ['storeCard'] },
)

test('any pass becomes a design that loads and can be shown, or is refused with a reason', async () => {
  const icon = await sharp({ create: { width: 38, height: 38, channels: 4, background: '#336' } })
    .png()
    .toBuffer()
  const icons = [
    ['icon.png', icon],
    ['icon@2x.png', icon],
    ['icon@3x.png', icon],
  ] as const
  const dir = await mkdtemp(join(tmpdir(), 'tessera-any-pass-'))
  let made = 0
  try {
    await fc.assert(
      fc.asyncProperty(fc.array(pass, { minLength: 1, maxLength: 2 }), fc.boolean(), async (passes, keepValues) => {
        const [first, ...others] = passes.map((json, index) => ({
          source: `${index}.pkpass`,
          files: new Map([['pass.json', Buffer.from(JSON.stringify(json))], ...icons]),
        }))
        if (first === undefined) return
        const folder = join(dir, `${made}.pkpasstemplate`)
        try {
          const imported = await importPass(first, others, { now: 1_780_000_000_000, locale: 'en', keepValues })
          await writeFolder(folder, imported.files)
        } catch (error) {
          expect(isAppError(error) && error.code).toMatch(/^(?:IMPORT_MIXED|PASS_UNREADABLE|DESIGN_INVALID)$/)
          return
        }
        sampleCard(await loadDesign(folder), { locale: 'en' })
        made++
      }),
      { numRuns: 100 },
    )
    expect(made).toBeGreaterThan(40)
  } finally {
    await rm(dir, { recursive: true, force: true })
  }
})
