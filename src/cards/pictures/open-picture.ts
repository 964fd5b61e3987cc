import { KIND_NAMES, type PictureKind, pictureKind } from './picture-kind.js'
import {
  explainFailure,
  type PictureSource,
  type Refusal,
  readSource,
  refusal,
  type SourceLimits,
} from './picture-source.js'
import { type Pixels, toPixels, visibleBox } from './pixels.js'
import { safeSvg } from './safe-svg.js'

const MEGABYTE = 1024 * 1024
/** Limits of a designer's picture. */
export const PICTURE_LIMITS: SourceLimits = { bytes: 64 * MEGABYTE, pixels: 120_000_000 }
/** All that the largest picture of a card needs, in pixels: of the shorter and of the longer side. */
const KEPT = { shorter: 1600, longer: 4800 } as const
const DRAWN = 2000

/** A picture that was read whole and is ready to be cut and scaled. */
export interface OpenedPicture {
  /** The file's name, for messages. */
  readonly name: string
  /** Such as `JPEG`. */
  readonly format: string
  /** Size of the original, upright, in pixels. Drawings (SVG) have none of their own: any size is sharp. */
  readonly width: number
  readonly height: number
  readonly vector: boolean
  /** The picture, made smaller where it is larger than any card needs. */
  readonly pixels: Pixels
  /** What was done with it that its owner may not expect, in whole sentences. */
  readonly notes: readonly string[]
}

export type OpenResult = { readonly ok: true; readonly picture: OpenedPicture } | Refusal

/**
 * Reads a picture of any size and format: PNG, JPEG, WebP, AVIF, GIF, TIFF, SVG; with any colour space, bit depth and
 * orientation. Large ones are made smaller while they are unpacked, so that memory stays bounded. Never throws on what
 * the file holds: whatever is wrong with it is a reason and an advice.
 */
export async function openPicture(source: Uint8Array, { name }: { readonly name: string }): Promise<OpenResult> {
  const kind = pictureKind(source)
  const isSvg = kind === 'svg' || kind === 'svgz'
  const opened = isSvg ? await openDrawing(source, name) : await openRaster(source, name)
  if (!opened.ok) return opened
  if (visibleBox(opened.picture.pixels, 1) === undefined) {
    const hasText = opened.picture.notes.some((note) => note.includes('fonts'))
    return refusal(
      'unsafe',
      'is fully transparent: there is nothing to see in it',
      isSvg && hasText
        ? 'Convert its texts to outlines: this computer has no fonts to draw them.'
        : 'Export the picture with its layers shown.',
    )
  }
  return opened
}

async function openRaster(bytes: Uint8Array, name: string): Promise<OpenResult> {
  const source = await readSource(bytes, PICTURE_LIMITS)
  if (!source.ok) return source
  const turned = (source.metadata.orientation ?? 1) >= 5
  const [width, height] = turned ? [source.height, source.width] : [source.width, source.height]
  const kept = keptSize(width, height)
  try {
    const pixels = await toPixels(source.open().resize({ ...kept, fit: 'fill' }))
    const format = KIND_NAMES[source.kind]
    return { ok: true, picture: { name, format, width, height, vector: false, pixels, notes: notesOf(source) } }
  } catch (error) {
    return explainFailure(error, source.kind, PICTURE_LIMITS)
  }
}

function keptSize(width: number, height: number): { width: number; height: number } {
  const scale = Math.min(1, KEPT.shorter / Math.min(width, height), KEPT.longer / Math.max(width, height))
  return { width: Math.max(1, Math.round(width * scale)), height: Math.max(1, Math.round(height * scale)) }
}

function notesOf({ kind, metadata }: PictureSource): string[] {
  const { pages = 1, space } = metadata
  const notes: string[] = []
  if (pages > 1) {
    const what = kind === 'tiff' ? 'pages' : 'frames'
    notes.push(`It has ${pages} ${what}; the first is taken, since cards do not move.`)
  }
  if (space === 'cmyk') notes.push('It is made for print (CMYK); its colours may look a little different on a screen.')
  return notes
}

async function openDrawing(bytes: Uint8Array, name: string): Promise<OpenResult> {
  const safe = safeSvg(bytes, DRAWN)
  if (!safe.ok) return refusal('unsafe', safe.reason, safe.advice)
  for (const embedded of safe.embedded) {
    const inner = await readSource(embedded, { bytes: PICTURE_LIMITS.bytes, pixels: 40_000_000 })
    if (inner.ok) continue
    const reason = `is an SVG with a picture inside that ${inner.reason}`
    return refusal('unsafe', reason, 'Leave that picture out, or export the whole as PNG.')
  }
  const kind: PictureKind = 'svg'
  try {
    const { default: sharp } = await import('sharp')
    const pixels = await toPixels(sharp(safe.svg, { limitInputPixels: DRAWN * DRAWN * 2 }))
    const { width, height, notes } = safe
    return { ok: true, picture: { name, format: KIND_NAMES[kind], width, height, vector: true, pixels, notes } }
  } catch {
    return refusal('unreadable', 'is an SVG that cannot be drawn', 'Export it again as plain SVG, or as PNG.')
  }
}
