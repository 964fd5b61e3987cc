import { contrast, mixColours, type Rgb } from '../../colour/colour.js'
import { wrapText } from '../../fonts/fit-text.js'
import type { Fonts, FontWeight } from '../../fonts/fonts.js'
import type { Rect, TextBox, TextRole } from '../../preview/layout-types.js'
import { drawable, isRightToLeft, textLine } from '../../preview/text-line.js'
import type { PassView } from '../../view/types.js'

export interface LookContext {
  readonly fonts: Fonts
  /** BCP 47. */
  readonly locale: string
  /** Those of the pass: Google would have them from their addresses. */
  readonly pictures: PassView['pictures']
}

/** Points; as wide as the preview of the Apple card, so that both stand side by side. */
export const WIDTH = 375
export const MARGIN = 20
export const RADIUS = 24
export const WHITE: Rgb = [255, 255, 255]
/** Nearly black, as Google writes on light grounds. */
export const INK: Rgb = [31, 31, 31]

/** Google writes white as long as that can be read, and black on what is too light for it. WCAG's limit for large text. */
const READABLE = 3

export function textColour(background: Rgb): Rgb {
  return contrast(background, WHITE) >= READABLE ? WHITE : INK
}

/** Labels are the text colour, a little nearer to the ground. */
export function labelColour(background: Rgb): Rgb {
  return mixColours(textColour(background), background, 0.22)
}

export interface BlockSpec {
  readonly source: string
  readonly role: TextRole
  readonly text: string
  readonly x: number
  readonly y: number
  readonly width: number
  readonly size: number
  readonly weight: FontWeight
  readonly colour: Rgb
  readonly maxLines: number
  readonly lineHeight: number
  readonly align?: 'left' | 'center' | 'right'
}

/** Characters that are measured; more is cut before. */
const LONGEST = 5000

/** A text over several lines, cut after the last that there is room for. */
export function textBlock(fonts: Fonts, spec: BlockSpec): TextBox {
  const { x, y, width, size, weight, lineHeight, maxLines } = spec
  const whole = drawable(spec.text).trim()
  const measured = whole.length > LONGEST ? `${whole.slice(0, LONGEST).toWellFormed()}…` : whole
  const { lines, truncated } = wrapText(fonts, measured, { size, weight, width, maxLines })
  return {
    kind: 'text',
    role: spec.role,
    source: spec.source,
    text: spec.text,
    rect: { x, y, width, height: lines.length * lineHeight },
    lines: lines.map((text, index) => {
      const own = fonts.width(text, { size, weight })
      const align = spec.align ?? (isRightToLeft(text) ? 'right' : 'left')
      const spare = align === 'left' ? 0 : align === 'right' ? width - own : (width - own) / 2
      return { text, x: x + spare, baseline: y + index * lineHeight + lineHeight / 2 + size * 0.364, width: own }
    }),
    size,
    weight,
    colour: spec.colour,
    truncated: truncated || whole.length > LONGEST,
  }
}

export function bottomOf(box: TextBox): number {
  return box.rect.y + box.rect.height
}

/** Without a logo Google writes the first letter of the name. */
export function initialBox(name: string, rect: Rect, fonts: Fonts, colour: Rgb): TextBox {
  const text = [...drawable(name).trim()][0]?.toLocaleUpperCase() ?? ''
  const look = { size: rect.height / 2, weight: 500, colour, align: 'center' } as const
  return textLine(fonts, { source: 'initial', role: 'logoText', text, rect, ...look })
}
