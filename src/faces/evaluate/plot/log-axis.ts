/** An axis of powers of ten that ends at 1. */
export interface LogAxis {
  /** Powers of ten, rising. */
  readonly ticks: readonly number[]
  /** The steps between them: 2 to 9 times a power of ten. */
  readonly fine: readonly number[]
  /** Place of a value; what lies below the axis is put at its beginning. */
  at(value: number): number
}

const LOWEST = 1e-9

/**
 * @param values - rates that should be visible; those of 0 cannot be
 * @param options.most - the axis begins there at the latest
 */
export function logAxis(
  values: readonly number[],
  { from, to, most }: { readonly from: number; readonly to: number; readonly most: number },
): LogAxis {
  const smallest = values.reduce((least, value) => (value > 0 && value < least ? value : least), most)
  const exponent = Math.floor(Math.log10(Math.max(LOWEST, smallest)) + 1e-9)
  const powers = Array.from({ length: -exponent + 1 }, (_, index) => exponent + index)
  return {
    ticks: powers.map((power) => 10 ** power),
    fine: powers.slice(0, -1).flatMap((power) => [2, 3, 4, 5, 6, 7, 8, 9].map((times) => times * 10 ** power)),
    at: (value) => to + ((from - to) * Math.log10(Math.max(10 ** exponent, Math.min(1, value)))) / exponent,
  }
}
