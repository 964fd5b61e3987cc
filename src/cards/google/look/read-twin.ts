import { listOf, objectOf, textOf } from '../json.js'
import type { GoogleTwin, JsonObject } from '../types.js'
import { type LookWord, lookWord } from './look-words.js'

/** A text with its label, as it stands in a row or in the details. */
export interface LookField {
  readonly label: string
  readonly value: string
  /** Path of Google's field, such as `object.loyaltyPoints.balance`. */
  readonly source: string
}

/** Reads class and object in one language, as Google Wallet does. */
export interface TwinReader {
  /** `localizedName` in the language, else `name`. Also takes a LocalizedString itself. */
  text(side: JsonObject | undefined, name: string): string
  /** Label and value of a field path of the template; undefined when there is nothing. */
  field(path: string): LookField | undefined
  balance(balance: unknown): string
  date(value: unknown): string
  word(word: LookWord): string
}

/** Field path -> the label that Google has for it, and where the class may give another. */
const LABELS: Readonly<Record<string, readonly [word: LookWord, own?: string]>> = {
  'object.accountName': ['account', 'accountNameLabel'],
  'object.accountId': ['accountId', 'accountIdLabel'],
  'class.rewardsTier': ['tier', 'rewardsTierLabel'],
  'object.cardNumber': ['card', 'cardNumberLabel'],
  'object.pin': ['pin', 'pinLabel'],
  'object.ticketHolderName': ['holder'],
  'object.ticketNumber': ['ticket'],
  'object.passengerName': ['account'],
  'object.passengerNames': ['account'],
  'object.reservationInfo.confirmationCode': ['confirmation'],
  'object.boardingAndSeatingInfo.seatNumber': ['seat'],
  'object.boardingAndSeatingInfo.boardingGroup': ['group'],
  'object.boardingAndSeatingInfo.sequenceNumber': ['sequence'],
  'object.boardingAndSeatingInfo.seatClass': ['class'],
  'object.seatInfo.section': ['section'],
  'object.seatInfo.row': ['row'],
  'object.seatInfo.seat': ['seat'],
  'object.seatInfo.gate': ['gate'],
  'object.ticketLeg.departureDateTime': ['departure'],
  'object.ticketLeg.arrivalDateTime': ['arrival'],
  'object.ticketLeg.platform': ['platform'],
  'object.ticketLeg.carriage': ['vehicle'],
  'object.ticketLeg.ticketSeat.coach': ['coach'],
  'object.ticketLeg.ticketSeat.seat': ['seat'],
  'class.localScheduledDepartureDateTime': ['departure'],
  'class.localScheduledArrivalDateTime': ['arrival'],
  'class.localBoardingDateTime': ['boarding'],
  'class.origin.gate': ['gate'],
  'class.origin.terminal': ['terminal'],
  'class.dateTime.start': ['date'],
  'class.venue.name': ['venue'],
  'class.details': ['details'],
  'class.finePrint': ['finePrint'],
}
const MOMENT = { day: 'numeric', month: 'short', hour: 'numeric', minute: '2-digit' } as const
export const LABELLED_PATHS = Object.keys(LABELS)

export function twinReader(twin: GoogleTwin, locale: string): TwinReader {
  const sides: Readonly<Record<string, JsonObject>> = { class: twin.class, object: twin.object }

  const localized = (value: unknown): string => {
    const string = objectOf(value)
    const all = objectsOf(string?.translatedValues)
    const language = locale.split('-')[0]
    const found =
      all.find((one) => one.language === locale) ??
      all.find((one) => String(one.language).split('-')[0] === language) ??
      objectOf(string?.defaultValue)
    return textOf(found?.value) ?? ''
  }
  const text = (side: JsonObject | undefined, name: string): string => {
    const long = side?.[`localized${name.charAt(0).toUpperCase()}${name.slice(1)}`]
    if (objectOf(long) !== undefined) return localized(long)
    const value = side?.[name]
    return objectOf(value) === undefined ? (textOf(value) ?? '') : localized(value)
  }
  const balance = (value: unknown): string => {
    const { string, int, double, money } = objectOf(value) ?? {}
    const amount = objectOf(money) ?? (objectOf(value)?.micros === undefined ? undefined : objectOf(value))
    if (amount !== undefined) {
      const currency = textOf(amount.currencyCode) ?? 'EUR'
      return inLocale(locale, Number(amount.micros) / 1e6, { style: 'currency', currency })
    }
    const number = int ?? double
    return typeof number === 'number' ? inLocale(locale, number, {}) : (textOf(string) ?? '')
  }
  const date = (value: unknown): string => {
    // Local times have no offset and are shown as they stand.
    const found = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}/.exec(textOf(value) ?? '')?.[0]
    const time = found === undefined ? Number.NaN : Date.parse(`${found}Z`)
    if (Number.isNaN(time)) return textOf(value) ?? ''
    return new Intl.DateTimeFormat(locale, { ...MOMENT, timeZone: 'UTC' }).format(time)
  }

  const field = (path: string): LookField | undefined => {
    const [root = '', ...steps] = path.split('.')
    const side = sides[root]
    const module = /^textModulesData\['([^']+)'\]$/.exec(steps.join('.'))?.[1]
    if (module !== undefined) {
      const found = objectsOf(side?.textModulesData).find(({ id }) => id === module)
      const value = text(found, 'body')
      return found === undefined || value === '' ? undefined : { label: text(found, 'header'), value, source: path }
    }
    if (steps.at(-1) === 'balance') {
      const holder = objectOf(side?.[steps[0] ?? ''])
      const value = balance(steps.length > 1 ? holder?.balance : holder)
      return value === '' ? undefined : { label: text(holder, 'label'), value, source: path }
    }
    const parent = steps.slice(0, -1).reduce<JsonObject | undefined>((one, step) => objectOf(one?.[step]), side)
    const name = steps.at(-1) ?? ''
    const value = /DateTime$|^start$/.test(name) ? date(parent?.[name]) : text(parent, name)
    const [word, own] = LABELS[path] ?? []
    const label =
      (own === undefined ? '' : text(sides.class, own)) || (word === undefined ? '' : lookWord(word, locale))
    return value === '' ? undefined : { label, value, source: path }
  }

  return { text, field, balance, date, word: (word) => lookWord(word, locale) }
}

function objectsOf(value: unknown): readonly JsonObject[] {
  return listOf(value).flatMap((one): readonly JsonObject[] => {
    const object = objectOf(one)
    return object === undefined ? [] : [object]
  })
}

function inLocale(locale: string, value: number, options: Intl.NumberFormatOptions): string {
  try {
    return new Intl.NumberFormat(locale, options).format(value)
  } catch {
    return String(value)
  }
}
