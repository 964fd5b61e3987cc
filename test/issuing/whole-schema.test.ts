import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { unzip } from '../support/open-pass.js'
import { SERVICE, SUBJECT, workbench } from './workbench.js'

const bench = await workbench('whole-schema')

/** Odd on purpose: numbers and letters that another writer would write in another way, and keys that nobody knows yet. */
const EVERY_KEY = String.raw`
  "formatVersion": 1,
  "passTypeIdentifier": "«type»",
  "serialNumber": "«serial»",
  "teamIdentifier": "«team»",
  "organizationName": "«organization»",
  "webServiceURL": "«service»",
  "authenticationToken": "«token»",
  "description": "Caf\u00e9 \/ Кафе",
  "groupingIdentifier": "evening", "sharingProhibited": true, "suppressStripShine": false, "suppressHeaderDarkening": true,
  "useAutomaticColors": false, "foregroundColor": "rgb( 255,255 , 255 )", "backgroundColor": "#123", "labelColor": "#a1b2c3",
  "stripColor": "rgb(1,2,3)", "footerBackgroundColor": "#000000", "logoText": "Nordlicht", "eventLogoText": "Live",
  "logoSymbolName": "cup.and.saucer", "associatedStoreIdentifiers": [361309726], "auxiliaryStoreIdentifiers": [1],
  "appLaunchURL": "nordlicht:\/\/open", "expirationDate": "2031-12-31T23:59+01:00", "voided": false,
  "relevantDate": "2031-06-18T19:30:00.250Z",
  "relevantDates": [{"date": "2031-06-18T19:30Z"}, {"startDate": "2031-06-18T17:00:00Z", "endDate": "2031-06-18T23:00:00Z"}],
  "locations": [{"latitude": 59.9310, "longitude": 3.036E1, "altitude": 1.0, "relevantText": "Near"}], "maxDistance": 1e2,
  "beacons": [{"proximityUUID": "F8F589E9-C07E-58B0-AEAB-A36BE4D48FAC", "major": 65535, "minor": 0, "relevantText": "At the door"}],
  "nfc": {"message": "«own»", "encryptionPublicKey": "MDkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDIgAC", "requiresAuthentication": false},
  "featuredActions": [{"identifier": "a", "type": "viewMembership", "url": "https:\/\/example.com\/a", "new": null}],
  "userInfo": {"till": {"big": 12345678901234567890, "small": 0.10, "list": [[], {}, ""]}, "пол": "\ud83d\ude00"},
  "barcodes": [{"format": "PKBarcodeFormatQR", "message": "«serial»", "messageEncoding": "iso-8859-1", "shape": 7}],
  "sellURL": "https://example.com/sell", "contactVenueEmail": "a@example.com", "changeSeatURL": "https://example.com/seat",
  "transitProviderPhoneNumber": "+15550100199",
  "upcomingPassInformation": [{"identifier": "next", "name": "Next", "type": "event", "isActive": true,
    "dateInformation": {"date": "2031-07-01T19:30:00Z"}, "images": {"headerImage": {"URLs": [{"URL": "https://example.com/a.png",
    "SHA256": "0a", "scale": 2, "size": 1.5e3}], "reuseExisting": false}}}],
  "semantics": {"eventName": "Aurora", "totalPrice": {"amount": "10.00", "currencyCode": "EUR"}, "seats": [{"seatRow": "7"}]},
  "keyOfTomorrow": {"deep": [1.50, -0.0, {"serialNumber": "not this one", "storeCard": {}}]}`

/** A style with every group and every attribute of fields; \`points\` is what the member feeds. */
const fields = (more = '') => String.raw`{${more}
  "headerFields": [{"key": "points", "label": "Points", "value": «points», "changeMessage": "Now %@", "numberStyle": "PKNumberStyleDecimal"}],
  "primaryFields": [{"key": "price", "value": 1.50, "currencyCode": "EUR", "textAlignment": "PKTextAlignmentNatural"}],
  "secondaryFields": [{"key": "when", "value": "2031-06-18T19:30Z", "dateStyle": "PKDateStyleFull", "timeStyle": "PKDateStyleShort",
    "ignoresTimeZone": true, "isRelative": false}],
  "auxiliaryFields": [{"key": "seat", "row": 1, "value": "7\u00a0B", "semantics": {"seats": [{"seatNumber": "7"}]}, "unknown": {}}],
  "backFields": [{"key": "more", "value": "x", "attributedValue": "<a href='https:\/\/example.com'>x<\/a>",
    "dataDetectorTypes": ["PKDataDetectorTypeLink", "PKDataDetectorTypeOfTomorrow"]}],
  "additionalInfoFields": [{"key": "info", "value": 1e3}],
  "footerFields": [{"key": "foot", "value": "\u0041"}],
  "groupOfTomorrow": [{"key": "later", "value": null}], "flagOfTomorrow": true}`

const STYLES: Record<string, string> = {
  boardingPass: `"boardingPass": ${fields('"transitType": "PKTransitTypeAir",')}`,
  semanticBoardingPass: `"preferredStyleSchemes": ["semanticBoardingPass", "boardingPass"], "boardingPass": ${fields('"transitType": "PKTransitTypeTrain",')}`,
  coupon: `"coupon": ${fields()}`,
  eventTicket: `"eventTicket": ${fields()}`,
  posterEventTicket: `"preferredStyleSchemes": ["posterEventTicket", "eventTicket"], "eventTicket": ${fields()}`,
  generic: `"generic": ${fields()}`,
  storeCard: `"storeCard": ${fields()}`,
  posterGeneric: `"posterGeneric": ${fields()}, "generic": ${fields()}`,
}

/** Without the white space between tokens. */
const tokens = (json: string) => json.replaceAll(/("(?:[^"\\]|\\.)*")|\s+/g, '$1')

const fill = (text: string, values: Record<string, string>) =>
  text.replaceAll(/«(\w+)»/g, (placeholder, key: string) => values[key] ?? placeholder)

test.each(Object.entries(STYLES))('a card of %s keeps every key of the design, digit by digit', async (name, style) => {
  const source = `{${EVERY_KEY},\n  ${style}\n}`
  const design = fill(source, { points: '0' })
  await bench.design(name, 'version: 1\nserial: {column: card}\nfields:\n  points: {type: number}\n', design)
  await bench.table(`${name}.csv`, [
    ['card', 'points'],
    [`No-${name}`, '1250'],
  ])

  const { summary } = await bench.issue(`${name}.csv`, { design: name, out: bench.path(name) })

  expect(summary).toMatchObject({ issued: 1, rejected: 0 })
  const [file = ''] = (await readdir(bench.path(name), { recursive: true })).filter((path) => path.endsWith('.pkpass'))
  const pass = String((await unzip(join(bench.path(name), file))).get('pass.json'))
  const card = (await bench.cards()).get(`No-${name}`)
  const expected = fill(source, {
    type: SUBJECT.passTypeIdentifier,
    team: SUBJECT.teamIdentifier,
    organization: SUBJECT.organizationName,
    service: SERVICE,
    serial: `No-${name}`,
    token: String(card?.token),
    points: '1250',
  })
  expect(tokens(pass)).toBe(tokens(expected))
})
