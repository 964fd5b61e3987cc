import type { Rgb } from '../colour/colour.js'
import { cutToWidth } from '../fonts/fit-text.js'
import type { Fonts, FontWeight } from '../fonts/fonts.js'
import type { Rect, TextBox, TextRole } from './layout-types.js'

export type Alignment = 'left' | 'center' | 'right'

export interface LineSpec {
  readonly source: string
  readonly role: TextRole
  readonly text: string
  readonly rect: Rect
  readonly size: number
  /** How far the text may shrink before it is cut; 1 when not at all. */
  readonly smallest?: number
  readonly weight: FontWeight
  readonly colour: Rgb
  readonly align?: Alignment
  readonly over?: string
}

/** More than a line of any card can show; what comes after is not measured. */
const LONGEST_LINE = 1000
/** Half the height of a capital letter, as a share of the size: text is centred by its capitals. */
export const HALF_CAPITAL = 0.364

/** A single line: shrunk where it is a little too long, cut with an ellipsis where that is not enough. */
export function textLine(fonts: Fonts, spec: LineSpec): TextBox {
  const { rect, weight, smallest = 1, align = 'left' } = spec
  const whole = toLine(spec.text)
  const natural = fonts.width(whole, { size: spec.size, weight })
  const size = natural <= rect.width ? spec.size : spec.size * Math.max(smallest, rect.width / natural)
  // The quotient above may end a hair too wide.
  const fits = fonts.width(whole, { size, weight }) <= rect.width + 0.01
  // Where not even the ellipsis has room the phone shows nothing.
  const cut = fits ? whole : cutToWidth(fonts, whole, rect.width, { size, weight })
  const text = fonts.width(cut, { size, weight }) <= rect.width + 0.01 ? cut : ''
  const width = fonts.width(text, { size, weight })
  const spare = rect.width - width
  const x = rect.x + (align === 'left' ? 0 : align === 'right' ? spare : spare / 2)
  const baseline = rect.y + rect.height / 2 + spec.size * HALF_CAPITAL
  return {
    kind: 'text',
    role: spec.role,
    source: spec.source,
    text: spec.text,
    rect,
    lines: text === '' ? [] : [{ text, x, baseline, width }],
    size,
    weight,
    colour: spec.colour,
    truncated: !fits || whole.length < collapse(spec.text).length,
    ...(spec.over === undefined ? {} : { over: spec.over }),
  }
}

/** What is drawn of a text that has one line: line breaks and the like become spaces. */
export function toLine(text: string): string {
  const line = collapse(text)
  return line.length > LONGEST_LINE ? line.slice(0, LONGEST_LINE).toWellFormed() : line
}

function collapse(text: string): string {
  return drawable(text).replaceAll(/\s+/g, ' ').trim()
}

/** Without the characters that XML cannot hold or that nothing draws. Tabs and line breaks stay. */
export function drawable(text: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
  return text.toWellFormed().replaceAll(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\ufffe\uffff]/g, '')
}

/** Whether a text begins in a script that is written from right to left. */
export function isRightToLeft(text: string): boolean {
  const first = /\p{L}/u.exec(text)?.[0]
  return first !== undefined && RIGHT_TO_LEFT.test(first)
}

/** Hebrew, Arabic, Syriac, Thaana, N'Ko and the presentation forms. */
export const RIGHT_TO_LEFT = /[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]/
/** One or more words of such scripts, captured: {@link String.split} gives them at odd places. */
export const RIGHT_TO_LEFT_RUN = new RegExp(
  `(${RIGHT_TO_LEFT.source}(?:[\\s\\p{M}\\p{P}\\d]*${RIGHT_TO_LEFT.source})*)`,
  'u',
)
