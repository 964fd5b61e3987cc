import { mixColours, type Rgb } from '../colour/colour.js'
import { wrapText } from '../fonts/fit-text.js'
import type { Fonts } from '../fonts/fonts.js'
import type { PassView, ViewField } from '../view/types.js'
import { CARD_WIDTH, WHITE } from './front-parts.js'
import type { LayoutContext } from './layout-context.js'
import type { Layout, LayoutBox, PictureBox, ShapeBox } from './layout-types.js'
import { richText } from './rich-text.js'
import { drawable, isRightToLeft, textLine } from './text-line.js'

export interface BackContext extends LayoutContext {
  readonly appearance: 'light' | 'dark'
}

export interface BackColours {
  readonly sheet: Rgb
  readonly cell: Rgb
  readonly text: Rgb
  readonly secondary: Rgb
  readonly separator: Rgb
  readonly link: Rgb
}

/** iOS system colours: grouped background, its cells, label, secondary label, separator, link. */
const COLOURS: Readonly<Record<'light' | 'dark', BackColours>> = {
  light: {
    sheet: [242, 242, 247],
    cell: WHITE,
    text: [0, 0, 0],
    secondary: [138, 138, 142],
    separator: [209, 209, 214],
    link: [0, 122, 255],
  },
  dark: {
    sheet: [28, 28, 30],
    cell: [44, 44, 46],
    text: [255, 255, 255],
    secondary: [152, 152, 159],
    separator: [58, 58, 60],
    link: [10, 132, 255],
  },
}

const SHEET_RADIUS = 12
const MARGIN = 16
const CELL_RADIUS = 10
const PADDING = 16
const CELL_TOP = 11
const LABEL = { size: 15, weight: 600 } as const
const LABEL_HEIGHT = 20
const LONGEST_LABEL = 500
const TEXT_SIZE = 15
const LINE_HEIGHT = 20
/** A back of more than this is nobody's to read, and no picture could hold it. */
const LONGEST_TEXT = 20_000
const SMALLEST_HEIGHT = 525

/** The details sheet of a pass as iOS shows it: whose it is, then the fields of the back in a grouped list. */
export function layoutBack(view: PassView, context: BackContext): Layout {
  const colours = COLOURS[context.appearance]
  const heading = headingBoxes(view, context.fonts, colours)
  const boxes: LayoutBox[] = [...heading.boxes]
  let y = heading.bottom
  for (const fields of [view.groups.backFields, view.groups.additionalInfoFields]) {
    if (fields.length === 0) continue
    const group = groupBoxes(fields, context.fonts, colours, y)
    boxes.push(...group.boxes)
    y = group.bottom + MARGIN
  }
  const height = Math.max(SMALLEST_HEIGHT, Math.ceil(y + MARGIN))
  const sheet: ShapeBox = {
    kind: 'shape',
    role: 'sheet',
    rect: { x: 0, y: 0, width: CARD_WIDTH, height },
    fill: colours.sheet,
    radius: SHEET_RADIUS,
  }
  return { width: CARD_WIDTH, height, boxes: [sheet, ...boxes] }
}

const BADGE = 60

/** A small picture of the card, the organisation and what the card is. */
function headingBoxes(view: PassView, fonts: Fonts, colours: BackColours): { boxes: LayoutBox[]; bottom: number } {
  const badge = { x: (CARD_WIDTH - BADGE) / 2, y: 26, width: BADGE, height: BADGE }
  const icon: PictureBox | undefined = view.pictures.has('icon')
    ? { kind: 'picture', name: 'icon', rect: badge, fit: 'cover', radius: 13 }
    : undefined
  const tile: ShapeBox = { kind: 'shape', role: 'badge', rect: badge, fill: view.colours.background, radius: 13 }
  const boxes: LayoutBox[] = [tile, ...(icon === undefined ? [] : [icon])]
  let y = badge.y + BADGE + 10
  const lines = [
    ['organizationName', 'title', view.organizationName, 20, 600, colours.text],
    ['description', 'note', view.description, 14, 400, colours.secondary],
  ] as const
  for (const [source, role, text, size, weight, colour] of lines) {
    if (text === '') continue
    const rect = { x: MARGIN, y, width: CARD_WIDTH - 2 * MARGIN, height: size + 6 }
    const look = { size, smallest: 0.7, weight, colour, align: 'center' } as const
    boxes.push(textLine(fonts, { source, role, text, rect, ...look }))
    y += size + 8
  }
  return { boxes, bottom: y + 18 }
}

/** One rounded group of cells, a field in each, with lines between them. */
function groupBoxes(
  fields: readonly ViewField[],
  fonts: Fonts,
  colours: BackColours,
  top: number,
): { boxes: LayoutBox[]; bottom: number } {
  const boxes: LayoutBox[] = []
  let y = top
  fields.forEach((field, index) => {
    if (index > 0) {
      const rect = { x: MARGIN + PADDING, y: y - 0.25, width: CARD_WIDTH - 2 * MARGIN - PADDING, height: 0.5 }
      boxes.push({ kind: 'shape', role: 'separator', rect, fill: colours.separator })
    }
    const cell = cellBoxes(field, fonts, colours, y)
    boxes.push(...cell.boxes)
    y = cell.bottom
  })
  const rect = { x: MARGIN, y: top, width: CARD_WIDTH - 2 * MARGIN, height: y - top }
  return {
    boxes: [{ kind: 'shape', role: 'group', rect, fill: colours.cell, radius: CELL_RADIUS }, ...boxes],
    bottom: y,
  }
}

function cellBoxes(field: ViewField, fonts: Fonts, colours: BackColours, top: number) {
  const [x, width] = [MARGIN + PADDING, CARD_WIDTH - 2 * MARGIN - 2 * PADDING]
  const boxes: LayoutBox[] = []
  let y = top + CELL_TOP
  if (field.label !== '') {
    const { lines, truncated } = wrapText(fonts, drawable(field.label.slice(0, LONGEST_LABEL)).trim(), {
      ...LABEL,
      width,
      maxLines: 3,
    })
    boxes.push({
      kind: 'text',
      role: 'label',
      source: `${field.path}/label`,
      text: field.label,
      rect: { x, y, width, height: lines.length * LABEL_HEIGHT },
      lines: lines.map((text, index) => {
        const own = fonts.width(text, LABEL)
        const spare = isRightToLeft(text) ? width - own : 0
        return { text, x: x + spare, baseline: y + index * LABEL_HEIGHT + 15, width: own }
      }),
      ...LABEL,
      colour: colours.text,
      truncated: truncated || field.label.length > LONGEST_LABEL,
    })
    y += lines.length * LABEL_HEIGHT
  }
  if (field.text !== '') {
    const text = richText(fonts, field, {
      x,
      y,
      width,
      size: TEXT_SIZE,
      lineHeight: LINE_HEIGHT,
      longest: LONGEST_TEXT,
      colour: mixColours(colours.text, colours.secondary, 0.55),
      link: colours.link,
    })
    boxes.push(...text.boxes)
    y = text.bottom
  }
  return { boxes, bottom: y + CELL_TOP }
}
