import type { Rgb } from '../../colour/colour.js'
import { pictureSizeOf } from '../../preview/front-parts.js'
import type { Layout, LayoutBox } from '../../preview/layout-types.js'
import { textLine } from '../../preview/text-line.js'
import type { GoogleTwin } from '../types.js'
import { linkSign } from './link-signs.js'
import { type LookCard, lookCard } from './look-card.js'
import {
  bottomOf,
  initialBox,
  type LookContext,
  MARGIN,
  RADIUS,
  textBlock,
  textColour,
  WHITE,
  WIDTH,
} from './look-parts.js'
import type { LookField } from './read-twin.js'

interface Tones {
  readonly sheet: Rgb
  readonly cell: Rgb
  readonly text: Rgb
  readonly secondary: Rgb
  readonly link: Rgb
}

/** Surfaces and texts of Material 3 in Google's neutral scheme. */
const TONES: Readonly<Record<'light' | 'dark', Tones>> = {
  light: { sheet: WHITE, cell: [240, 244, 249], text: [31, 31, 31], secondary: [68, 71, 70], link: [11, 87, 208] },
  dark: {
    sheet: [19, 19, 20],
    cell: [30, 31, 32],
    text: [227, 227, 227],
    secondary: [196, 199, 197],
    link: [168, 199, 250],
  },
}

const PADDING = 16
const CELL_RADIUS = 20
const SMALL_RADIUS = 6
/** Between the cells of a group, and between groups. */
const SEAM = 2
const GAP = 16
const SIGN = 36
const SMALLEST_HEIGHT = 200

/** What stands below the card in Google Wallet: messages, facts, texts, pictures and links. */
export function googleDetails(
  twin: GoogleTwin,
  context: LookContext & { readonly appearance: 'light' | 'dark' },
): Layout {
  const card = lookCard(twin, context.locale)
  const tones = TONES[context.appearance]
  const boxes: LayoutBox[] = [...heading(twin, card, tones, context)]
  let y = 92
  const group = (cells: readonly Cell[]): void => {
    if (cells.length === 0) return
    for (const [index, cell] of cells.entries()) {
      const drawn = cell(y)
      const rect = { x: MARGIN, y, width: WIDTH - 2 * MARGIN, height: drawn.bottom - y }
      const shape = { path: cellPath(rect, index === 0, index === cells.length - 1), fill: tones.cell }
      boxes.push({ kind: 'shape', role: 'cell', rect, ...shape }, ...drawn.boxes)
      y = drawn.bottom + SEAM
    }
    y += GAP - SEAM
  }
  group(card.messages.map((field) => fieldCell(field, tones, context)))
  group(card.facts.map((field) => fieldCell(field, tones, context)))
  group(card.texts.map((field) => fieldCell(field, tones, context)))
  for (const name of twin.pictures.images) {
    const size = pictureSizeOf(context.pictures.get(name) ?? { file: '', bytes: new Uint8Array(), scale: 1 })
    if (size === undefined) continue
    const width = WIDTH - 2 * MARGIN
    const rect = { x: MARGIN, y, width, height: Math.min(width, (width * size.height) / size.width) }
    boxes.push({ kind: 'picture', name, rect, fit: 'cover', radius: CELL_RADIUS })
    y += rect.height + GAP
  }
  group(card.links.map((link) => linkCell(link, tones, context)))

  const height = Math.max(SMALLEST_HEIGHT, Math.ceil(y + 4))
  const rect = { x: 0, y: 0, width: WIDTH, height }
  return {
    width: WIDTH,
    height,
    boxes: [{ kind: 'shape', role: 'sheet', rect, fill: tones.sheet, radius: RADIUS }, ...boxes],
  }
}

type Cell = (top: number) => { readonly boxes: readonly LayoutBox[]; readonly bottom: number }

function heading(
  { pictures: used }: GoogleTwin,
  card: LookCard,
  tones: Tones,
  { fonts, pictures }: LookContext,
): LayoutBox[] {
  const badge = { x: MARGIN, y: 24, width: 44, height: 44 }
  const boxes: LayoutBox[] = [{ kind: 'shape', role: 'logo', rect: badge, fill: card.background, radius: 22 }]
  if (used.logo !== undefined && pictures.has(used.logo))
    boxes.push({ kind: 'picture', name: used.logo, rect: badge, fit: 'cover', radius: 22 })
  else boxes.push(initialBox(card.issuer, badge, fonts, textColour(card.background)))
  const x = MARGIN + 44 + 14
  const width = WIDTH - MARGIN - x
  const journey = card.journey === undefined ? '' : `${card.journey.from} – ${card.journey.to}`
  const lines = [
    ['title', 'title', card.title || journey || card.issuer, 18, 500, tones.text],
    ['issuerName', 'note', card.issuer, 14, 400, tones.secondary],
  ] as const
  for (const [index, [source, role, text, size, weight, colour]] of lines.entries()) {
    const rect = { x, y: 24 + index * 24, width, height: 22 }
    boxes.push(textLine(fonts, { source, role, text, rect, size, weight, colour }))
  }
  return boxes
}

function fieldCell({ label, value, source }: LookField, tones: Tones, { fonts }: LookContext): Cell {
  return (top) => {
    const [x, width] = [MARGIN + PADDING, WIDTH - 2 * MARGIN - 2 * PADDING]
    const boxes: LayoutBox[] = []
    let y = top + 12
    if (label !== '') {
      const block = textBlock(fonts, {
        ...{ source: `${source}/label`, role: 'label', text: label, x, y, width, maxLines: 2 },
        ...{ size: 13, weight: 500, colour: tones.secondary, lineHeight: 18 },
      })
      boxes.push(block)
      y = bottomOf(block) + 2
    }
    const block = textBlock(fonts, {
      ...{ source: `${source}/value`, role: 'value', text: value, x, y, width, maxLines: 60 },
      ...{ size: 15, weight: 400, colour: tones.text, lineHeight: 21 },
    })
    return { boxes: [...boxes, block], bottom: bottomOf(block) + 13 }
  }
}

function linkCell({ uri, text, source }: LookCard['links'][number], tones: Tones, { fonts }: LookContext): Cell {
  return (top) => {
    const height = 56
    const x = MARGIN + PADDING + SIGN + 12
    const rect = { x, y: top, width: WIDTH - MARGIN - PADDING - x, height }
    const look = { size: 15, weight: 500, colour: tones.link } as const
    const sign = {
      x: MARGIN + PADDING,
      y: top + (height - SIGN) / 2,
      size: SIGN,
      ground: tones.sheet,
      colour: tones.link,
    }
    const box = textLine(fonts, { source, role: 'link', text, rect, ...look })
    return { boxes: [...linkSign(uri, sign), box], bottom: top + height }
  }
}

/** A cell of a group: wide corners at the ends of the group, narrow ones between. */
function cellPath(
  rect: { x: number; y: number; width: number; height: number },
  first: boolean,
  last: boolean,
): string {
  const { x, y, width, height } = rect
  const [top, bottom] = [first ? CELL_RADIUS : SMALL_RADIUS, last ? CELL_RADIUS : SMALL_RADIUS]
  const corner = (radius: number, dx: number, dy: number) => `a${radius} ${radius} 0 0 1 ${dx * radius} ${dy * radius}`
  return (
    `M${x + top} ${y}h${width - 2 * top}${corner(top, 1, 1)}v${height - top - bottom}${corner(bottom, -1, 1)}` +
    `h${2 * bottom - width}${corner(bottom, -1, -1)}v${top + bottom - height}${corner(top, 1, -1)}z`
  )
}
