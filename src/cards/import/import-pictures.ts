import sharp, { type Sharp } from 'sharp'
import type { Rgb } from '../colour/colour.js'
import { toHex } from '../colour/colour.js'
import { PICTURE_SCALES } from '../pictures/picture-size.js'
import { SHAPES } from '../pictures/shapes.js'
import { isCrushedPng, readCrushedPng } from './crushed-png.js'

const PNG_SIGNATURE = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a])
/** What no picture of a card comes near to; more would only take memory. */
const MAX_PIXELS = 40_000_000
const READABLE = new Set(['png', 'jpeg', 'webp', 'gif', 'tiff'])

export type CheckedPicture =
  | { readonly ok: true; readonly bytes: Uint8Array; readonly note?: string }
  | { readonly ok: false; readonly reason: string }

/**
 * Looks whether a picture of a pass can be drawn. PNGs come back as they are; those of Apple's own kind and other
 * formats under the name of a PNG are converted. A reason completes `strip.png …`.
 */
export async function checkPicture(bytes: Uint8Array): Promise<CheckedPicture> {
  if (isCrushedPng(bytes)) {
    const raw = readCrushedPng(bytes)
    if (raw === undefined) return { ok: false, reason: "is in Apple's own kind of PNG (CgBI), and damaged" }
    const { width, height, pixels } = raw
    const png = await toPng(sharp(pixels, { raw: { width, height, channels: 4 } }))
    return { ok: true, bytes: png, note: "was in Apple's own kind of PNG (CgBI) and was converted" }
  }
  try {
    const source = sharp(bytes, { limitInputPixels: MAX_PIXELS, failOn: 'error' })
    const { format } = await source.metadata()
    // SVG and PDF are programs rather than pictures: they may be huge when drawn, or refer to other files.
    if (!READABLE.has(format)) return { ok: false, reason: `is a ${format.toUpperCase()} file, not a PNG` }
    if (format !== 'png') {
      const note = `was a ${format.toUpperCase()} in spite of its name and was converted`
      return { ok: true, bytes: await toPng(source.autoOrient()), note }
    }
    // Decoded once, since a truncated picture has a good header too.
    await source.stats()
    if (!PNG_SIGNATURE.equals(bytes.subarray(0, PNG_SIGNATURE.length))) return { ok: false, reason: 'is no PNG' }
    return { ok: true, bytes }
  } catch (error) {
    const tooMany = /pixel limit/i.test(error instanceof Error ? error.message : '')
    return { ok: false, reason: tooMany ? 'has more than 40 million pixels' : 'is damaged and cannot be drawn' }
  }
}

export interface CompletedIcons {
  readonly files: ReadonlyMap<string, Uint8Array>
  /** What was made of what. */
  readonly notes: readonly string[]
}

const ICON_POINTS = 38

/**
 * The scales of the icon that a pass does not have, made from the largest one there; from the logo where there is no
 * icon at all, else a plain one in the colours of the card. Phones refuse a pass without an icon.
 */
export async function completeIcons(
  files: ReadonlyMap<string, Uint8Array>,
  colours: { readonly background: Rgb; readonly foreground: Rgb },
): Promise<CompletedIcons> {
  if (files.has('icon.pdf')) return { files: new Map(), notes: [] }
  const missing = PICTURE_SCALES.filter(([suffix]) => !files.has(`icon${suffix}.png`))
  if (missing.length === 0) return { files: new Map(), notes: [] }
  const [file, source] = largest('icon', files) ?? largest('logo', files) ?? []
  const made = new Map<string, Uint8Array>()
  for (const [suffix, scale] of missing) {
    const size = ICON_POINTS * scale
    const drawing = source === undefined ? plainIcon(size, colours) : await fitted(source, size, file, colours)
    made.set(`icon${suffix}.png`, await toPng(drawing))
  }
  const names = [...made.keys()].join(', ')
  const origin =
    file === undefined
      ? "drawn in the card's colours, since the pass has no icon; replace it by your own"
      : `made from ${file}${(await isSmall(source)) ? ', which is small: replace them by sharper ones if you have some' : ''}`
  return { files: made, notes: [`${names}: ${origin}.`] }
}

function largest(name: string, files: ReadonlyMap<string, Uint8Array>): [string, Uint8Array] | undefined {
  for (const [suffix] of PICTURE_SCALES.toReversed()) {
    const bytes = files.get(`${name}${suffix}.png`)
    if (bytes !== undefined) return [`${name}${suffix}.png`, bytes]
  }
  return undefined
}

async function isSmall(source: Uint8Array | undefined): Promise<boolean> {
  const { width = 0, height = 0 } = source === undefined ? {} : await sharp(source).metadata()
  return Math.max(width, height) < ICON_POINTS * 2
}

/** An icon as it is; a logo with some air around, on the card's colour, since most logos are made for it. */
async function fitted(
  source: Uint8Array,
  size: number,
  file = '',
  colours: { readonly background: Rgb },
): Promise<Sharp> {
  if (file.startsWith('icon')) {
    return sharp(source).resize(size, size, { fit: 'contain', background: { r: 0, g: 0, b: 0, alpha: 0 } })
  }
  const inner = Math.round(size * 0.76)
  const drawn = await sharp(source)
    .trim()
    .resize(inner, inner, { fit: 'contain', background: { r: 0, g: 0, b: 0, alpha: 0 } })
    .png()
    .toBuffer()
  return canvas(size, colours.background).composite([{ input: drawn, gravity: 'centre' }])
}

function canvas(size: number, colour: Rgb): Sharp {
  return sharp({ create: { width: size, height: size, channels: 3, background: toHex(colour) } })
}

function plainIcon(size: number, { background, foreground }: { background: Rgb; foreground: Rgb }): Sharp {
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="${size}" height="${size}" viewBox="-6 -6 36 36"><rect x="-6" y="-6" width="36" height="36" fill="${toHex(background)}"/><path fill="${toHex(foreground)}" d="${SHAPES.star}"/></svg>`
  return sharp(Buffer.from(svg))
}

async function toPng(image: Sharp): Promise<Uint8Array> {
  return image.toColourspace('srgb').png({ compressionLevel: 9, effort: 10 }).toBuffer()
}
