import fc from 'fast-check'
import { expect, test } from 'vitest'
import { PASS_STYLES } from '../../../src/cards/design/design.js'
import { googleTwin } from '../../../src/cards/google/google-twin.js'
import { NOTE_IDS } from '../../../src/cards/google/notes.js'
import { FIELD_GROUPS } from '../../../src/cards/styles.js'
import { viewPass } from '../../../src/cards/view/view-pass.js'
import { NOW, samplePass } from './passes.js'

const odd = fc.oneof(
  fc.jsonValue({ maxDepth: 2 }),
  fc.constantFrom(
    '',
    'PKTransitTypeAir',
    '2026-09-01T09:40:00+02:00',
    '#fff',
    'BER',
    'LH 12',
    'https://a.example',
    1e300,
    -0.5,
    null,
  ),
)
const field = fc.record(
  {
    key: fc.oneof(fc.constantFrom('name', 'points', 'seat', 'gate', 'a.b', '__proto__', 'constructor'), odd),
    label: odd,
    value: odd,
    attributedValue: odd,
    changeMessage: odd,
    currencyCode: fc.oneof(fc.constantFrom('EUR', 'XXX', 'eur'), odd),
    numberStyle: odd,
    dateStyle: odd,
    textAlignment: odd,
    semantics: fc.oneof(fc.dictionary(fc.constantFrom('seats', 'eventName', 'passengerName', 'flightCode'), odd), odd),
  },
  { requiredKeys: [] },
)
const content = fc.oneof(
  fc.record(
    {
      ...Object.fromEntries(
        FIELD_GROUPS.map((group) => [group, fc.oneof(fc.array(fc.oneof(field, odd), { maxLength: 5 }), odd)]),
      ),
      transitType: fc.oneof(fc.constantFrom('PKTransitTypeAir', 'PKTransitTypeBus'), odd),
      strangeFields: odd,
    },
    { requiredKeys: [] },
  ),
  odd,
)
const keys = [
  'serialNumber organizationName description logoText backgroundColor foregroundColor labelColor expirationDate voided',
  'sharingProhibited groupingIdentifier locations beacons relevantDates relevantDate nfc barcodes barcode semantics',
  'featuredActions bagPolicyURL contactVenueEmail userInfo preferredStyleSchemes associatedStoreIdentifiers xyz __proto__',
].flatMap((line) => line.split(' '))
const parts = {
  locations: fc.array(fc.record({ latitude: odd, longitude: odd, relevantText: odd }), { maxLength: 3 }),
  barcodes: fc.array(
    fc.record({
      format: fc.oneof(fc.constantFrom('PKBarcodeFormatQR', 'PKBarcodeFormatI2of5'), odd),
      message: odd,
      messageEncoding: odd,
      altText: odd,
    }),
    { maxLength: 3 },
  ),
  nfc: fc.record({ message: odd, requiresAuthentication: odd, encryptionPublicKey: odd }),
  semantics: fc.dictionary(
    fc.constantFrom('eventName', 'venueName', 'seats', 'airlineCode', 'flightNumber', 'toString'),
    odd,
  ),
}
const passJson = fc
  .tuple(
    fc.dictionary(fc.constantFrom(...keys), odd),
    fc.record(parts, { requiredKeys: [] }),
    fc.dictionary(fc.constantFrom(...PASS_STYLES), content, { maxKeys: 3 }),
  )
  .map((all) => Object.assign({}, ...all) as Record<string, unknown>)
const files = fc.dictionary(
  fc.constantFrom(
    'logo.png',
    'strip@2x.png',
    'ru.lproj/pass.strings',
    'zh_TW.lproj/pass.strings',
    '-.lproj/logo.png',
    'x.pdf',
  ),
  fc.uint8Array({ maxLength: 40 }),
)

test('whatever stands in a pass: no error, ids as Google takes them, JSON, and a note on everything', () => {
  fc.assert(
    fc.property(passJson, files, (pass, extra) => {
      const bundle = samplePass({ files: extra })
      const given = { passJson: pass, files: bundle.files }
      const twin = googleTwin(given, undefined, { classSuffix: 'x', now: NOW })
      expect(twin.class.id).toMatch(/^[\w.-]+$/)
      expect(twin.object.id).toMatch(/^[\w.-]+$/)
      expect(twin.object.classId).toBe(twin.class.id)
      expect(JSON.parse(JSON.stringify(twin))).toMatchObject({ type: twin.type })
      for (const side of [twin.class, twin.object])
        for (const { id } of (side.textModulesData ?? []) as { id: string }[]) expect(id).toMatch(/^[\w-]+$/)

      const noted = twin.report.map(({ from }) => from)
      for (const key of Object.keys(pass))
        expect(
          noted.some((from) => from === key || from.startsWith(`${key}/`)),
          key,
        ).toBe(true)
      const view = viewPass(given, { locale: 'en', now: NOW })
      for (const { path } of Object.values(view.groups).flat()) expect(noted).toContain(path)
      for (const { id, reason } of twin.report) {
        expect(NOTE_IDS).toContain(id)
        expect(reason).toMatch(/\S.*[.!]$/s)
      }
    }),
    { numRuns: 600 },
  )
})
