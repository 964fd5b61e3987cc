import { createRequire } from 'node:module'
import path from 'node:path'
import sharp from 'sharp'
import { NETWORKS, type NetworkName } from '../../src/faces/backends/types.js'

const assets = path.join(createRequire(import.meta.url).resolve('@vladmandic/human'), '..', '..', 'assets')

/** A file of the Human package's pictures. */
export const humanPicture = (name: string): string => path.join(assets, name)

interface Area {
  readonly left: number
  readonly top: number
  readonly width: number
  readonly height: number
}

/** Three faces of `samples.jpg`, loosely cut. */
export const FACES: readonly Area[] = [
  { left: 410, top: 2, width: 70, height: 70 },
  { left: 195, top: 5, width: 70, height: 70 },
  { left: 280, top: 495, width: 90, height: 90 },
]

/** One of them as a PNG file, four times as large. */
export function faceBytes(area: Area | undefined): Promise<Buffer> {
  const picture = sharp(humanPicture('samples.jpg'))
  return (area === undefined ? picture : picture.extract(area).resize(area.width * 4)).png().toBuffer()
}

/** The faces as the input of a network: one after another, channels last. */
export async function faceInputs(network: NetworkName, faces: readonly Area[] = FACES): Promise<Float32Array> {
  const { side } = NETWORKS[network]
  const size = side * side * 3
  const input = new Float32Array(faces.length * size)
  for (const [index, area] of faces.entries()) {
    const pixels = await sharp(humanPicture('samples.jpg'))
      .extract(area)
      .resize(side, side, { fit: 'fill' })
      .raw()
      .toBuffer()
    for (let at = 0; at < size; at++) input[index * size + at] = inked(network, pixels, at)
  }
  return input
}

function inked(network: NetworkName, pixels: Uint8Array, at: number): number {
  if (network === 'detector') return (pixels[at] ?? 0) / 127.5 - 1
  if (network !== 'recogniser') return (pixels[at] ?? 0) / 255
  const channel = at % 3
  return (pixels[at - channel + 2 - channel] ?? 0) - ([103.939, 116.779, 123.68][channel] ?? 0)
}
