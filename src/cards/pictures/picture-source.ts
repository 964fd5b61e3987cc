import sharp, { type Metadata, type Sharp } from 'sharp'
import { KIND_NAMES, type PictureKind, pictureKind } from './picture-kind.js'

const MEGABYTE = 1024 * 1024

/** Limits of a picture from outside: what the best phone cameras make still fits. */
export interface SourceLimits {
  readonly bytes: number
  /** Width times height as the header claims; looked at before anything is unpacked. */
  readonly pixels: number
}
export const PHOTO_LIMITS: SourceLimits = { bytes: 32 * MEGABYTE, pixels: 120_000_000 }

export type Problem = 'empty' | 'bytes' | 'kind' | 'unreadable' | 'pixels' | 'unsafe'

/** Why a picture is not taken. */
export interface Refusal {
  readonly ok: false
  readonly problem: Problem
  /** Completes the sentence "photo.heic …". */
  readonly reason: string
  /** A whole sentence: what to do about it. */
  readonly advice: string
}

/** A raster picture whose header was read and is within the limits. */
export interface PictureSource {
  readonly ok: true
  readonly kind: PictureKind
  /** Pixels as stored, before it is turned upright. */
  readonly width: number
  readonly height: number
  readonly metadata: Metadata
  /** A new pipeline over the picture, upright; reading it fails where the file is damaged. */
  open(): Sharp
}

export function refusal(problem: Problem, reason: string, advice: string): Refusal {
  return { ok: false, problem, reason, advice }
}

const READABLE: ReadonlySet<PictureKind> = new Set(['jpeg', 'png', 'webp', 'gif', 'tiff', 'avif'])
const SAVE_AGAIN = 'Open it in a picture program and save it as PNG or JPEG.'

/** Looks at the header of a picture without unpacking it. Never throws on what the file holds. */
export async function readSource(bytes: Uint8Array, limits: SourceLimits): Promise<PictureSource | Refusal> {
  if (bytes.length === 0) return refusal('empty', 'is empty', 'Copy the picture again; its download may have failed.')
  if (bytes.length > limits.bytes) {
    return refusal(
      'bytes',
      `is larger than ${limits.bytes / MEGABYTE} MB`,
      'Save it smaller: 3000 pixels on the longer side are plenty for a card.',
    )
  }
  const kind = pictureKind(bytes)
  if (!READABLE.has(kind)) return refuseKind(kind)
  const open = () => sharp(bytes, { limitInputPixels: limits.pixels, failOn: 'error' }).autoOrient()
  try {
    // Reads the header only, which may claim anything.
    const metadata = await sharp(bytes, { limitInputPixels: false }).metadata()
    const { width, height } = metadata
    if (width * height > limits.pixels) return tooManyPixels(limits, width, height)
    return { ok: true, kind, width, height, metadata, open }
  } catch (error) {
    return explainFailure(error, kind, limits)
  }
}

/** What an error of the picture library means for whoever brought the picture. */
export function explainFailure(error: unknown, kind: PictureKind, limits: SourceLimits): Refusal {
  const message = error instanceof Error ? error.message : ''
  if (/pixel limit|dimensions? exceed|too large|image size/i.test(message)) return tooManyPixels(limits)
  return refusal('unreadable', `is a damaged or incomplete ${KIND_NAMES[kind]} file`, `Copy it again. ${SAVE_AGAIN}`)
}

function tooManyPixels({ pixels }: SourceLimits, width?: number, height?: number): Refusal {
  const claimed = width === undefined ? '' : ` (${width} x ${height})`
  return refusal(
    'pixels',
    `has more than ${pixels / 1e6} million pixels${claimed}`,
    'Save it smaller: 3000 pixels on the longer side are plenty for a card.',
  )
}

function refuseKind(kind: PictureKind): Refusal {
  const name = KIND_NAMES[kind]
  switch (kind) {
    case 'html':
      return refusal('kind', 'is a web page, not a picture', 'Open the page and save the picture itself.')
    case 'heic':
      return refusal('kind', 'is a HEIC photo', 'Save it as JPEG or PNG; iPhones send photos as JPEG when asked to.')
    case 'pdf':
    case 'eps':
      return refusal('kind', `is a ${name} file, not a picture`, 'Export the drawing as SVG or PNG.')
    case 'video':
      return refusal('kind', 'is a video, not a picture', 'Save one frame of it as PNG or JPEG.')
    case 'zip':
      return refusal('kind', 'is a ZIP or Office file, not a picture', 'Unpack it and give one picture of it.')
    case 'unknown':
      return refusal(
        'kind',
        'is not a picture of a known format',
        'Give a PNG, JPEG, SVG, WebP, AVIF, GIF or TIFF file.',
      )
    default:
      return refusal('kind', `is a ${name} file, which is not read`, SAVE_AGAIN)
  }
}
