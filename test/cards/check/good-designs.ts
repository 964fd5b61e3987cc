import { generateKeyPairSync } from 'node:crypto'
import sharp from 'sharp'

type Json = Record<string, unknown>
export type Files = Record<string, string | Uint8Array>

/** A design or a finished pass that no rule has anything to say about. */
export interface GoodDesign {
  readonly pass: Json
  /** Absent for a finished pass, which is no design of ours. */
  readonly yaml?: string
  readonly files: Files
}

const pictures = new Map<string, Promise<Uint8Array>>()

/** A picture of one colour. */
export function picture(width: number, height: number, colour = '#12294a'): Promise<Uint8Array> {
  const key = `${width} ${height} ${colour}`
  const made =
    pictures.get(key) ??
    sharp({ create: { width, height, channels: 3, background: colour } })
      .png({ palette: true })
      .toBuffer()
  pictures.set(key, made)
  return made
}

/** A picture at its three scales. */
export async function atScales(name: string, width: number, height: number, colour?: string): Promise<Files> {
  const scales = [
    ['', 1],
    ['@2x', 2],
    ['@3x', 3],
  ] as const
  const made = scales.map(async ([suffix, scale]) => [
    `${name}${suffix}.png`,
    await picture(width * scale, height * scale, colour),
  ])
  return Object.fromEntries(await Promise.all(made))
}

export const NFC_KEY = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  .publicKey.export({ type: 'spki', format: 'der' })
  .toString('base64')

const HEAD = {
  formatVersion: 1,
  passTypeIdentifier: 'pass.com.example.card',
  teamIdentifier: 'ABCDE12345',
  serialNumber: 'TEMPLATE',
  organizationName: 'Corner Coffee',
  description: 'Bonus card of Corner Coffee',
  logoText: 'Corner Coffee',
  foregroundColor: 'rgb(255, 255, 255)',
  backgroundColor: 'rgb(18, 41, 74)',
  labelColor: 'rgb(143, 214, 197)',
  barcodes: [{ format: 'PKBarcodeFormatQR', message: 'TEMPLATE', messageEncoding: 'iso-8859-1', altText: 'TEMPLATE' }],
}

const BACK = [{ key: 'terms', label: 'Conditions', value: 'Points are valid for 12 months.' }]

const STORE_CARD = {
  headerFields: [{ key: 'level', label: 'Level', value: 'Silver', changeMessage: 'Your level is now %@' }],
  primaryFields: [
    {
      key: 'balance',
      label: 'Points',
      value: 0,
      changeMessage: 'You now have %@ points',
      numberStyle: 'PKNumberStyleDecimal',
    },
  ],
  secondaryFields: [
    { key: 'name', label: 'Member', value: '' },
    { key: 'since', label: 'Since', value: '2027-01-01T00:00:00Z', dateStyle: 'PKDateStyleMedium' },
  ],
  auxiliaryFields: [
    { key: 'credit', label: 'Credit', value: 20, currencyCode: 'EUR', changeMessage: 'Your credit: %@' },
  ],
  backFields: BACK,
}

const STORE_YAML = `version: 1
barcode: {value: "{serial}", text: "{serial}"}
fields:
  name: {type: text, required: true}
  balance: {type: number, default: 0}
  level: {type: enum, options: [Silver, Gold], default: Silver}
  since: {type: date}
  credit: {type: money}
sample:
  en: {name: Alice Example, balance: 1250, level: Gold}
`

const TEXTS = [
  ['Bonus card of Corner Coffee', 'Бонусная карта'],
  ['Level', 'Уровень'],
  ['Silver', 'Серебро'],
  ['Gold', 'Золото'],
  ['Your level is now %@', 'Уровень: %@'],
  ['Points', 'Баллы'],
  ['You now have %@ points', 'Баллов: %@'],
  ['Member', 'Участник'],
  ['Since', 'С нами с'],
  ['Credit', 'Счёт'],
  ['Your credit: %@', 'На счёте: %@'],
  ['Conditions', 'Условия'],
  ['Points are valid for 12 months.', 'Баллы действуют 12 месяцев.'],
] as const

/** A pass.strings file of the good design's texts. */
export function strings(language: 'en' | 'ru', edit: (line: string) => string | undefined = (line) => line): string {
  return TEXTS.map(([text, russian]) => `"${text}" = "${language === 'en' ? text : russian}";`)
    .flatMap((line) => edit(line) ?? [])
    .join('\n')
}

const icons = () => atScales('icon', 38, 38)
const logos = () => atScales('logo', 50, 50)

export const GOOD_DESIGNS = {
  store: async (): Promise<GoodDesign> => ({
    pass: { ...HEAD, storeCard: STORE_CARD },
    yaml: STORE_YAML,
    files: { ...(await icons()), ...(await logos()), ...(await atScales('strip', 375, 123)) },
  }),
  translated: async (): Promise<GoodDesign> => {
    const { pass, yaml = '', files } = await GOOD_DESIGNS.store()
    return {
      pass,
      yaml,
      files: { ...files, 'en.lproj/pass.strings': strings('en'), 'ru.lproj/pass.strings': strings('ru') },
    }
  },
  google: async (): Promise<GoodDesign> => {
    const { yaml = '', ...store } = await GOOD_DESIGNS.store()
    return { ...store, yaml: `${yaml}google: {programName: Corner Coffee}\n` }
  },
  stamps: async (): Promise<GoodDesign> => ({
    pass: {
      ...HEAD,
      storeCard: {
        headerFields: [{ key: 'stamps', label: 'Stamps', value: 0, changeMessage: 'You have %@ stamps' }],
        backFields: BACK,
      },
    },
    yaml: 'version: 1\nbarcode: {text: "{serial}"}\nfields:\n  stamps: {type: number}\nstamps: {field: stamps, total: 3}\n',
    files: { ...(await icons()), ...(await atScales('strip', 375, 123)) },
  }),
  ticket: async (): Promise<GoodDesign> => ({
    pass: {
      ...HEAD,
      eventTicket: {
        primaryFields: [{ key: 'event', label: 'Event', value: 'Concert' }],
        auxiliaryFields: [{ key: 'seat', label: 'Seat', value: '12', row: 1 }],
        backFields: BACK,
      },
    },
    yaml: 'version: 1\nfields: {}\n',
    files: {
      ...(await icons()),
      ...(await atScales('background', 180, 220)),
      ...(await atScales('thumbnail', 90, 90)),
    },
  }),
  poster: async (): Promise<GoodDesign> => ({
    pass: {
      ...HEAD,
      sharingProhibited: true,
      nfc: { message: '1001', encryptionPublicKey: NFC_KEY, requiresAuthentication: true },
      preferredStyleSchemes: ['posterEventTicket', 'eventTicket'],
      bagPolicyURL: 'https://corner.coffee/bags',
      directionsInformationURL: 'https://corner.coffee/way',
      featuredActions: [{ identifier: 'shop', type: 'shop', url: 'https://corner.coffee/shop' }],
      upcomingPassInformation: [{ identifier: 'second', name: 'Second evening', type: 'event' }],
      semantics: {
        eventType: 'PKEventTypeLivePerformance',
        eventName: 'Concert',
        venueName: 'Corner',
        eventStartDate: '2027-03-01T20:00:00+01:00',
        performerNames: ['The Beans'],
        artistIDs: ['1'],
        seats: [{ seatNumber: '12' }],
      },
      eventTicket: {
        primaryFields: [{ key: 'event', label: 'Event', value: 'Concert' }],
        backFields: BACK,
      },
    },
    yaml: 'version: 1\nfields: {}\n',
    files: { ...(await icons()), ...(await atScales('artwork', 358, 448)) },
  }),
  boarding: async (): Promise<GoodDesign> => ({
    pass: {
      ...HEAD,
      preferredStyleSchemes: ['semanticBoardingPass', 'boardingPass'],
      semantics: {
        airlineCode: 'EX',
        flightNumber: 123,
        originalDepartureDate: '2027-03-01T20:00+01:00',
        originalBoardingDate: '2027-03-01T19:30+01:00',
        originalArrivalDate: '2027-03-01T22:00Z',
        departureAirportTimeZone: 'Europe/Berlin',
        departureAirportCode: 'BER',
        departureCityName: 'Berlin',
        destinationAirportTimeZone: 'Europe/London',
        destinationAirportCode: 'LHR',
        destinationCityName: 'London',
        passengerName: { givenName: 'Alice' },
        seats: [{ seatNumber: '12A' }],
      },
      boardingPass: {
        transitType: 'PKTransitTypeAir',
        primaryFields: [
          { key: 'from', label: 'Berlin', value: 'BER' },
          { key: 'to', label: 'London', value: 'LHR' },
        ],
        backFields: BACK,
      },
    },
    yaml: 'version: 1\nfields: {}\n',
    files: await icons(),
  }),
  posterGeneric: async (): Promise<GoodDesign> => {
    const fields = { primaryFields: [{ key: 'club', label: 'Club', value: 'Beans' }], backFields: BACK }
    return {
      pass: { ...HEAD, posterGeneric: fields, generic: fields },
      yaml: 'version: 1\nfields: {}\n',
      files: { ...(await icons()), ...(await atScales('background', 345, 505)) },
    }
  },
  /** As it leaves another program: signed by somebody, updated by somebody. */
  finished: async (): Promise<GoodDesign> => ({
    pass: {
      ...HEAD,
      webServiceURL: 'https://corner.coffee/wallet',
      authenticationToken: 'a-token-of-more-than-16-characters',
      locations: [{ latitude: 52.5, longitude: 13.4, relevantText: 'Your coffee waits' }],
      relevantDates: [{ startDate: '2027-03-01T09:00Z', endDate: '2027-03-01T18:00Z' }],
      beacons: [{ proximityUUID: '2F234454-CF6D-4A0F-ADF2-F4911BA9FFA6', major: 1, minor: 65535 }],
      expirationDate: '2031-01-01T00:00:00Z',
      storeCard: { ...STORE_CARD, secondaryFields: [{ key: 'name', label: 'Member', value: 'Alice Example' }] },
    },
    files: { ...(await icons()), ...(await logos()), ...(await atScales('strip', 375, 123)) },
  }),
} satisfies Record<string, () => Promise<GoodDesign>>
export type GoodName = keyof typeof GOOD_DESIGNS
