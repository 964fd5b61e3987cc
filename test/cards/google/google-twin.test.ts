import { describe, expect, test } from 'vitest'
import { notesOf, rowsOf, type SamplePass, twinOf } from './passes.js'

const POINTS = {
  storeCard: {
    headerFields: [{ key: 'visits', label: 'Visits', value: 12 }],
    primaryFields: [{ key: 'money', label: 'Balance', value: '34.56', currencyCode: 'USD' }],
  },
}

describe('the same card in both wallets', () => {
  test('a loyalty card: what Google documents for its class and its object', () => {
    const twin = twinOf({
      ...POINTS,
      logoText: 'Polar Club',
      barcodes: [{ format: 'PKBarcodeFormatQR', message: '0042', messageEncoding: 'iso-8859-1', altText: 'No. 0042' }],
    })
    expect(twin.type).toBe('loyalty')
    expect(twin.class).toEqual({
      id: '3388.bonus',
      issuerName: 'Nordlicht',
      programName: 'Polar Club',
      reviewStatus: 'UNDER_REVIEW',
      hexBackgroundColor: '#12294a',
      programLogo: { sourceUri: { uri: 'https://pictures.example/icon%403x.png' } },
      classTemplateInfo: {
        cardTemplateOverride: {
          cardRowTemplateInfos: [
            {
              twoItems: {
                startItem: { firstValue: { fields: [{ fieldPath: 'object.loyaltyPoints.balance' }] } },
                endItem: { firstValue: { fields: [{ fieldPath: 'object.secondaryLoyaltyPoints.balance' }] } },
              },
            },
          ],
        },
      },
    })
    expect(twin.object).toEqual({
      id: '3388.bonus.0042',
      classId: '3388.bonus',
      state: 'ACTIVE',
      accountId: '0042',
      loyaltyPoints: { label: 'Visits', balance: { int: 12 } },
      secondaryLoyaltyPoints: { label: 'Balance', balance: { money: { micros: '34560000', currencyCode: 'USD' } } },
      barcode: { type: 'QR_CODE', value: '0042', alternateText: 'No. 0042' },
    })
  })

  test('an offer: its title is what it gives, its label the details', () => {
    const twin = twinOf({
      barcodes: [{ format: 'PKBarcodeFormatPDF417', message: 'N20' }],
      coupon: {
        primaryFields: [{ key: 'offer', label: 'on every novel', value: '20 % off' }],
        auxiliaryFields: [{ key: 'code', label: 'Code', value: 'N20' }],
      },
    })
    expect(twin.type).toBe('offer')
    expect(twin.class).toMatchObject({
      title: '20 % off',
      details: 'on every novel',
      provider: 'Nordlicht',
      issuerName: 'Nordlicht',
      redemptionChannel: 'INSTORE',
      titleImage: { sourceUri: { uri: 'https://pictures.example/icon%403x.png' } },
    })
    expect(rowsOf(twin)).toEqual([["object.textModulesData['code']"]])
  })

  test('an event ticket: facts of the pass fill name, venue, time and seat, and the fields stand in for them', () => {
    const start = '2026-09-01T19:30:00+02:00'
    const twin = twinOf({
      semantics: {
        eventName: 'Winter Concert',
        venueName: 'Great Hall',
        venueRegionName: 'Berlin',
        eventStartDate: start,
        seats: [{ seatSection: 'A', seatRow: '12', seatNumber: '7' }],
        artistIDs: ['1'],
      },
      eventTicket: {
        primaryFields: [{ key: 'event', label: 'Event', value: 'Winter Concert' }],
        secondaryFields: [{ key: 'when', label: 'Date', value: start, dateStyle: 'PKDateStyleMedium' }],
        auxiliaryFields: [
          { key: 'row', label: 'Row', value: '12' },
          { key: 'seat', label: 'Seat', value: '7' },
          { key: 'gate', label: 'Gate', value: 'North' },
        ],
      },
    })
    const text = (value: string) => ({ defaultValue: { language: 'en', value } })
    expect(twin.class).toMatchObject({
      eventName: text('Winter Concert'),
      venue: { name: text('Great Hall'), address: text('Berlin') },
      dateTime: { start },
    })
    expect(twin.object).toMatchObject({
      ticketNumber: '0042',
      seatInfo: { section: text('A'), row: text('12'), seat: text('7'), gate: text('North') },
    })
    expect(rowsOf(twin)).toEqual([
      ['class.dateTime.start'],
      ['object.seatInfo.row', 'object.seatInfo.seat', 'object.seatInfo.gate'],
    ])
    expect(twin.report).toContainEqual(
      expect.objectContaining({ id: 'semantics.lost', outcome: 'lost', reason: expect.stringContaining('artistIDs') }),
    )
  })

  test('a flight: airports, carrier, number and time are found on the front', () => {
    const twin = twinOf({
      boardingPass: {
        transitType: 'PKTransitTypeAir',
        headerFields: [{ key: 'flight', label: 'Flight', value: 'NA 123' }],
        primaryFields: [
          { key: 'from', label: 'Berlin', value: 'BER' },
          { key: 'to', label: 'London', value: 'LHR' },
        ],
        secondaryFields: [
          { key: 'passenger_name', label: 'Passenger', value: 'Ann Li' },
          { key: 'dep', label: 'Departs', value: '2026-09-01T09:40:00+02:00', timeStyle: 'PKDateStyleShort' },
        ],
        auxiliaryFields: [
          { key: 'seat', label: 'Seat', value: '12A' },
          { key: 'booking', label: 'Booking', value: 'X7YQ2' },
        ],
      },
    })
    expect(twin.type).toBe('flight')
    expect(twin.class).toMatchObject({
      origin: { airportIataCode: 'BER' },
      destination: { airportIataCode: 'LHR' },
      flightHeader: {
        carrier: { carrierIataCode: 'NA', airlineLogo: { sourceUri: expect.anything() } },
        flightNumber: '123',
      },
      localScheduledDepartureDateTime: '2026-09-01T09:40:00',
    })
    expect(twin.object).toMatchObject({
      reservationInfo: { confirmationCode: 'X7YQ2' },
      boardingAndSeatingInfo: { seatNumber: '12A' },
    })
    expect(notesOf(twin, 'travel.missing')).toEqual(['travel.missing  -> object.passengerName'])
  })

  test('a train: one leg, its stops as texts', () => {
    const twin = twinOf({
      boardingPass: {
        transitType: 'PKTransitTypeTrain',
        primaryFields: [
          { key: 'from', value: 'Hamburg' },
          { key: 'to', value: 'Rostock' },
        ],
        secondaryFields: [{ key: 'platform', label: 'Platform', value: '7' }],
      },
    })
    expect(twin).toMatchObject({
      type: 'transit',
      class: { transitType: 'RAIL', logo: expect.anything() },
      object: {
        tripType: 'ONE_WAY',
        ticketLeg: {
          originName: { defaultValue: { value: 'Hamburg' } },
          destinationName: { defaultValue: { value: 'Rostock' } },
          platform: '7',
        },
      },
    })
    expect(notesOf(twin, 'travel.missing')).toEqual(['travel.missing  -> object.ticketLeg.departureDateTime'])
  })

  test('a generic pass: everything that names it stands on the object', () => {
    const twin = twinOf({
      logoText: 'City Gym',
      files: { 'thumbnail@3x.png': 'photo', 'background.png': 'hills' },
      generic: {
        primaryFields: [{ key: 'member', label: 'Member', value: 'Ann Li' }],
        secondaryFields: [{ key: 'since', label: 'Since', value: '2021' }],
      },
    })
    expect(twin).toMatchObject({
      type: 'generic',
      object: {
        cardTitle: { defaultValue: { language: 'en', value: 'City Gym' } },
        header: { defaultValue: { value: 'Ann Li' } },
        subheader: { defaultValue: { value: 'Member' } },
        hexBackgroundColor: '#12294a',
        logo: expect.anything(),
        heroImage: expect.anything(),
      },
      pictures: { logo: 'icon', hero: 'background', images: ['thumbnail'] },
    })
    expect(twin.class).not.toHaveProperty('reviewStatus')
    expect(twinOf({ posterGeneric: { primaryFields: [{ key: 'a', value: 'A' }] } }).type).toBe('generic')
  })
})

describe('amounts', () => {
  const balance = (field: object) => {
    const twin = twinOf({ storeCard: { primaryFields: [{ key: 'a', label: 'A', ...field }] } })
    return (twin.object.loyaltyPoints as { balance?: unknown } | undefined)?.balance
  }

  test.each([
    [{ value: 1250 }, { int: 1250 }],
    [{ value: 12.5 }, { double: 12.5 }],
    [{ value: -3 }, { int: -3 }],
    [{ value: 34.56, currencyCode: 'eur' }, { money: { micros: '34560000', currencyCode: 'EUR' } }],
    [{ value: -0.01, currencyCode: 'EUR' }, { money: { micros: '-10000', currencyCode: 'EUR' } }],
    [{ value: 0, currencyCode: 'EUR' }, { money: { micros: '0', currencyCode: 'EUR' } }],
    [{ value: 1200, currencyCode: 'JPY' }, { money: { micros: '1200000000', currencyCode: 'JPY' } }],
    [{ value: 9_000_000_000, numberStyle: 'PKNumberStyleDecimal' }, { string: '9,000,000,000' }],
  ])('%j becomes %j', (field, expected) => {
    expect(balance(field)).toEqual(expected)
  })

  test('percentages and words are no balance but a text, which keeps what makes them one', () => {
    const field = { key: 'discount', label: 'Discount', value: 0.1, numberStyle: 'PKNumberStylePercent' }
    const twin = twinOf({ storeCard: { primaryFields: [field] } })
    expect(twin.object).not.toHaveProperty('loyaltyPoints')
    expect(twin.object.textModulesData).toEqual([{ id: 'discount', header: 'Discount', body: '10%' }])
  })
})

describe('barcodes', () => {
  const barcode = (...barcodes: object[]) => twinOf({ storeCard: {}, barcodes }).object.barcode

  test.each([
    ['PKBarcodeFormatQR', 'A', 'QR_CODE'],
    ['PKBarcodeFormatPDF417', 'A', 'PDF_417'],
    ['PKBarcodeFormatAztec', 'A', 'AZTEC'],
    ['PKBarcodeFormatCode128', 'A', 'CODE_128'],
    ['PKBarcodeFormatCode39', 'A', 'CODE_39'],
    ['PKBarcodeFormatCodabar', 'A1A', 'CODABAR'],
    ['PKBarcodeFormatEAN13', '4006381333931', 'EAN_13'],
    ['PKBarcodeFormatI2of5', '00012345678905', 'ITF_14'],
  ])('%s becomes %s', (format, message, type) => {
    expect(barcode({ format, message })).toMatchObject({ type, value: message })
  })

  test('Interleaved 2 of 5 with other than fourteen digits gives way to the next code, and says so', () => {
    const barcodes = [
      { format: 'PKBarcodeFormatI2of5', message: '123456' },
      { format: 'PKBarcodeFormatCode128', message: '123456' },
      { format: 'PKBarcodeFormatQR', message: '123456' },
    ]
    const twin = twinOf({ storeCard: {}, barcodes })
    expect(twin.object.barcode).toEqual({ type: 'CODE_128', value: '123456' })
    expect(notesOf(twin, 'barcode.none', 'barcode.type', 'barcode.other')).toEqual([
      'barcode.type barcodes/1 -> object.barcode',
      'barcode.none barcodes/0',
      'barcode.other barcodes/2',
    ])
    expect(notesOf(twinOf({ storeCard: {}, barcodes: barcodes.slice(0, 1) }), 'barcode.none')).toEqual([
      'barcode.none barcodes',
    ])
  })

  test('the old single barcode counts, and characters beyond ASCII are written as UTF-8', () => {
    const twin = twinOf({ storeCard: {}, barcode: { format: 'PKBarcodeFormatQR', message: 'Grüße' } })
    expect(twin.object.barcode).toEqual({ type: 'QR_CODE', value: 'Grüße', renderEncoding: 'UTF_8' })
    expect(notesOf(twin, 'barcode.encoding')).toHaveLength(1)
  })
})

describe('state, places and terminals', () => {
  test.each([
    [{}, 'ACTIVE'],
    [{ voided: true }, 'INACTIVE'],
    [{ expirationDate: '2027-01-01T00:00:00Z' }, 'ACTIVE'],
    [{ expirationDate: '2026-01-01T00:00:00Z' }, 'EXPIRED'],
    [{ expirationDate: '2026-01-01T00:00:00Z', voided: true }, 'EXPIRED'],
  ])('%j is %s', (pass, state) => {
    expect(twinOf({ storeCard: {}, ...pass }).object.state).toBe(state)
  })

  test('the expiry keeps its moment', () => {
    const twin = twinOf({ storeCard: {}, expirationDate: '2027-01-01T00:00:00+03:00' })
    expect(twin.object.validTimeInterval).toEqual({ end: { date: '2026-12-31T21:00:00.000Z' } })
  })

  test('ten places at most, and only such as are on Earth', () => {
    const locations = Array.from({ length: 12 }, (_, index) => ({
      latitude: 50 + index / 10,
      longitude: 10,
      relevantText: 'Hi',
    }))
    const twin = twinOf({ storeCard: {}, locations: [{ latitude: 91, longitude: 0 }, 'x', ...locations] })
    expect(twin.class.merchantLocations).toHaveLength(10)
    expect(notesOf(twin, 'place.invalid', 'place.surplus')).toEqual([
      'place.invalid locations/0',
      'place.invalid locations/1',
      'place.surplus locations/12',
      'place.surplus locations/13',
    ])
    expect(twin.report.find(({ id }) => id === 'place.location')?.reason).toContain('"Hi"')
  })

  test('what NFC sends goes through Smart Tap, which needs to know who may read it', () => {
    const nfc = { message: 'M-42', encryptionPublicKey: 'MDk=', requiresAuthentication: true }
    const twin = twinOf({ storeCard: {}, nfc })
    expect(twin.class).toMatchObject({ enableSmartTap: true, viewUnlockRequirement: 'UNLOCK_REQUIRED_TO_VIEW' })
    expect(twin.object.smartTapRedemptionValue).toBe('M-42')
    expect(notesOf(twin, 'nfc.issuers', 'nfc.value', 'nfc.unlock')).toHaveLength(3)
    expect(twinOf({ storeCard: {}, nfc: { message: 'М-42' } }).class).not.toHaveProperty('enableSmartTap')
  })

  test('a card that may not be shared is kept by one person', () => {
    expect(twinOf({ storeCard: {}, sharingProhibited: true }).class.multipleDevicesAndHoldersAllowedStatus).toBe(
      'ONE_USER_ALL_DEVICES',
    )
  })
})

describe('links', () => {
  const BACK: SamplePass = {
    storeCard: {
      backFields: [
        { key: 'web', label: 'Shop', value: 'https://lumen.example' },
        { key: 'help', label: 'Help', value: 'Write to help@lumen.example or call +49 30 1234567.' },
        { key: 'odd', label: 'Odd', value: 'here', attributedValue: '<a href="javascript:alert(1)">here</a>' },
      ],
    },
    merchandiseURL: 'https://lumen.example/merch',
    featuredActions: [{ type: 'viewMembership', url: 'https://lumen.example/me' }],
  }

  test('a field that is one link becomes one under its label; links in a text stand in the list too', () => {
    const twin = twinOf(BACK)
    expect(twin.object.linksModuleData).toEqual({
      uris: [
        { uri: 'https://lumen.example', description: 'Shop' },
        { uri: 'mailto:help@lumen.example', description: 'help@lumen.example' },
        { uri: 'tel:+49301234567', description: '+49 30 1234567' },
      ],
    })
    expect((twin.object.textModulesData as { id: string }[]).map(({ id }) => id)).toEqual(['help', 'odd'])
    expect(notesOf(twin, 'field.link-unusable')).toEqual(['field.link-unusable storeCard/backFields/2'])
  })

  test('buttons of Apple Wallet become links', () => {
    expect(twinOf(BACK).class.linksModuleData).toEqual({
      uris: [
        { uri: 'https://lumen.example/merch', description: 'Merchandise' },
        { uri: 'https://lumen.example/me', description: 'View membership' },
      ],
    })
  })
})

describe('lengths and numbers', () => {
  test('texts longer than small screens show are reported in the language where they are longest, and not cut', () => {
    const twin = twinOf({
      organizationName: 'Nordlicht Kaffeerösterei GmbH',
      storeCard: { primaryFields: [{ key: 'p', label: 'Points', value: 12_345_678 }] },
      files: {
        'en.lproj/pass.strings': '"Points" = "Points";',
        'ru.lproj/pass.strings': '"Points" = "Бонусные баллы";',
      },
    })
    const reasons = twin.report
      .filter(({ outcome }) => outcome === 'shortened')
      .map(({ to, reason }) => `${to}: ${reason}`)
    expect(reasons).toEqual([
      'class.issuerName: Has 29 characters in en; small screens show 20.',
      'object.loyaltyPoints.label: Has 14 characters in ru; small screens show 9.',
      'object.loyaltyPoints.balance: Has 8 characters in en; small screens show 7.',
    ])
    expect(twin.class.issuerName).toBe('Nordlicht Kaffeerösterei GmbH')
  })

  test('every language of the pass has its translation', () => {
    const twin = twinOf(
      {
        storeCard: { primaryFields: [{ key: 'p', label: 'Points', value: 1 }] },
        files: {
          'en.lproj/pass.strings': '"Points" = "Points";',
          'de.lproj/pass.strings': '"Points" = "Punkte";',
          'ru.lproj/pass.strings': Buffer.from('\ufeff"Points" = "Баллы";', 'utf16le'),
        },
      },
      { languages: ['en', 'de', 'ru'] },
    )
    expect(twin.object.loyaltyPoints).toEqual({
      label: 'Points',
      localizedLabel: {
        defaultValue: { language: 'en', value: 'Points' },
        translatedValues: [
          { language: 'de', value: 'Punkte' },
          { language: 'ru', value: 'Баллы' },
        ],
      },
      balance: { int: 1 },
    })
  })

  test('three fields in a row and three rows: lines of four are filled up, the tenth field goes to the details', () => {
    const fields = (group: string, count: number) =>
      Array.from({ length: count }, (_, index) => ({ key: `${group}${index}`, label: 'L', value: 'v' }))
    const pass = (auxiliary: number) => ({
      storeCard: {
        headerFields: fields('h', 1),
        secondaryFields: fields('s', 4),
        auxiliaryFields: fields('a', auxiliary),
      },
    })
    expect(rowsOf(twinOf(pass(2))).map((row) => row.length)).toEqual([3, 3, 1])
    const full = twinOf(pass(5))
    expect(rowsOf(full).map((row) => row.length)).toEqual([3, 3, 3])
    expect(notesOf(full, 'field.details')).toEqual([
      "field.details storeCard/auxiliaryFields/4 -> object.textModulesData['a4']",
    ])
  })

  test('more texts than Google shows are counted', () => {
    const backFields = Array.from({ length: 12 }, (_, index) => ({ key: `k${index}`, label: 'L', value: 'v' }))
    const twin = twinOf({ storeCard: { backFields } })
    expect(twin.report).toContainEqual(
      expect.objectContaining({ id: 'texts.many', reason: expect.stringContaining('there are 12') }),
    )
  })
})

describe('what Google does not have', () => {
  test('is reported with its reason', () => {
    const twin = twinOf({
      labelColor: '#fff',
      beacons: [{ proximityUUID: 'x' }],
      relevantDates: [{ date: '2027-01-01T00:00:00Z' }],
      userInfo: { a: 1 },
      myOwnKey: true,
      files: { 'strip.png': 'x', 'footer.png': 'x', 'logo.png': 'x' },
      storeCard: {
        primaryFields: [{ key: 'p', label: 'P', value: 1, changeMessage: 'Now %@' }],
        secondaryFields: [{ key: 'n', value: 'x', changeMessage: '%@', textAlignment: 'PKTextAlignmentRight' }],
        mysteryFields: [{ key: 'm' }],
      },
    })
    expect(notesOf(twin)).toEqual(
      expect.arrayContaining([
        'colour.text labelColor',
        'key.lost beacons',
        'key.lost relevantDates',
        'key.apple userInfo',
        'key.unknown myOwnKey',
        'key.unknown storeCard/mysteryFields',
        'field.over-picture storeCard/primaryFields/0',
        'field.alignment storeCard/secondaryFields/0/textAlignment',
        'picture.lost footer.png',
        'picture.unused logo.png',
      ]),
    )
    const poster = twinOf({ posterGeneric: {}, generic: { primaryFields: [{ key: 'g', value: 'x' }] } })
    expect(notesOf(poster, 'style.other')).toEqual(['style.other generic'])
  })

  test('changes are announced for balances only', () => {
    const twin = twinOf({
      storeCard: {
        primaryFields: [{ key: 'p', label: 'P', value: 1, changeMessage: 'Now %@' }],
        secondaryFields: [{ key: 'n', value: 'x', changeMessage: '%@' }],
      },
    })
    expect(twin.object.notifyPreference).toBe('NOTIFY_ON_UPDATE')
    expect(notesOf(twin, 'field.change-notify', 'field.change-message')).toEqual([
      'field.change-notify storeCard/primaryFields/0/changeMessage -> object.notifyPreference',
      'field.change-message storeCard/secondaryFields/0/changeMessage',
    ])
    expect(twin.report.find(({ id }) => id === 'field.change-notify')).toMatchObject({ key: 'p', outcome: 'changed' })
  })
})

describe('ids and pictures', () => {
  test('ids keep to letters, digits, dot, underscore and dash, and stay apart', () => {
    const id = (serialNumber: string) => String(twinOf({ storeCard: {}, serialNumber }).object.id)
    expect(id('a-1_b.c')).toBe('3388.bonus.a-1_b.c')
    const odd = ['a/b', 'a b', 'а б', '', '😀', 'x'.repeat(500)].map(id)
    for (const one of odd) expect(one).toMatch(/^[\w.-]+$/)
    expect(new Set(odd).size).toBe(odd.length)
    expect(notesOf(twinOf({ storeCard: {}, serialNumber: 'a/b' }), 'id.changed')).toHaveLength(1)
  })

  test('without an issuer id stands a placeholder, and a note says what is missing', () => {
    const twin = twinOf({ storeCard: {} }, { issuerId: undefined })
    expect(twin.class.id).toBe('ISSUER_ID.bonus')
    expect(notesOf(twin, 'issuer.missing')).toHaveLength(1)
  })

  test('pictures have the addresses they are given; without, every one is reported as to be hosted', () => {
    const pass = { storeCard: {}, files: { 'strip@3x.png': 'x' } }
    const hosted = twinOf(pass, { pictureUrl: (file) => `https://cdn.example/${file}` })
    expect(hosted.class.heroImage).toEqual({ sourceUri: { uri: 'https://cdn.example/strip@3x.png' } })
    expect(notesOf(hosted, 'picture.hosting')).toEqual([])
    expect(notesOf(twinOf(pass), 'picture.hosting')).toHaveLength(2)
  })

  test('a wide logo without a name beside it takes the place of logo and name', () => {
    const wide = Buffer.alloc(24)
    wide.set([0x89, 0x50])
    wide.writeUInt32BE(480, 16)
    wide.writeUInt32BE(120, 20)
    const files = { 'logo@3x.png': wide }
    expect(twinOf({ storeCard: {}, files }).class).toHaveProperty('wideProgramLogo')
    expect(twinOf({ storeCard: {}, files, logoText: 'Club' }).class).not.toHaveProperty('wideProgramLogo')
  })
})
