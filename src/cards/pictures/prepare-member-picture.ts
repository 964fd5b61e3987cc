import { createHash } from 'node:crypto'
import { readFile, realpath, stat } from 'node:fs/promises'
import { isAbsolute, join, relative, sep } from 'node:path'
import sharp from 'sharp'
import type { PassStyle } from '../design/design.js'
import type { MemberImage } from '../design/design-config.js'
import { isFolder, writeFolder } from '../write-folder.js'
import { memberPictureFolder } from './member-pictures.js'
import { PICTURE_SCALES, type PictureSize, pictureSize } from './picture-size.js'

/** Raised whenever preparing changes, so that pictures prepared by an older Tessera are prepared again. */
const PREPARING_VERSION = 1
const MEGABYTE = 1024 * 1024
/** Limits of a photo: what the best phone cameras make still fits. */
export const PHOTO_LIMITS = { bytes: 32 * MEGABYTE, pixels: 120_000_000 } as const
const LARGEST = 3
const READABLE = new Set(['jpeg', 'png', 'webp', 'gif', 'tiff', 'heif', 'avif'])

export interface MemberPictureInput {
  /** As the CSV has it: a path below {@link baseDir}, with `/` or `\`. */
  readonly file: string
  /** The folder of the CSV. */
  readonly baseDir: string
  readonly image: MemberImage
  readonly style: PassStyle
  readonly picturesDir: string
}

/** A reason completes the sentence `members.csv line 42: photo "ann.jpg" …`. */
export type PreparedPicture =
  | { readonly ok: true; readonly id: string }
  | { readonly ok: false; readonly reason: string }

/**
 * Turns a member's photo into the pictures of a pass: upright, cut to the shape the style shows, at all scales. The id
 * is a hash of the photo and what is made of it; a photo met before is not prepared again.
 *
 * @throws AppError DESIGN_UNREADABLE when the pictures cannot be written
 */
export async function prepareMemberPicture(input: MemberPictureInput): Promise<PreparedPicture> {
  const path = await findPhoto(input.baseDir, input.file)
  if (!path.ok) return path
  const photo = await readFile(path.path)
  const size = pictureSize(input.image, input.style)
  const id = createHash('sha256')
    .update(`${PREPARING_VERSION} ${input.image} ${size.width}x${size.height} `)
    .update(photo)
    .digest('hex')
  const folder = memberPictureFolder(input.picturesDir, id)
  if (await isFolder(folder)) return { ok: true, id }
  const drawn = await scalePhoto(photo, input.image, size)
  if (!drawn.ok) return drawn
  await writeFolder(folder, drawn.files)
  return { ok: true, id }
}

type FoundPhoto = { readonly ok: true; readonly path: string } | { readonly ok: false; readonly reason: string }

async function findPhoto(baseDir: string, file: string): Promise<FoundPhoto> {
  const given = file.trim().replaceAll('\\', '/')
  const outside = { ok: false, reason: 'is not inside the folder of the CSV' } as const
  if (given.includes('\0')) return { ok: false, reason: 'is not a file name' }
  if (isAbsolute(given) || /^[a-z]:/i.test(given)) return outside
  let base: string
  let path: string
  try {
    base = await realpath(baseDir)
    // After following links, so that a link cannot lead out either.
    path = await realpath(join(base, given))
  } catch {
    return leadsOut(relative('/base', join('/base', given))) ? outside : { ok: false, reason: 'is not there' }
  }
  if (leadsOut(relative(base, path))) return outside
  const info = await stat(path)
  if (!info.isFile()) return { ok: false, reason: 'is not a file' }
  if (info.size > PHOTO_LIMITS.bytes) {
    return { ok: false, reason: `is larger than ${PHOTO_LIMITS.bytes / MEGABYTE} MB` }
  }
  return { ok: true, path }
}

function leadsOut(path: string): boolean {
  return path === '..' || path.startsWith(`..${sep}`) || isAbsolute(path)
}

type Scaled =
  | { readonly ok: true; readonly files: Map<string, Uint8Array> }
  | { readonly ok: false; readonly reason: string }

async function scalePhoto(photo: Uint8Array, image: string, size: PictureSize): Promise<Scaled> {
  try {
    const source = sharp(photo, { limitInputPixels: PHOTO_LIMITS.pixels, failOn: 'error' })
    const { format, compression } = await source.metadata()
    // SVG and PDF are programs rather than photos: they may be huge when drawn, or refer to other files.
    if (!READABLE.has(format)) return { ok: false, reason: `is a ${format.toUpperCase()} file, not a photo` }
    if (compression === 'hevc') return { ok: false, reason: 'is a HEIC photo; save it as JPEG or PNG' }
    // Cut once, at the largest scale, so that all scales show the same part of the photo.
    const [width, height] = [size.width * LARGEST, size.height * LARGEST]
    const cut = source.autoOrient().resize({ width, height, fit: 'cover', position: 'attention' })
    const largest = await cut.toColourspace('srgb').png({ compressionLevel: 1 }).toBuffer()
    const files = new Map<string, Uint8Array>()
    for (const [suffix, scale] of PICTURE_SCALES) {
      const scaled = sharp(largest).resize(size.width * scale, size.height * scale)
      const png = scaled.png({ palette: true, quality: 90, dither: 0.8, compressionLevel: 9, effort: 7 })
      files.set(`${image}${suffix}.png`, await png.toBuffer())
    }
    return { ok: true, files }
  } catch (error) {
    const message = error instanceof Error ? error.message : ''
    const tooMany = /pixel limit/i.test(message)
    return {
      ok: false,
      reason: tooMany
        ? `has more than ${PHOTO_LIMITS.pixels / 1e6} million pixels`
        : 'is not a picture that can be read',
    }
  }
}
