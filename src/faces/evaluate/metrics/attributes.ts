import { AGE_BUCKETS, type AgeBucket } from '../../types.js'

export interface AttributeGuess {
  readonly label: { readonly age: number; readonly gender: 'male' | 'female'; readonly group: string }
  /** Undefined when the photo gave no face. */
  readonly guess: { readonly age: number; readonly gender: 'male' | 'female' | 'unknown' } | undefined
}

/** How well age and gender of some people were guessed. Null: no one to tell it from. */
export interface AttributeRates {
  /** Photos with a face. */
  readonly photos: number
  /** Photos without a face: in none of the rates. */
  readonly failed: number
  /** Mean absolute error, years. */
  readonly ageError: number | null
  /** Share of ages in the right bucket. */
  readonly bucketRight: number | null
  /** Share in the right bucket or the one beside it. */
  readonly bucketNear: number | null
  /**
   * Mean of the shares of men and of women told right, among those whose gender was told; of one gender only, that
   * share. Balanced, so that a guess of always the same does not look good.
   */
  readonly genderAccuracy: number | null
  /** Share of photos whose gender was not told. */
  readonly genderUnknown: number | null
}

export interface AttributesResult extends AttributeRates {
  readonly byDecade: Readonly<Record<string, AttributeRates>>
  readonly byGender: Readonly<Record<string, AttributeRates>>
  readonly byGroup: Readonly<Record<string, AttributeRates>>
}

/** By decade of the true age (`0-9` to `80+`), by true gender, by group. */
export function measureAttributes(guesses: readonly AttributeGuess[]): AttributesResult {
  return {
    ...ratesOf(guesses),
    byDecade: grouped(guesses, ({ label }) => decadeOf(label.age)),
    byGender: grouped(guesses, ({ label }) => label.gender),
    byGroup: grouped(guesses, ({ label }) => label.group),
  }
}

export function ratesOf(guesses: readonly AttributeGuess[]): AttributeRates {
  const found = guesses.flatMap(({ label, guess }) => (guess === undefined ? [] : [{ label, guess }]))
  const told = found.filter(({ guess }) => guess.gender !== 'unknown')
  const buckets = found.map(({ label, guess }) => Math.abs(bucketNumber(label.age) - bucketNumber(guess.age)))
  const perGender = (['male', 'female'] as const).flatMap((gender) => {
    const own = told.filter(({ label }) => label.gender === gender)
    const share = mean(own.map(({ guess }) => Number(guess.gender === gender)))
    return share === null ? [] : [share]
  })
  return {
    photos: found.length,
    failed: guesses.length - found.length,
    ageError: mean(found.map(({ label, guess }) => Math.abs(label.age - guess.age))),
    bucketRight: mean(buckets.map((away) => Number(away === 0))),
    bucketNear: mean(buckets.map((away) => Number(away <= 1))),
    genderAccuracy: mean(perGender),
    genderUnknown: mean(found.map(({ guess }) => Number(guess.gender === 'unknown'))),
  }
}

/** The bucket of the product that an age in years falls into; a part of a year does not count. */
export function bucketOf(age: number): AgeBucket {
  const years = Math.floor(age)
  return AGE_BUCKETS.findLast((bucket) => years >= Number.parseInt(bucket, 10)) ?? AGE_BUCKETS[0]
}

const bucketNumber = (age: number): number => AGE_BUCKETS.indexOf(bucketOf(age))

function decadeOf(age: number): string {
  const decade = Math.floor(age / 10) * 10
  return decade >= 80 ? '80+' : `${decade}-${decade + 9}`
}

function grouped(
  guesses: readonly AttributeGuess[],
  key: (guess: AttributeGuess) => string,
): Record<string, AttributeRates> {
  const groups = Map.groupBy(guesses, key)
  const order = (a: string, b: string): number => Number.parseInt(a, 10) - Number.parseInt(b, 10) || (a < b ? -1 : 1)
  return Object.fromEntries([...groups.keys()].sort(order).map((name) => [name, ratesOf(groups.get(name) ?? [])]))
}

function mean(values: readonly number[]): number | null {
  return values.length === 0 ? null : values.reduce((sum, value) => sum + value, 0) / values.length
}
