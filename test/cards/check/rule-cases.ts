import { generateKeyPairSync } from 'node:crypto'
import { crc32 } from 'node:zlib'
import type { Change } from './check-changed.js'
import { atScales, type GoodName, NFC_KEY, picture, strings } from './good-designs.js'

/** One change of a good design and the rules that speak up, one finding each unless said otherwise. */
export interface RuleCase extends Change {
  readonly rule: string
  /** What else the change cannot but break. */
  readonly also?: readonly string[]
  readonly base?: GoodName
  /** Part of the message. */
  readonly says?: RegExp
}

const PRIMARY = 'storeCard/primaryFields/0'
const P384 = generateKeyPairSync('ec', { namedCurve: 'P-384' }).publicKey.export({ type: 'spki', format: 'der' })
const LONG = 'A label far longer than any phone could show'
const files = (added: Readonly<Record<string, string | Uint8Array | undefined>>) => async () => added
const barcode = (format: string, message: string, more = {}) => ({
  format: `PKBarcodeFormat${format}`,
  message,
  messageEncoding: 'iso-8859-1',
  altText: message,
  ...more,
})

export const FILE_CASES: readonly RuleCase[] = [
  { rule: 'file.pass-missing', files: files({ 'pass.json': undefined }) },
  { rule: 'file.config', files: files({ 'design.yaml': undefined }) },
  { rule: 'file.config', yaml: (yaml) => yaml.replace('type: date', 'type: dtae'), says: /dtae/ },
  { rule: 'file.unusable', files: files({ 'logo@2x.png': 'GIF89a' }), says: /not a PNG/ },
  { rule: 'file.encoding', text: (text) => Buffer.from(text.replace('Corner', 'Café'), 'latin1') },
  { rule: 'file.syntax', text: (text) => text.replace('"formatVersion": 1,', '"formatVersion": 1') },
  { rule: 'file.byte-order-mark', text: (text) => `\ufeff${text}` },
  { rule: 'file.comment', text: (text) => text.replace('{', '{ // the card\n') },
  { rule: 'file.wide-encoding', text: (text) => Buffer.from(`\ufeff${text}`, 'utf16le'), says: /UTF-16/ },
  { rule: 'file.wide-encoding', text: (text) => Buffer.from(text, 'utf16le') },
  { rule: 'file.extra-comma', text: (text) => text.replace('{', '{ ,'), says: /where a value belongs/ },
  { rule: 'file.control-character', text: (text) => text.replace('Corner', 'Corner\n'), says: /bare line break/ },
  { rule: 'file.unknown-escape', text: (text) => text.replace('Corner', "Corner\\'s"), says: /escape \\'/ },
  { rule: 'file.white-space', text: (text) => text.replace('{', '{\u00a0'), says: /U\+00A0/ },
  { rule: 'file.lone-surrogate', set: { userInfo: { emoji: '\ud83c' } } },
  { rule: 'file.number-range', text: (text) => text.replace('{', '{ "userInfo": {"big": 1e999},'), says: /1e999/ },
  { rule: 'file.too-large', text: () => `{"userInfo": [${'0,'.repeat(200_000)}0]}`, says: /200,000/ },
  { rule: 'file.trailing-comma', text: (text) => text.replace(/\}\s*$/, ',}') },
  { rule: 'file.duplicate-key', text: (text) => text.replace('{', '{ "formatVersion": 1,') },
]

export const IDENTITY_CASES: readonly RuleCase[] = [
  { rule: 'identity.format-version', remove: ['formatVersion'] },
  { rule: 'identity.format-version', set: { formatVersion: 2 } },
  { rule: 'identity.organization-name', set: { organizationName: ' ' } },
  { rule: 'identity.description', remove: ['description'] },
  { rule: 'identity.pass-type', base: 'finished', set: { passTypeIdentifier: 'com.example' } },
  { rule: 'identity.team', base: 'finished', set: { teamIdentifier: 'Example Ltd' } },
  { rule: 'identity.serial', base: 'finished', remove: ['serialNumber'] },
  { rule: 'identity.placeholder', set: { logoText: 'Your organization' } },
  { rule: 'identity.style-missing', base: 'stamps', remove: ['storeCard'] },
  { rule: 'identity.style-missing', base: 'ticket', set: { eventTicket: 7 } },
  { rule: 'identity.style-many', set: { coupon: { backFields: [{ key: 'a', label: 'A', value: 'B' }] } } },
  { rule: 'identity.value-type', set: { sharingProhibited: 'true' } },
  { rule: 'identity.unknown-key', set: { stripColour: '#12294a' }, says: /stripColor/ },
  { rule: 'identity.voided', set: { voided: true } },
]

export const FIELD_CASES: readonly RuleCase[] = [
  { rule: 'fields.shape', set: { 'storeCard/backFields/1': 'terms' } },
  { rule: 'fields.group-unknown', set: { 'storeCard/backField': [] }, says: /backFields/ },
  { rule: 'fields.key-missing', remove: ['storeCard/backFields/0/key'] },
  { rule: 'fields.key-twice', set: { 'storeCard/backFields/0/key': 'level' } },
  { rule: 'fields.value-missing', remove: ['storeCard/backFields/0/value'] },
  { rule: 'fields.value-type', set: { [`${PRIMARY}/isRelative`]: 'false' } },
  { rule: 'fields.unknown-value', set: { [`${PRIMARY}/numberStyle`]: 'PKNumberStyleDecimel' }, says: /Decimal/ },
  { rule: 'fields.unknown-key', set: { [`${PRIMARY}/isRelativ`]: false }, says: /isRelative/ },
  {
    rule: 'fields.limit',
    set: { 'storeCard/primaryFields/1': { key: 'second', label: 'Second', value: '2' } },
    says: /1 of primaryFields/,
  },
  {
    rule: 'fields.limit-square',
    set: {
      'storeCard/auxiliaryFields/1': { key: 'a', label: 'A', value: '1' },
      'storeCard/auxiliaryFields/2': { key: 'b', label: 'B', value: '2' },
    },
  },
  { rule: 'fields.transit-type', base: 'boarding', remove: ['boardingPass/transitType'] },
  { rule: 'fields.transit-type', base: 'boarding', set: { 'boardingPass/transitType': 'PKTransitTypePlane' } },
  { rule: 'fields.transit-type', set: { 'storeCard/transitType': 'PKTransitTypeAir' } },
  { rule: 'fields.empty', set: { 'storeCard/backFields/0/value': '' } },
  { rule: 'fields.label-missing', remove: ['storeCard/backFields/0/label'] },
  { rule: 'fields.change-message', set: { [`${PRIMARY}/changeMessage`]: 'Your points have changed' } },
  { rule: 'fields.change-message-missing', base: 'stamps', remove: ['storeCard/headerFields/0/changeMessage'] },
  {
    rule: 'fields.currency-and-number-style',
    set: { 'storeCard/auxiliaryFields/0/numberStyle': 'PKNumberStyleDecimal' },
  },
  { rule: 'fields.currency-code', set: { 'storeCard/auxiliaryFields/0/currencyCode': 'EURO' } },
  { rule: 'fields.number-format', base: 'finished', set: { 'storeCard/auxiliaryFields/0/value': '20' } },
  {
    rule: 'fields.date-format',
    set: { 'storeCard/backFields/0/value': '2027-01-01', 'storeCard/backFields/0/dateStyle': 'PKDateStyleShort' },
    says: /without time/,
  },
  { rule: 'fields.alignment', set: { [`${PRIMARY}/textAlignment`]: 'PKTextAlignmentCenter' } },
  { rule: 'fields.attributed-value', set: { 'storeCard/backFields/0/attributedValue': '<b>12</b> months' } },
  { rule: 'fields.data-detectors', set: { [`${PRIMARY}/dataDetectorTypes`]: ['PKDataDetectorTypeLink'] } },
  { rule: 'fields.row', base: 'ticket', set: { 'eventTicket/auxiliaryFields/0/row': 2 } },
  { rule: 'fields.row', set: { 'storeCard/auxiliaryFields/0/row': 1 } },
  { rule: 'fields.back-empty', remove: ['storeCard/backFields'] },
  {
    rule: 'text.truncated',
    set: { 'storeCard/secondaryFields/0/label': LONG },
    says: /points are missing, about \d+ of its 44/,
  },
  {
    rule: 'text.option-truncated',
    yaml: (yaml) => yaml.replace('[Silver, Gold]', '[Silver, Gold, Ambassador of all coffee beans in the world]'),
  },
]

export const LOOK_CASES: readonly RuleCase[] = [
  { rule: 'barcode.missing', remove: ['barcodes'] },
  { rule: 'barcode.format', set: { 'barcodes/0/format': 'PKBarcodeFormatQr' }, says: /PKBarcodeFormatQR/ },
  { rule: 'barcode.message', base: 'finished', remove: ['barcodes/0/message'] },
  { rule: 'barcode.encoding-missing', remove: ['barcodes/0/messageEncoding'] },
  { rule: 'barcode.encoding', set: { 'barcodes/0/messageEncoding': 'latin-one' } },
  { rule: 'barcode.encoding', base: 'finished', set: { 'barcodes/0/message': 'Карта' } },
  { rule: 'barcode.unencodable', set: { barcodes: [barcode('EAN13', '1'), barcode('QR', '1')] }, says: /EAN-13/ },
  { rule: 'barcode.fallback', base: 'finished', set: { barcodes: [barcode('Code39', '1')] }, says: /iOS 27/ },
  {
    rule: 'barcode.deprecated-format',
    base: 'finished',
    set: { barcode: barcode('Code128', '1'), barcodes: [barcode('Code128', '1')] },
  },
  { rule: 'barcode.deprecated', remove: ['barcodes'], set: { barcode: barcode('QR', '1') } },
  { rule: 'barcode.alt-text', base: 'finished', remove: ['barcodes/0/altText'] },
  { rule: 'colour.format', set: { labelColor: 'rgb(143-214-197)' } },
  {
    rule: 'colour.background-missing',
    remove: ['backgroundColor', 'foregroundColor', 'labelColor'],
  },
  { rule: 'colour.foreground-contrast', base: 'stamps', set: { foregroundColor: 'rgb(40, 60, 90)' } },
  { rule: 'colour.label-contrast', base: 'stamps', set: { labelColor: 'rgb(90, 110, 140)' } },
  { rule: 'colour.over-picture', files: () => atScales('strip', 375, 123, '#ffffff'), says: /strip lies below/ },
  {
    rule: 'picture.icon-missing',
    files: files({ 'icon.png': undefined, 'icon@2x.png': undefined, 'icon@3x.png': undefined }),
  },
  { rule: 'picture.icon-scale', files: files({ 'icon@3x.png': undefined }), says: /icon@3x/ },
  { rule: 'picture.scale-missing', files: files({ 'logo@2x.png': undefined, 'logo@3x.png': undefined }) },
  { rule: 'picture.not-shown', files: () => atScales('thumbnail', 90, 90) },
  {
    rule: 'picture.exclusive',
    base: 'ticket',
    files: async () => ({
      ...(await atScales('strip', 375, 98)),
      'background.png': undefined,
      'background@2x.png': undefined,
      'background@3x.png': undefined,
    }),
  },
  { rule: 'picture.name', files: async () => ({ 'Logo-2x.png': await picture(100, 100) }), says: /"logo"/ },
  { rule: 'picture.format', files: files({ 'strip.jpg': 'JPEG' }) },
  {
    rule: 'picture.too-many-pixels',
    base: 'finished',
    files: async () => {
      const bomb = Buffer.from(await picture(90, 90))
      bomb.writeUInt32BE(30_000, 16)
      bomb.writeUInt32BE(30_000, 20)
      bomb.writeUInt32BE(crc32(bomb.subarray(12, 29)), 29)
      return { 'venueMap.png': bomb }
    },
    also: ['picture.not-shown'],
  },
  {
    rule: 'picture.unreadable',
    files: async () => ({ 'logo@3x.png': (await picture(150, 150)).subarray(0, 60) }),
    says: /cut off/,
  },
  {
    rule: 'picture.too-small',
    files: async () => ({ 'strip.png': undefined, 'strip@2x.png': undefined, 'strip@3x.png': await picture(375, 123) }),
  },
  {
    rule: 'picture.too-large',
    files: async () => ({
      'icon.png': undefined,
      'icon@2x.png': await picture(76, 76),
      'icon@3x.png': await picture(114, 114),
      'logo.png': await picture(300, 300),
      'logo@2x.png': undefined,
      'logo@3x.png': undefined,
    }),
    also: ['picture.scale-missing'],
  },
  { rule: 'picture.scale-ratio', files: async () => ({ 'logo@2x.png': await picture(90, 100) }) },
  {
    rule: 'picture.shape',
    files: async () => ({ 'icon@2x.png': await picture(76, 60) }),
    also: ['picture.scale-ratio'],
  },
  { rule: 'weight.heavy', files: async () => ({ 'logo@3x.png': await heavy(160_000) }), says: /logo@3x.png 160 KB/ },
  { rule: 'weight.middling', files: async () => ({ 'logo@3x.png': await heavy(90_000) }) },
]

export const REST_CASES: readonly RuleCase[] = [
  { rule: 'date.format', base: 'finished', set: { expirationDate: '2031-01-01T00:00:00+0100' }, says: /without colon/ },
  { rule: 'date.format', base: 'poster', set: { 'semantics/eventEndDate': 'soon' } },
  {
    rule: 'date.interval',
    base: 'finished',
    set: { 'relevantDates/0/endDate': '2027-03-05T09:00Z' },
    says: /96 hours/,
  },
  { rule: 'date.interval', base: 'finished', set: { 'relevantDates/0/endDate': '2027-02-28T09:00Z' } },
  { rule: 'date.relevant-entry', base: 'finished', remove: ['relevantDates/0/endDate'] },
  { rule: 'date.relevant-date', set: { relevantDate: '2027-03-01T18:00:00Z' } },
  { rule: 'date.expired', base: 'finished', set: { expirationDate: '2026-01-01T00:00:00Z' }, says: /2026-01-01/ },
  { rule: 'place.count', set: { locations: Array.from({ length: 11 }, () => ({ latitude: 1, longitude: 1 })) } },
  { rule: 'place.coordinates', base: 'finished', set: { 'locations/0/latitude': 152 } },
  { rule: 'place.coordinates', base: 'finished', set: { 'locations/0/longitude': '13.4' } },
  { rule: 'place.null-island', set: { locations: [{ latitude: 0, longitude: 0 }] } },
  { rule: 'place.beacon-uuid', base: 'finished', set: { 'beacons/0/proximityUUID': 'shop' } },
  { rule: 'place.beacon-number', base: 'finished', set: { 'beacons/0/major': 70_000 } },
  { rule: 'place.max-distance', set: { maxDistance: 100 } },
  { rule: 'nfc.message', base: 'poster', remove: ['nfc/message'] },
  { rule: 'nfc.message-length', base: 'poster', set: { 'nfc/message': 'я'.repeat(33) }, says: /66 bytes/ },
  { rule: 'nfc.key', base: 'poster', set: { 'nfc/encryptionPublicKey': P384.toString('base64') }, says: /secp384r1/ },
  { rule: 'nfc.sharing', base: 'poster', remove: ['sharingProhibited'] },
  {
    rule: 'nfc.personalization',
    files: files({
      'personalization.json':
        '{"description":"Join","requiredPersonalizationFields":["PKPassPersonalizationFieldName"]}',
    }),
  },
  {
    rule: 'nfc.personalization-fields',
    base: 'finished',
    set: { nfc: { message: '1', encryptionPublicKey: NFC_KEY } },
    files: async () => ({
      ...(await atScales('personalizationLogo', 150, 40)),
      'personalization.json': '{"description":"Join","requiredPersonalizationFields":["Name"]}',
    }),
  },
  { rule: 'link.web-service', base: 'finished', set: { webServiceURL: 'http://corner.coffee' } },
  { rule: 'link.token', base: 'finished', set: { authenticationToken: 'short' } },
  { rule: 'link.app-launch', set: { appLaunchURL: 'beans://card' } },
  { rule: 'link.store-identifiers', set: { associatedStoreIdentifiers: ['123'] } },
  { rule: 'link.url', base: 'poster', set: { bagPolicyURL: 'https: //corner.coffee' } },
  { rule: 'link.url', base: 'poster', set: { contactVenueEmail: 'corner coffee' } },
  {
    rule: 'link.url',
    base: 'poster',
    set: {
      upcomingPassInformation: [
        { identifier: 'second', name: 'Second evening', type: 'event', URLs: { sellURL: 'www.corner.coffee' } },
      ],
    },
  },
  { rule: 'link.example-address', set: { 'storeCard/backFields/0/value': 'Write to hello@example.com.' } },
]

export const LANGUAGE_CASES: readonly RuleCase[] = (
  [
    { rule: 'language.syntax', files: files({ 'ru.lproj/pass.strings': `${strings('ru')}\n"Extra" = "Лишнее"` }) },
    {
      rule: 'language.encoding',
      files: files({
        'ru.lproj/pass.strings': Buffer.from(strings('en').replace('Member";', 'Gast\u00e9";'), 'latin1'),
      }),
    },
    { rule: 'language.missing', files: files({ 'ru.lproj/pass.strings': strings('ru', except('Since')) }) },
    {
      rule: 'language.untranslated',
      files: files({
        'ru.lproj/pass.strings': strings('ru', except('Since')),
        'en.lproj/pass.strings': strings('en', except('Since')),
      }),
    },
    {
      rule: 'language.change-message',
      files: files({ 'ru.lproj/pass.strings': strings('ru').replace('Баллов: %@', 'Баллы изменились') }),
    },
    {
      rule: 'language.enum-option',
      files: files({ 'en.lproj/pass.strings': undefined, 'ru.lproj/pass.strings': strings('ru', except('Gold')) }),
    },
    { rule: 'language.unused', files: files({ 'ru.lproj/pass.strings': `${strings('ru')}\n"Point" = "Балл";` }) },
    { rule: 'language.twice', files: files({ 'ru.lproj/pass.strings': `${strings('ru')}\n"Points" = "Очки";` }) },
    { rule: 'language.folder', files: files({ 'russian.lproj/pass.strings': strings('en') }) },
  ] satisfies readonly RuleCase[]
).map((each) => ({ base: 'translated', ...each }))

export const DESIGN_CASES: readonly RuleCase[] = [
  {
    rule: 'google.shortened',
    base: 'google',
    set: { organizationName: 'The Corner Coffee Company of the North' },
    says: /^organizationName has 38 characters; .* \(class\.issuerName\)\.$/,
  },
  {
    rule: 'feeding.unused',
    yaml: (yaml) => yaml.replace('sample:', '  phone: {type: phone}\nsample:'),
    says: /"phone"/,
  },
  { rule: 'feeding.format', yaml: (yaml) => yaml.replace('{type: date}', '{type: text}') },
  {
    rule: 'feeding.money-style',
    remove: ['storeCard/auxiliaryFields/0/currencyCode'],
    set: { 'storeCard/auxiliaryFields/0/numberStyle': 'PKNumberStyleDecimal' },
  },
  { rule: 'feeding.currency', remove: ['storeCard/auxiliaryFields/0/currencyCode'], currency: '' },
  {
    rule: 'feeding.enum-value',
    yaml: (yaml) => yaml.replace(', default: Silver', ''),
    set: { 'storeCard/headerFields/0/value': 'Bronze' },
  },
  {
    rule: 'feeding.stamp-primary',
    base: 'stamps',
    set: { 'storeCard/primaryFields': [{ key: 'a', label: 'A', value: 'B' }] },
  },
  {
    rule: 'feeding.picture',
    yaml: (yaml) => yaml.replace('sample:', 'pictures: {thumbnail: {column: photo}}\nsample:'),
  },
  { rule: 'scheme.preferred', set: { preferredStyleSchemes: ['storeCard'] }, says: /takes no scheme/ },
  { rule: 'scheme.event-incomplete', base: 'poster', remove: ['semantics/venueName'], says: /semantics.venueName/ },
  {
    rule: 'scheme.event-incomplete',
    base: 'poster',
    files: files({ 'artwork.png': undefined, 'artwork@2x.png': undefined, 'artwork@3x.png': undefined }),
  },
  { rule: 'scheme.event-advice', base: 'poster', remove: ['semantics/eventStartDate'] },
  { rule: 'scheme.boarding-incomplete', base: 'boarding', remove: ['semantics/airlineCode'] },
  { rule: 'scheme.boarding-advice', base: 'boarding', remove: ['semantics/departureCityName'] },
  { rule: 'scheme.poster-generic', base: 'posterGeneric', remove: ['generic'] },
  { rule: 'scheme.event-guide', base: 'poster', remove: ['bagPolicyURL'] },
  { rule: 'scheme.key-elsewhere', set: { groupingIdentifier: 'beans' } },
  {
    rule: 'scheme.actions-count',
    base: 'poster',
    set: {
      'featuredActions/1': { identifier: 'b', type: 'order', url: 'https://corner.coffee/b' },
      'featuredActions/2': { identifier: 'c', type: 'call', url: 'tel:+491' },
    },
  },
  { rule: 'scheme.action', base: 'poster', remove: ['featuredActions/0/url'] },
  { rule: 'scheme.action-type', base: 'poster', set: { 'featuredActions/0/type': 'openShop' } },
  { rule: 'scheme.upcoming', base: 'poster', remove: ['upcomingPassInformation/0/identifier'] },
  { rule: 'scheme.semantic-type', base: 'boarding', set: { 'semantics/flightNumber': '123' } },
  { rule: 'scheme.semantic-tag', base: 'poster', set: { 'semantics/eventname': 'Concert' }, says: /eventName/ },
]

function except(text: string): (line: string) => string | undefined {
  return (line) => (line.startsWith(`"${text}"`) ? undefined : line)
}

/** A small picture with a large comment. */
async function heavy(bytes: number): Promise<Uint8Array> {
  const small = await picture(150, 150)
  const end = small.length - 12
  const chunk = Buffer.alloc(bytes + 12 - small.length)
  chunk.writeUInt32BE(chunk.length - 12)
  chunk.write('teSt', 4, 'latin1')
  chunk.writeUInt32BE(crc32(chunk.subarray(4, -4)), chunk.length - 4)
  return Buffer.concat([small.subarray(0, end), chunk, small.subarray(end)])
}
