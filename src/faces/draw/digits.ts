/**
 * Digits as strokes in a field 4 wide and 6 high: drawn by paths, a number looks the same on every machine and needs no
 * font to be installed.
 */
const STROKES: readonly string[] = [
  'M1 0H3Q4 0 4 1V5Q4 6 3 6H1Q0 6 0 5V1Q0 0 1 0Z',
  'M0.6 1.3L2.2 0V6M0.6 6H3.8',
  'M0 1.2Q0 0 2 0Q4 0 4 1.6Q4 2.6 2.6 3.6L0 6H4',
  'M0 0H4L1.9 2.4Q4 2.5 4 4.2Q4 6 2 6Q0.4 6 0 4.9',
  'M3 6V0L0 4.2H4',
  'M3.8 0H0.5L0.2 2.7Q1 2.2 2 2.2Q4 2.2 4 4.1Q4 6 2 6Q0.5 6 0 5',
  'M3.6 0.4Q3 0 2.2 0Q0 0 0 3.6Q0 6 2 6Q4 6 4 4.2Q4 2.5 2.1 2.5Q0.4 2.5 0 3.9',
  'M0 0H4L1.4 6',
  'M2 2.8Q0.3 2.8 0.3 1.4Q0.3 0 2 0Q3.7 0 3.7 1.4Q3.7 2.8 2 2.8Q0 2.8 0 4.4Q0 6 2 6Q4 6 4 4.4Q4 2.8 2 2.8Z',
  'M4 2.1Q3.6 3.5 1.9 3.5Q0 3.5 0 1.8Q0 0 2 0Q4 0 4 2.4Q4 6 1.8 6Q1 6 0.4 5.6',
]

/** Width of a number whose digits are `height` high, without the ends of the strokes. */
export function numberWidth(number: number, height: number): number {
  const { length } = String(number)
  return ((length * 4 + (length - 1) * STEP) * height) / 6
}

const STEP = 2

/** SVG of a number, its upper left corner at (x, y). */
export function numberSvg(number: number, { x, y, height, colour }: NumberPlace): string {
  const scale = height / 6
  const digits = [...String(number)].map((digit, index) => {
    const path = STROKES[Number(digit)] ?? ''
    return `<path transform="translate(${index * (4 + STEP)} 0)" d="${path}"/>`
  })
  return (
    `<g transform="translate(${x.toFixed(2)} ${y.toFixed(2)}) scale(${scale.toFixed(4)})" fill="none" ` +
    `stroke="${colour}" stroke-width="1.1" stroke-linecap="round" stroke-linejoin="round">${digits.join('')}</g>`
  )
}

export interface NumberPlace {
  readonly x: number
  readonly y: number
  readonly height: number
  readonly colour: string
}
