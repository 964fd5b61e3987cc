/**
 * Forty designs, good and bad, and what two checkers make of them: `design check`, and passkit-generator 3.6 as it takes
 * pass.json in. A test holds both columns to what the programs do; docs/second-opinion.md is made from this table, so the
 * file imports nothing.
 */
export interface Opinion {
  /** What is special about the design, as a phrase. */
  readonly design: string
  /** Pointer into pass.json of the store card below -> what is put there; undefined removes it. */
  readonly set: Readonly<Record<string, unknown>>
  /** The rule that speaks up with more than advice; undefined when none does. */
  readonly ours?: string
  /** Whether passkit-generator takes the design without a word. */
  readonly theirs: 'accepts' | 'rejects'
  /** Who is right, where the two differ. */
  readonly right?: 'Tessera' | 'passkit-generator' | 'each in its place'
  /** Why, where the two differ; otherwise what is worth knowing. */
  readonly why?: string
}

/** The store card that all of them begin with. */
export const SECOND_OPINION_PASS = {
  formatVersion: 1,
  passTypeIdentifier: 'pass.com.example.card',
  teamIdentifier: 'ABCDE12345',
  serialNumber: '1001',
  organizationName: 'Corner Coffee',
  description: 'Bonus card',
  backgroundColor: 'rgb(18, 41, 74)',
  foregroundColor: 'rgb(255, 255, 255)',
  labelColor: 'rgb(143, 214, 197)',
  barcodes: [{ format: 'PKBarcodeFormatQR', message: '1001', messageEncoding: 'iso-8859-1', altText: '1001' }],
  storeCard: {
    headerFields: [{ key: 'level', label: 'Level', value: 'Gold', changeMessage: 'Your level is now %@' }],
    secondaryFields: [{ key: 'credit', label: 'Credit', value: 20, currencyCode: 'EUR' }],
    backFields: [{ key: 'terms', label: 'Conditions', value: 'Points are valid for 12 months.' }],
  },
} as const

const HEADER = 'storeCard/headerFields/0'
const CREDIT = 'storeCard/secondaryFields/0'
const TERMS = 'storeCard/backFields/0'
const FIELDS = { backFields: SECOND_OPINION_PASS.storeCard.backFields }
const KEY =
  'MFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAEaxfR8uEsQkf4vOblY6RA8ncDfYEt6zOg9KE5RdiYwpZP40Li/hp/m47n60p8D54WK84zV2sxXs7LtkBoN79R9Q=='

export const SECOND_OPINIONS: readonly Opinion[] = [
  // Good ones.
  { design: 'a store card', set: {}, theirs: 'accepts' },
  { design: 'colours as #rgb and #rrggbb', set: { backgroundColor: '#123', labelColor: '#8FD6C5' }, theirs: 'accepts' },
  {
    design: 'an expiry with a time zone and without seconds',
    set: { expirationDate: '2031-01-01T18:00+01:00' },
    theirs: 'accepts',
  },
  {
    design: 'an expiry with fractions of a second',
    set: { expirationDate: '2031-01-01T18:00:00.250Z' },
    theirs: 'accepts',
  },
  {
    design: 'posterGeneric with its generic twin',
    set: { storeCard: undefined, posterGeneric: FIELDS, generic: FIELDS },
    theirs: 'accepts',
  },
  {
    design: 'relevantDates as iOS 26 names them',
    set: { relevantDates: [{ date: '2031-01-01T18:00:00Z' }] },
    theirs: 'rejects',
    right: 'Tessera',
    why: 'iOS 18 called the date of an entry relevantDate, iOS 26 calls it date, and Apple Pass Builder of 2026 knows the latter only. passkit-generator insists on the former.',
  },
  {
    design: 'a featured action "viewMembership"',
    set: { featuredActions: [{ identifier: 'club', type: 'viewMembership', url: 'https://example.org/club' }] },
    theirs: 'rejects',
    right: 'Tessera',
    why: 'passkit-generator knows a fixed list of fourteen types, without this one that has been seen in passes for iOS 27. Apple Pass Builder takes any text, so the list may grow any time; that is no ground to refuse a card.',
  },
  {
    design: 'a key that is not known yet',
    set: { tesseraNote: 'kept' },
    theirs: 'accepts',
    why: 'passkit-generator removes keys that it does not know from the pass without a word; Tessera keeps them.',
  },
  {
    design: 'logoSymbolName of iOS 27',
    set: { logoSymbolName: 'cup.and.saucer.fill' },
    theirs: 'accepts',
    why: 'passkit-generator does not know the key and removes it, so the symbol never appears.',
  },
  {
    design: 'the old key "barcode" alone',
    set: { barcodes: undefined, barcode: SECOND_OPINION_PASS.barcodes[0] },
    theirs: 'accepts',
    why: 'Tessera advises to use barcodes. passkit-generator removes barcode, and the card has no code.',
  },
  // Identity.
  {
    design: 'no formatVersion',
    set: { formatVersion: undefined },
    ours: 'identity.format-version',
    theirs: 'accepts',
    right: 'each in its place',
    why: 'Phones refuse such a pass. passkit-generator writes the version when it makes the pass, so what leaves it is in order; a file that is signed as it stands is not.',
  },
  {
    design: 'formatVersion 2',
    set: { formatVersion: 2 },
    ours: 'identity.format-version',
    theirs: 'accepts',
    right: 'Tessera',
    why: 'There is no version 2. passkit-generator asks for any number.',
  },
  {
    design: 'no description',
    set: { description: undefined },
    ours: 'identity.description',
    theirs: 'accepts',
    right: 'Tessera',
    why: 'Apple requires it and phones refuse a pass without; all keys are optional in the schema of passkit-generator, which expects them from the caller.',
  },
  { design: 'no style', set: { storeCard: undefined }, ours: 'identity.style-missing', theirs: 'rejects' },
  {
    design: 'two styles',
    set: { coupon: FIELDS },
    ours: 'identity.style-many',
    theirs: 'accepts',
    right: 'Tessera',
    why: 'A pass has one style. passkit-generator takes both and writes both.',
  },
  {
    design: 'sharingProhibited as a text',
    set: { sharingProhibited: 'true' },
    ours: 'identity.value-type',
    theirs: 'accepts',
    right: 'each in its place',
    why: 'passkit-generator turns "true" into true while it reads. In a file that is signed as it stands, phones find a text.',
  },
  // Fields.
  {
    design: 'a field without a key',
    set: { [`${TERMS}/key`]: undefined },
    ours: 'fields.key-missing',
    theirs: 'rejects',
  },
  {
    design: 'two fields with one key',
    set: { [`${TERMS}/key`]: 'level' },
    ours: 'fields.key-twice',
    theirs: 'rejects',
  },
  { design: 'true as a value', set: { [`${TERMS}/value`]: true }, ours: 'fields.value-missing', theirs: 'rejects' },
  {
    design: 'a changeMessage without %@',
    set: { [`${HEADER}/changeMessage`]: 'Your level has changed' },
    ours: 'fields.change-message',
    theirs: 'accepts',
    right: 'Tessera',
    why: 'Apple requires %@. passkit-generator takes any text.',
  },
  {
    design: 'currencyCode beside numberStyle',
    set: { [`${CREDIT}/numberStyle`]: 'PKNumberStyleDecimal' },
    ours: 'fields.currency-and-number-style',
    theirs: 'accepts',
    right: 'Tessera',
    why: "Apple's own validator warns of it.",
  },
  {
    design: 'numberStyle beside a text',
    set: { [`${TERMS}/numberStyle`]: 'PKNumberStyleDecimal' },
    ours: 'fields.number-format',
    theirs: 'rejects',
  },
  {
    design: 'a style of dates with two letters too many',
    set: { [`${TERMS}/dateStyle`]: 'PKDateStyleShorter', [`${TERMS}/value`]: '2031-01-01T00:00:00Z' },
    ours: 'fields.unknown-value',
    theirs: 'accepts',
    right: 'Tessera',
    why: 'The patterns of passkit-generator have no beginning and no end: anything that contains a known name passes.',
  },
  {
    design: 'a store card with a transitType',
    set: { 'storeCard/transitType': 'PKTransitTypeAir' },
    ours: 'fields.transit-type',
    theirs: 'accepts',
    right: 'Tessera',
    why: 'The key belongs to boarding passes only. passkit-generator means to forbid it, but forbids the value "transitType" and not the key.',
  },
  {
    design: 'a store card with two primary fields',
    set: {
      'storeCard/primaryFields': [
        { key: 'a', label: 'A', value: '1' },
        { key: 'b', label: 'B', value: '2' },
      ],
    },
    ours: 'fields.limit',
    theirs: 'accepts',
    right: 'Tessera',
    why: 'Phones show one and leave the other out. passkit-generator does not look at numbers of fields.',
  },
  {
    design: 'bold letters in attributedValue',
    set: { [`${TERMS}/attributedValue`]: '<b>12</b> months' },
    ours: 'fields.attributed-value',
    theirs: 'accepts',
    right: 'Tessera',
    why: 'Wallet knows links only.',
  },
  // Colours and dates.
  { design: 'a colour by name', set: { backgroundColor: 'blue' }, ours: 'colour.format', theirs: 'rejects' },
  {
    design: 'a colour of five digits',
    set: { labelColor: '#8fd6c' },
    ours: 'colour.format',
    theirs: 'accepts',
    right: 'Tessera',
    why: 'Wallet reads three digits or six. The pattern of passkit-generator takes three to six.',
  },
  {
    design: 'an expiry without time',
    set: { expirationDate: '2031-01-01' },
    ours: 'date.format',
    theirs: 'accepts',
    right: 'Tessera',
    why: 'Wallet reads dates with a time and a zone only. passkit-generator asks for ISO 8601, which allows more than Wallet does.',
  },
  {
    design: 'a relevant time of five days',
    set: { relevantDates: [{ startDate: '2031-01-01T09:00:00Z', endDate: '2031-01-06T09:00:00Z' }] },
    ours: 'date.interval',
    theirs: 'accepts',
    right: 'Tessera',
    why: 'A span lasts 24 hours at most.',
  },
  // Barcodes and NFC.
  {
    design: 'a barcode format that does not exist',
    set: { 'barcodes/0/format': 'PKBarcodeFormatDataMatrix' },
    ours: 'barcode.format',
    theirs: 'rejects',
  },
  {
    design: 'a barcode without messageEncoding',
    set: { 'barcodes/0/messageEncoding': undefined },
    ours: 'barcode.encoding-missing',
    theirs: 'accepts',
    right: 'each in its place',
    why: 'Apple requires it. passkit-generator writes iso-8859-1 while it reads; a file that is signed as it stands goes without.',
  },
  {
    design: 'Code 39 without anything for older phones',
    set: { 'barcodes/0/format': 'PKBarcodeFormatCode39' },
    ours: 'barcode.fallback',
    theirs: 'accepts',
    right: 'Tessera',
    why: 'Phones before iOS 27 draw no code at all.',
  },
  {
    design: 'an NFC message of 40 Cyrillic letters',
    set: { nfc: { message: 'я'.repeat(40), encryptionPublicKey: KEY } },
    ours: 'nfc.message-length',
    theirs: 'accepts',
    right: 'Tessera',
    why: 'The limit is 64 bytes, and these are 80. passkit-generator counts characters.',
  },
  {
    design: 'an NFC key that is none',
    set: { nfc: { message: '1001', encryptionPublicKey: 'secret' } },
    ours: 'nfc.key',
    theirs: 'accepts',
    right: 'Tessera',
    why: 'Phones refuse a pass whose key they cannot read. passkit-generator takes any text.',
  },
  // Places and links.
  {
    design: 'eleven locations',
    set: { locations: Array.from({ length: 11 }, (_, index) => ({ latitude: 50 + index, longitude: 10 })) },
    ours: 'place.count',
    theirs: 'accepts',
    right: 'Tessera',
    why: 'Wallet looks at ten.',
  },
  {
    design: 'a beacon with the number 70000',
    set: { beacons: [{ proximityUUID: '2F234454-CF6D-4A0F-ADF2-F4911BA9FFA6', major: 70_000 }] },
    ours: 'place.beacon-number',
    theirs: 'rejects',
  },
  {
    design: 'a web service without encryption',
    set: { webServiceURL: 'http://example.org/wallet', authenticationToken: 'a-token-of-enough-letters' },
    ours: 'link.web-service',
    theirs: 'accepts',
    right: 'Tessera',
    why: 'Phones refuse http unless they are set up for development. passkit-generator takes both.',
  },
  {
    design: 'a token of five letters',
    set: { webServiceURL: 'https://example.org', authenticationToken: 'short' },
    ours: 'link.token',
    theirs: 'rejects',
  },
  {
    design: 'an upcoming event with an address that is no e-mail address',
    set: {
      upcomingPassInformation: [
        { identifier: 'next', name: 'Next', type: 'event', URLs: { contactVenueEmail: 'call us' } },
      ],
    },
    ours: 'link.url',
    theirs: 'rejects',
  },
]
