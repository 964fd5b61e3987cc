import { createHash } from 'node:crypto'
import { drawBarcode } from '../barcode/draw-barcode.js'
import { type Rgb, toHex } from '../colour/colour.js'
import { cutToWidth } from '../fonts/fit-text.js'
import type { Fonts } from '../fonts/fonts.js'
import type { PassView } from '../view/types.js'
import type { BarcodeBox, Layout, LayoutBox, PictureBox, Rect, ShapeBox } from './layout-types.js'
import { pictureUri } from './svg-picture.js'
import { escapeXml, fixed, textSvg } from './svg-text.js'

export interface DrawOptions {
  readonly fonts: Fonts
  readonly pictures: PassView['pictures']
  /** Around the card; nothing when not given. */
  readonly background?: Rgb
  /** What a screen reader says; the texts of the card when not given. */
  readonly title?: string
}

const CODE_FIELD_RADIUS = 6
const LONGEST_TITLE = 160
/** Stands for the prefix of all ids until the drawing is complete; no text can hold it. */
const ID = '\u0000'

/**
 * A layout as SVG that needs nothing else: texts are outlines, pictures are inside. Ids begin with a hash of the
 * drawing, so several drawings may stand in one page. Nothing in the layout can add elements or attributes of its own.
 */
export async function drawLayout(layout: Layout, options: DrawOptions): Promise<string> {
  const { width, height } = layout
  const drawn = await Promise.all(layout.boxes.map((box, index) => boxSvg(box, index, options)))
  const card = layout.boxes.find((box) => box.kind === 'shape' && (box.role === 'card' || box.role === 'sheet'))
  const outline = card?.kind === 'shape' ? card : undefined
  const body =
    (options.background === undefined
      ? ''
      : `<path fill="${toHex(options.background)}" d="M0 0h${fixed(width)}v${fixed(height)}H0z"/>`) +
    (outline === undefined
      ? drawn.join('')
      : `<clipPath id="${ID}card">${outlineSvg(outline, '')}</clipPath><g clip-path="url(#${ID}card)">${drawn.join('')}</g>` +
        // A hairline, so that a card does not melt into surroundings of its own colour.
        outlineSvg(outline, 'fill="none" stroke="#7f7f7f" stroke-opacity="0.25" stroke-width="0.75"'))
  const title = escapeXml(options.title ?? titleOf(layout))
  const prefix = `t${createHash('sha256').update(title).update(body).digest('hex').slice(0, 10)}-`
  return (
    `<svg xmlns="http://www.w3.org/2000/svg" width="${fixed(width)}" height="${fixed(height)}" ` +
    `viewBox="0 0 ${fixed(width)} ${fixed(height)}" role="img"><title>${title}</title>${body.replaceAll(ID, prefix)}</svg>`
  )
}

function titleOf(layout: Layout): string {
  const texts = layout.boxes.flatMap((box) => (box.kind === 'text' ? [box.text.slice(0, 100)] : []))
  return texts.join(', ').slice(0, LONGEST_TITLE).toWellFormed()
}

async function boxSvg(box: LayoutBox, index: number, options: DrawOptions): Promise<string> {
  switch (box.kind) {
    case 'shape':
      return shapeSvg(box, index)
    case 'text':
      return textSvg(options.fonts, box)
    case 'picture':
      return pictureSvg(box, index, options)
    case 'barcode':
      return barcodeSvg(box, options.fonts)
  }
}

function shapeSvg(box: ShapeBox, index: number): string {
  const opacity = box.opacity === undefined ? '' : ` fill-opacity="${fixed(box.opacity)}"`
  const stroke = box.stroke === undefined ? '' : ` stroke="${toHex(box.stroke)}"`
  if (box.fade !== undefined && box.fill !== undefined) {
    const id = `${ID}fade${index}`
    const colour = `stop-color="${toHex(box.fill)}"`
    const direction = box.fade.towards === 'bottom' ? 'x2="0" y2="1"' : 'x2="0" y1="1" y2="0"'
    return (
      `<linearGradient id="${id}" ${direction}><stop ${colour} stop-opacity="0"/>` +
      `<stop offset="${fixed(box.fade.within)}" ${colour} stop-opacity="${fixed(box.opacity ?? 1)}"/></linearGradient>` +
      outlineSvg(box, `fill="url(#${id})"`)
    )
  }
  const fill = box.fill === undefined ? 'none' : toHex(box.fill)
  return outlineSvg(box, `fill="${fill}"${opacity}${stroke}`)
}

function outlineSvg({ path, rect, radius }: Pick<ShapeBox, 'path' | 'rect' | 'radius'>, attributes: string): string {
  if (path !== undefined) return `<path ${attributes} d="${escapeXml(path)}"/>`
  return `<rect ${rectAttributes(rect)}${radius === undefined ? '' : ` rx="${fixed(radius)}"`} ${attributes}/>`
}

async function pictureSvg(box: PictureBox, index: number, { pictures }: DrawOptions): Promise<string> {
  const picture = pictures.get(box.name)
  const uri = picture === undefined ? undefined : await pictureUri(picture, box)
  if (uri === undefined) return ''
  const fit = box.fit === 'cover' ? 'xMidYMid slice' : 'xMidYMid meet'
  const image = `<image ${rectAttributes(box.rect)} preserveAspectRatio="${fit}" href="${uri}"`
  if (box.radius === undefined) return `${image}/>`
  const id = `${ID}clip${index}`
  return `<clipPath id="${id}">${outlineSvg(box, '')}</clipPath>${image} clip-path="url(#${id})"/>`
}

async function barcodeSvg(box: BarcodeBox, fonts: Fonts): Promise<string> {
  const { format, message, messageEncoding } = box
  const field = `<rect ${rectAttributes(box.rect)} rx="${CODE_FIELD_RADIUS}" fill="#fff"/>`
  const drawing = await drawBarcode({ format, message, messageEncoding, field: box.rect, room: box.code })
  if ('path' in drawing) return `${field}<path fill="#000" shape-rendering="crispEdges" d="${drawing.path}"/>`
  return field + missingCode(box, drawing.problem, fonts)
}

/** Says in the place of the code why there is none. */
function missingCode({ code }: BarcodeBox, problem: string, fonts: Fonts): string {
  const style = { size: 9, weight: 400 } as const
  const text = cutToWidth(fonts, problem, code.width - 8, style)
  const x = code.x + (code.width - fonts.width(text, style)) / 2
  const outline = fonts.outline(text, { ...style, x, baseline: code.y + code.height / 2 + 3 })
  return (
    `<rect ${rectAttributes(code)} fill="none" stroke="#8e8e93" stroke-dasharray="3 3"/>` +
    `<path fill="#8e8e93" d="${outline.path}"/>`
  )
}

function rectAttributes({ x, y, width, height }: Rect): string {
  return `x="${fixed(x)}" y="${fixed(y)}" width="${fixed(width)}" height="${fixed(height)}"`
}
