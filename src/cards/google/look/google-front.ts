import { pictureSizeOf, shrinkTo } from '../../preview/front-parts.js'
import type { Layout, LayoutBox, PictureBox, ShapeBox } from '../../preview/layout-types.js'
import { textLine } from '../../preview/text-line.js'
import type { GoogleTwin } from '../types.js'
import { codeBoxes } from './front-code.js'
import { journeyBoxes } from './front-journey.js'
import { type LookCard, lookCard } from './look-card.js'
import {
  bottomOf,
  INK,
  initialBox,
  type LookContext,
  labelColour,
  MARGIN,
  RADIUS,
  textBlock,
  textColour,
  WHITE,
  WIDTH,
} from './look-parts.js'
import type { LookField } from './read-twin.js'

const HEADER = 72
const LOGO = 40
const WIDE_LOGO = { width: 200, height: 40 }
const GAP = 12
const LABEL = { size: 12, weight: 500 } as const
const VALUE = { size: 16, weight: 500 } as const
const ROW_HEIGHT = 42
const ROW_GAP = 14
/** Higher than wide a banner would be no banner. */
const HIGHEST_HERO = 0.6

/** The front of the card as Google Wallet shows it: a rounded card that is as high as what it holds. */
export function googleFront(twin: GoogleTwin, context: LookContext): Layout {
  const card = lookCard(twin, context.locale)
  const boxes: LayoutBox[] = [...header(twin, card, context)]
  let y = HEADER
  const add = (part: { readonly boxes: readonly LayoutBox[]; readonly bottom: number }): void => {
    boxes.push(...part.boxes)
    y = part.bottom
  }
  add(titleBoxes(card, context, y + 18))
  for (const row of card.rows) add(rowBoxes(row, card, context, y + ROW_GAP))
  if (card.barcode !== undefined) add(codeBoxes(card.barcode, context.fonts, y + 22))
  y += 24
  const hero = heroBox(twin, context, y)
  if (hero !== undefined) {
    boxes.push(hero)
    y += hero.rect.height
  }
  const height = Math.ceil(y)
  const shape: ShapeBox = {
    kind: 'shape',
    role: 'card',
    rect: { x: 0, y: 0, width: WIDTH, height },
    fill: card.background,
    radius: RADIUS,
  }
  return { width: WIDTH, height, boxes: [shape, ...boxes] }
}

/** Logo in its circle and the issuer, or the wide logo in place of both; a line below. */
function header({ pictures: used }: GoogleTwin, card: LookCard, context: LookContext): LayoutBox[] {
  const { fonts, pictures } = context
  const colour = textColour(card.background)
  const top = (HEADER - LOGO) / 2
  const boxes: LayoutBox[] = []
  const wide = used.wideLogo === undefined ? undefined : pictures.get(used.wideLogo)
  const size = wide === undefined ? undefined : pictureSizeOf(wide)
  let right = WIDTH - MARGIN
  if (card.corner !== '') {
    const rect = { x: right - 90, y: 0, width: 90, height: HEADER }
    const look = { size: 16, weight: 500, colour, align: 'right' } as const
    boxes.push(textLine(fonts, { source: 'class.flightHeader', role: 'value', text: card.corner, rect, ...look }))
    right -= 90 + GAP
  }
  if (used.wideLogo !== undefined && size !== undefined) {
    const share = WIDE_LOGO.height / size.height
    const fitting = shrinkTo({ width: size.width * share, height: WIDE_LOGO.height }, WIDE_LOGO)
    const rect = { x: MARGIN, y: (HEADER - fitting.height) / 2, ...fitting }
    boxes.push({ kind: 'picture', name: used.wideLogo, rect, fit: 'contain' })
  } else {
    const rect = { x: MARGIN, y: top, width: LOGO, height: LOGO }
    boxes.push({ kind: 'shape', role: 'logo', rect, fill: WHITE, radius: LOGO / 2 })
    boxes.push(logoBox(used.logo, rect, context) ?? initialBox(card.issuer, rect, context.fonts, INK))
    const x = MARGIN + LOGO + GAP
    const issuer = { x, y: 0, width: right - x, height: HEADER }
    const look = { size: 16, smallest: 0.85, weight: 500, colour } as const
    boxes.push(textLine(fonts, { source: 'issuerName', role: 'logoText', text: card.issuer, rect: issuer, ...look }))
  }
  const line = { x: 0, y: HEADER - 0.5, width: WIDTH, height: 1 }
  boxes.push({ kind: 'shape', role: 'divider', rect: line, fill: colour, opacity: 0.16 })
  return boxes
}

function logoBox(
  name: string | undefined,
  rect: PictureBox['rect'],
  { pictures }: LookContext,
): PictureBox | undefined {
  if (name === undefined || !pictures.has(name)) return undefined
  return { kind: 'picture', name, rect, fit: 'cover', radius: LOGO / 2 }
}

function titleBoxes(card: LookCard, { fonts }: LookContext, top: number) {
  const colour = textColour(card.background)
  const [x, width] = [MARGIN, WIDTH - 2 * MARGIN]
  const boxes: LayoutBox[] = []
  let y = top
  for (const [source, role, text, weight] of [
    ['state', 'note', card.state, 600],
    ['subtitle', 'label', card.subtitle, 400],
  ] as const) {
    if (text === '') continue
    const rect = { x, y, width, height: 18 }
    const tone = source === 'state' ? colour : labelColour(card.background)
    boxes.push(textLine(fonts, { source, role, text, rect, size: 13, weight, colour: tone }))
    y += 20
  }
  if (card.title !== '') {
    const block = textBlock(fonts, {
      ...{ source: 'title', role: 'title', text: card.title, x, y, width },
      ...{ size: 24, weight: 500, colour, maxLines: 2, lineHeight: 30 },
    })
    boxes.push(block)
    y = bottomOf(block)
  }
  if (card.journey === undefined) return { boxes, bottom: y }
  const journey = journeyBoxes(card.journey, fonts, { colour, top: y })
  return { boxes: [...boxes, ...journey.boxes], bottom: journey.bottom }
}

/** One to three fields beside one another: at the left, in the middle, at the right. */
function rowBoxes(row: readonly LookField[], card: LookCard, { fonts }: LookContext, top: number) {
  const wanted = row.map(({ label, value }) => Math.max(fonts.width(label, LABEL), fonts.width(value, VALUE)) + 1)
  const widths = share(wanted, WIDTH - 2 * MARGIN - GAP * (row.length - 1))
  let x = MARGIN
  const boxes = row.flatMap((field, index) => {
    const width = widths[index] ?? 0
    const align = index === 0 ? 'left' : index === row.length - 1 ? 'right' : 'center'
    const line = (role: 'label' | 'value', y: number, height: number) => {
      const look =
        role === 'label'
          ? { ...LABEL, colour: labelColour(card.background) }
          : { ...VALUE, colour: textColour(card.background) }
      const rect = { x, y, width, height }
      return textLine(fonts, { source: `${field.source}/${role}`, role, text: field[role], rect, align, ...look })
    }
    const lines = [line('label', top, 18), line('value', top + 18, 24)].filter(({ text }) => text !== '')
    x += width + GAP
    return lines
  })
  return { boxes, bottom: top + ROW_HEIGHT }
}

/** Equal shares where that is enough for all; else those that need little leave the others what they do not need. */
function share(wanted: readonly number[], room: number): readonly number[] {
  const equal = room / wanted.length
  if (wanted.every((width) => width <= equal)) return wanted.map(() => equal)
  const [small, large] = [wanted.filter((width) => width <= equal), wanted.filter((width) => width > equal)]
  const rest = room - small.reduce((sum, width) => sum + width, 0)
  const asked = large.reduce((sum, width) => sum + width, 0)
  return wanted.map((width) => (width <= equal ? width : (rest * width) / asked))
}

/** The banner at the lower edge, in full width and its own shape. */
function heroBox({ pictures: used }: GoogleTwin, { pictures }: LookContext, y: number): PictureBox | undefined {
  const name = used.hero
  const picture = name === undefined ? undefined : pictures.get(name)
  if (name === undefined || picture === undefined) return undefined
  const size = pictureSizeOf(picture) ?? { width: 3, height: 1 }
  const height = WIDTH * Math.min(HIGHEST_HERO, Math.max(0.1, size.height / size.width))
  return { kind: 'picture', name, rect: { x: 0, y, width: WIDTH, height }, fit: 'cover' }
}
