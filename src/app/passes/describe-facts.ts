type Json = Readonly<Record<string, unknown>>

/** When a card comes up by itself, and when it ends. Dates as pass.json has them. */
export interface PassTimes {
  readonly relevant: readonly { readonly from: string; readonly until?: string }[]
  readonly expires: string | null
  /** Whether that is over. */
  readonly expired: boolean
  readonly voided: boolean
}

export interface PassPlace {
  readonly latitude: number
  readonly longitude: number
  /** What the lock screen says there, in the chosen language. */
  readonly text: string | null
}

export interface PassBeacon {
  readonly uuid: string
  readonly major: number | null
  readonly minor: number | null
  readonly text: string | null
}

export interface PassNfc {
  readonly message: string | null
  /** Whether there is a public key; without one phones refuse the pass. */
  readonly hasKey: boolean
  readonly requiresAuthentication: boolean
}

export interface PassService {
  readonly url: string
  /** Characters of the token, which itself is a secret; 0 when there is none. */
  readonly tokenLength: number
}

export function timesOf(pass: Json, expires: number | undefined, now: number): PassTimes {
  const single = textOf(pass.relevantDate)
  const list = itemsOf(pass.relevantDates).flatMap((item) => {
    // iOS 18 called it relevantDate, iOS 26 calls it date.
    const from = textOf(item.startDate) ?? textOf(item.date) ?? textOf(item.relevantDate)
    const until = textOf(item.endDate)
    return from === null ? [] : [{ from, ...(until === null ? {} : { until }) }]
  })
  return {
    relevant: [...(single === null ? [] : [{ from: single }]), ...list],
    expires: textOf(pass.expirationDate),
    expired: expires !== undefined && expires < now,
    voided: pass.voided === true,
  }
}

export function placesOf(pass: Json, translate: (text: string) => string): PassPlace[] {
  return itemsOf(pass.locations).flatMap(({ latitude, longitude, relevantText }) => {
    if (typeof latitude !== 'number' || typeof longitude !== 'number') return []
    return [{ latitude, longitude, text: translated(relevantText, translate) }]
  })
}

export function beaconsOf(pass: Json, translate: (text: string) => string): PassBeacon[] {
  return itemsOf(pass.beacons).flatMap(({ proximityUUID, major, minor, relevantText }) => {
    const uuid = textOf(proximityUUID)
    if (uuid === null) return []
    return [{ uuid, major: numberOf(major), minor: numberOf(minor), text: translated(relevantText, translate) }]
  })
}

export function nfcOf({ nfc }: Json): PassNfc | null {
  if (!isObject(nfc)) return null
  return {
    message: textOf(nfc.message),
    hasKey: textOf(nfc.encryptionPublicKey) !== null,
    requiresAuthentication: nfc.requiresAuthentication === true,
  }
}

export function serviceOf({ webServiceURL, authenticationToken }: Json): PassService | null {
  const url = textOf(webServiceURL)
  return url === null ? null : { url, tokenLength: textOf(authenticationToken)?.length ?? 0 }
}

export function textOf(value: unknown): string | null {
  return typeof value === 'string' && value !== '' ? value : null
}

function numberOf(value: unknown): number | null {
  return typeof value === 'number' ? value : null
}

function translated(value: unknown, translate: (text: string) => string): string | null {
  const text = textOf(value)
  return text === null ? null : translate(text)
}

function itemsOf(value: unknown): Json[] {
  return Array.isArray(value) ? value.filter(isObject) : []
}

function isObject(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
