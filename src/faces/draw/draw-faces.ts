import { originalScale } from '../photo/original-places.js'
import type { Face, Photo } from '../types.js'
import { numberSvg, numberWidth } from './digits.js'

export const DRAWN_FORMATS = ['png', 'jpeg', 'webp'] as const
export type DrawnFormat = (typeof DRAWN_FORMATS)[number]

export type DrawnFace = Pick<Face, 'box' | 'points' | 'quality'>

/** Of faces that are good to be recognised by, and of those that are not. */
const COLOURS = { good: '#2ee66b', poor: '#ffb020' } as const
/** Eyes, nose, corners of the mouth. */
const POINT_COLOURS = ['#4fc3ff', '#4fc3ff', '#ff5fa2', '#ffe14d', '#ffe14d'] as const

/**
 * The photo with its faces boxed and numbered, and the five points of each.
 *
 * @param faces - with their places in pixels of the original, as the engine tells them
 */
export async function drawFaces(photo: Photo, faces: readonly DrawnFace[], format: DrawnFormat): Promise<Uint8Array> {
  const { default: sharp } = await import('sharp')
  const { width, height, data } = photo
  const image = sharp(data, { raw: { width, height, channels: 3 }, limitInputPixels: false })
  const drawn = image.composite([{ input: Buffer.from(overlaySvg(photo, faces)) }])
  if (format === 'jpeg') return drawn.jpeg({ quality: 92 }).toBuffer()
  return format === 'webp' ? drawn.webp({ quality: 90 }).toBuffer() : drawn.png().toBuffer()
}

/** Boxes, points and numbers as an SVG as large as the photo. */
export function overlaySvg(photo: Photo, faces: readonly DrawnFace[]): string {
  const { width, height } = photo
  const scale = originalScale(photo)
  // Smaller faces lie on top, so that none is hidden.
  const marks = faces.map((face, index) => faceSvg(face, index + 1, { photo, scale }))
  return (
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}">` +
    `${marks.join('')}</svg>`
  )
}

interface Ground {
  readonly photo: Photo
  readonly scale: { readonly x: number; readonly y: number }
}

function faceSvg({ box, points, quality }: DrawnFace, number: number, { photo, scale }: Ground): string {
  const [x, y] = [box.x / scale.x, box.y / scale.y]
  const [width, height] = [box.width / scale.x, box.height / scale.y]
  const colour = quality.reasons.length === 0 ? COLOURS.good : COLOURS.poor
  const line = clamp(Math.min(width, height) / 40, 1, Math.max(2, Math.max(photo.width, photo.height) / 400))
  const edge = `x="${fixed(x)}" y="${fixed(y)}" width="${fixed(width)}" height="${fixed(height)}" fill="none"`
  const dots = points.map((point, index) => {
    const place = `cx="${fixed(point.x / scale.x)}" cy="${fixed(point.y / scale.y)}"`
    return `<circle ${place} r="${fixed(line * 1.4)}" fill="${POINT_COLOURS[index]}" stroke="#000" stroke-width="${fixed(line * 0.4)}"/>`
  })
  return (
    `<g><rect ${edge} stroke="#000" stroke-opacity="0.6" stroke-width="${fixed(line * 2)}"/>` +
    `<rect ${edge} stroke="${colour}" stroke-width="${fixed(line)}"/>${dots.join('')}` +
    `${labelSvg(number, { x: x - line / 2, y: y - line / 2, box: width, colour, photo })}</g>`
  )
}

interface LabelPlace {
  readonly x: number
  readonly y: number
  /** Width of the box. */
  readonly box: number
  readonly colour: string
  readonly photo: Photo
}

/** Above the box at its left, or inside where there is no room above; never over the border of the photo. */
function labelSvg(number: number, { x, y, box, colour, photo }: LabelPlace): string {
  const digit = clamp(box / 5, 7, Math.max(9, photo.width / 40))
  const pad = digit * 0.4
  const [width, height] = [numberWidth(number, digit) + pad * 2, digit + pad * 2]
  const left = clamp(x, 0, Math.max(0, photo.width - width))
  const top = clamp(y - height, 0, Math.max(0, photo.height - height))
  const plate = `x="${fixed(left)}" y="${fixed(top)}" width="${fixed(width)}" height="${fixed(height)}"`
  return (
    `<rect ${plate} rx="${fixed(pad / 2)}" fill="${colour}"/>` +
    numberSvg(number, { x: left + pad, y: top + pad, height: digit, colour: '#000' })
  )
}

function clamp(value: number, least: number, most: number): number {
  return Math.min(Math.max(value, least), most)
}

function fixed(value: number): string {
  return value.toFixed(2)
}
