import { createHash } from 'node:crypto'
import { readFile, realpath, stat } from 'node:fs/promises'
import { isAbsolute, join, relative, sep } from 'node:path'
import sharp from 'sharp'
import type { PassStyle } from '../design/design.js'
import type { MemberImage } from '../design/design-config.js'
import { isFolder, writeFolder } from '../write-folder.js'
import { cutToShape, encodeScales } from './encode.js'
import { memberPictureFolder } from './member-pictures.js'
import { KIND_NAMES, pictureKind } from './picture-kind.js'
import { type PictureSize, pictureSize } from './picture-size.js'
import { explainFailure, PHOTO_LIMITS, type Refusal, readSource } from './picture-source.js'

/** Raised whenever preparing changes, so that pictures prepared by an older Tessera are prepared again. */
const PREPARING_VERSION = 1
const MEGABYTE = 1024 * 1024

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
  const source = await readSource(photo, PHOTO_LIMITS)
  if (!source.ok) return { ok: false, reason: reasonFor(source, photo) }
  try {
    const cut = cutToShape(source.open(), size).toColourspace('srgb')
    const largest = await cut.png({ compressionLevel: 1 }).toBuffer()
    return { ok: true, files: await encodeScales(image, size, () => sharp(largest), { quality: 90, dither: 0.8 }) }
  } catch (error) {
    return { ok: false, reason: reasonFor(explainFailure(error, source.kind, PHOTO_LIMITS), photo) }
  }
}

/** In the words that fit behind a photo's name in a list of rows. */
function reasonFor({ problem }: Refusal, photo: Uint8Array): string {
  const kind = pictureKind(photo)
  if (problem === 'pixels') return `has more than ${PHOTO_LIMITS.pixels / 1e6} million pixels`
  if (problem !== 'kind' || kind === 'unknown') return 'is not a picture that can be read'
  if (kind === 'heic') return 'is a HEIC photo; save it as JPEG or PNG'
  // SVG and PDF are programs rather than photos: they may be huge when drawn, or refer to other files.
  return `is a ${KIND_NAMES[kind]} file, not a photo`
}
