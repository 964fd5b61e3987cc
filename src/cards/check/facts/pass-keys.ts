/** The JSON types of pass.json's keys, as Apple's Pass Builder of 2026 reads them (Pass.swift). */
export type JsonType = 'text' | 'number' | 'boolean' | 'list' | 'object' | 'any'

/** Links of the event guide; two at least are needed for its buttons to appear. */
export const EVENT_GUIDE_KEYS = [
  'accessibilityURL',
  'addOnURL',
  'bagPolicyURL',
  'contactVenueEmail',
  'contactVenuePhoneNumber',
  'contactVenueWebsite',
  'directionsInformationURL',
  'merchandiseURL',
  'orderFoodURL',
  'parkingInformationURL',
  'purchaseParkingURL',
  'sellURL',
  'transferURL',
  'transitInformationURL',
] as const

/** Links that a semantic boarding pass shows (iOS 26). */
export const BOARDING_KEYS = [
  'changeSeatURL',
  'entertainmentURL',
  'managementURL',
  'purchaseAdditionalBaggageURL',
  'purchaseLoungeAccessURL',
  'purchaseWifiURL',
  'registerServiceAnimalURL',
  'reportLostBagURL',
  'requestWheelchairURL',
  'transitProviderEmail',
  'transitProviderPhoneNumber',
  'transitProviderWebsiteURL',
  'upgradeURL',
] as const

/** What only the posters know. */
export const POSTER_KEYS = ['footerBackgroundColor', 'suppressHeaderDarkening', 'useAutomaticColors'] as const

const texts = (keys: readonly string[]): [string, JsonType][] => keys.map((key) => [key, 'text'])

/** Key at the top of pass.json -> type of its value. */
export const PASS_KEYS: ReadonlyMap<string, JsonType> = new Map<string, JsonType>([
  ['formatVersion', 'number'],
  ...texts(['serialNumber', 'passTypeIdentifier', 'teamIdentifier', 'organizationName', 'description']),
  ...texts(['webServiceURL', 'authenticationToken', 'appLaunchURL', 'groupingIdentifier']),
  ...texts(['logoText', 'eventLogoText', 'logoSymbolName', 'expirationDate', 'relevantDate']),
  ...texts(['backgroundColor', 'foregroundColor', 'labelColor', 'stripColor', 'footerBackgroundColor']),
  ...texts(EVENT_GUIDE_KEYS),
  ...texts(BOARDING_KEYS),
  ['sharingProhibited', 'boolean'],
  ['suppressStripShine', 'boolean'],
  ['suppressHeaderDarkening', 'boolean'],
  ['useAutomaticColors', 'boolean'],
  ['voided', 'boolean'],
  ['maxDistance', 'number'],
  ['associatedStoreIdentifiers', 'list'],
  ['auxiliaryStoreIdentifiers', 'list'],
  ['barcodes', 'list'],
  ['beacons', 'list'],
  ['featuredActions', 'list'],
  ['locations', 'list'],
  ['preferredStyleSchemes', 'list'],
  ['relevantDates', 'list'],
  ['upcomingPassInformation', 'list'],
  ['barcode', 'object'],
  ['nfc', 'object'],
  ['semantics', 'object'],
  ['userInfo', 'any'],
  ['boardingPass', 'object'],
  ['coupon', 'object'],
  ['eventTicket', 'object'],
  ['generic', 'object'],
  ['posterGeneric', 'object'],
  ['storeCard', 'object'],
])

/** Key of a field -> type of its value. */
export const FIELD_KEYS: ReadonlyMap<string, JsonType> = new Map<string, JsonType>([
  ...texts(['key', 'label', 'changeMessage', 'textAlignment', 'dateStyle', 'timeStyle', 'numberStyle', 'currencyCode']),
  ['value', 'any'],
  ['attributedValue', 'any'],
  ['dataDetectorTypes', 'list'],
  ['ignoresTimeZone', 'boolean'],
  ['isRelative', 'boolean'],
  ['row', 'number'],
  ['semantics', 'object'],
])

export const TYPE_WORDS: Readonly<Record<JsonType, string>> = {
  text: 'a text in quotes',
  number: 'a number without quotes',
  boolean: 'true or false without quotes',
  list: 'a list in brackets',
  object: 'an object in braces',
  any: 'a value',
}

export function hasType(value: unknown, type: JsonType): boolean {
  switch (type) {
    case 'text':
      return typeof value === 'string'
    case 'number':
      return typeof value === 'number'
    case 'boolean':
      return typeof value === 'boolean'
    case 'list':
      return Array.isArray(value)
    case 'object':
      return typeof value === 'object' && value !== null && !Array.isArray(value)
    case 'any':
      return true
  }
}

const DATE_STYLES = [
  'PKDateStyleNone',
  'PKDateStyleShort',
  'PKDateStyleMedium',
  'PKDateStyleLong',
  'PKDateStyleFull',
] as const

/** Attribute of a field -> the values that Wallet knows. */
export const FIELD_VALUES: Readonly<Record<string, readonly string[]>> = {
  textAlignment: ['PKTextAlignmentLeft', 'PKTextAlignmentCenter', 'PKTextAlignmentRight', 'PKTextAlignmentNatural'],
  dateStyle: DATE_STYLES,
  timeStyle: DATE_STYLES,
  numberStyle: ['PKNumberStyleDecimal', 'PKNumberStylePercent', 'PKNumberStyleScientific', 'PKNumberStyleSpellOut'],
  dataDetectorTypes: [
    'PKDataDetectorTypePhoneNumber',
    'PKDataDetectorTypeLink',
    'PKDataDetectorTypeAddress',
    'PKDataDetectorTypeCalendarEvent',
  ],
}

export const TRANSIT_TYPES = [
  'PKTransitTypeAir',
  'PKTransitTypeBoat',
  'PKTransitTypeBus',
  'PKTransitTypeGeneric',
  'PKTransitTypeTrain',
] as const

/** Types of featuredActions, as passkit-generator 3.6 and Apple's own examples name them. */
export const ACTION_TYPES = [
  'addToBalance',
  'bookAppointment',
  'bookCar',
  'bookFlight',
  'bookStay',
  'call',
  'listenToMusic',
  'membershipBenefits',
  'order',
  'place',
  'shop',
  'viewMembership',
  'viewOffersRewards',
  'viewSchedule',
  'watchTrailer',
] as const
