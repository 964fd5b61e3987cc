import sharp from 'sharp'
import type { Box, Photo, Point } from '../../src/faces/types.js'
import { humanAsset } from './faces.js'

/** Faces on a sheet inside the Human package, and where eyes and face lie in them, told by eye, in parts of the side. */
const CHIPS = {
  man: {
    cut: { left: 854, top: 284, width: 104, height: 104 },
    eyes: [
      { x: 0.395, y: 0.42 },
      { x: 0.7, y: 0.42 },
    ],
    box: { x: 0.19, y: 0.19, width: 0.65, height: 0.69 },
  },
  woman: {
    cut: { left: 285, top: 28, width: 103, height: 103 },
    eyes: [
      { x: 0.3, y: 0.36 },
      { x: 0.66, y: 0.35 },
    ],
    box: { x: 0.17, y: 0.12, width: 0.67, height: 0.73 },
  },
} as const
export type Who = keyof typeof CHIPS

/** A face to be put on a canvas: upper left corner, and width of the face itself (not of the picture around it). */
export interface Pasted {
  readonly who: Who
  readonly x: number
  readonly y: number
  readonly face: number
}

export interface Placed extends Pasted {
  readonly box: Box
  readonly eyes: readonly [Point, Point]
}

/** Slopes of grey, back and forth. */
const slopes = (width: number, height: number): string =>
  `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}">
    <linearGradient id="a" gradientUnits="userSpaceOnUse" spreadMethod="reflect" x2="90" y2="50">
      <stop stop-color="#505050"/><stop offset="1" stop-color="#b0b0b0"/>
    </linearGradient>
    <rect width="100%" height="100%" fill="url(#a)"/>
  </svg>`

/** One face's picture, `side` pixels wide. */
export function chip(who: Who, side: number): Promise<Buffer> {
  return sharp(humanAsset('screenshot-facematch.jpg'))
    .extract(CHIPS[who].cut)
    .resize(side, side, { kernel: 'lanczos3' })
    .png()
    .toBuffer()
}

/** A canvas with slopes of grey, so that no tile of it is flat, and faces at known places. */
export async function canvas(
  width: number,
  height: number,
  pasted: readonly Pasted[],
  turn = 0,
): Promise<{ photo: Photo; placed: Placed[] }> {
  const raw = await sharp(Buffer.from(slopes(width, height)))
    .flatten()
    .raw()
    .toBuffer()
  const layers = await Promise.all(
    pasted.map(async ({ who, x, y, face }) => ({
      input: await chip(who, Math.round(face / CHIPS[who].box.width)),
      left: x,
      top: y,
    })),
  )
  const flat = await sharp(raw, { raw: { width, height, channels: 3 } })
    .composite(layers)
    .removeAlpha()
    .raw()
    .toBuffer()
  const placed = pasted.map((one) => {
    const { box, eyes } = CHIPS[one.who]
    const side = Math.round(one.face / box.width)
    const at = ({ x, y }: Point): Point => ({ x: one.x + x * side, y: one.y + y * side })
    return {
      ...one,
      box: { ...at(box), width: box.width * side, height: box.height * side },
      eyes: [at(eyes[0]), at(eyes[1])] as const,
    }
  })
  if (turn === 0) return { photo: { width, height, data: flat }, placed }
  const { data, info } = await sharp(flat, { raw: { width, height, channels: 3 } })
    .rotate(turn)
    .raw()
    .toBuffer({ resolveWithObject: true })
  return { photo: { width: info.width, height: info.height, data }, placed }
}
