/** What a file is by its first bytes, whatever its name says. */
export type PictureKind =
  | 'jpeg'
  | 'png'
  | 'webp'
  | 'gif'
  | 'tiff'
  | 'avif'
  | 'svg'
  | 'svgz'
  | 'heic'
  | 'pdf'
  | 'eps'
  | 'psd'
  | 'bmp'
  | 'ico'
  | 'jxl'
  | 'jp2'
  | 'zip'
  | 'video'
  | 'html'
  | 'unknown'

/** How a kind is called in messages. */
export const KIND_NAMES: Readonly<Record<PictureKind, string>> = {
  jpeg: 'JPEG',
  png: 'PNG',
  webp: 'WebP',
  gif: 'GIF',
  tiff: 'TIFF',
  avif: 'AVIF',
  svg: 'SVG',
  svgz: 'SVG',
  heic: 'HEIC',
  pdf: 'PDF',
  eps: 'EPS',
  psd: 'Photoshop',
  bmp: 'BMP',
  ico: 'ICO',
  jxl: 'JPEG XL',
  jp2: 'JPEG 2000',
  zip: 'ZIP or Office',
  video: 'video',
  html: 'web page',
  unknown: 'unknown',
}

const SIGNATURES: readonly (readonly [kind: PictureKind, bytes: string])[] = [
  ['jpeg', '\xff\xd8\xff'],
  ['png', '\x89PNG\r\n\x1a\n'],
  ['gif', 'GIF87a'],
  ['gif', 'GIF89a'],
  ['tiff', 'II*\0'],
  ['tiff', 'MM\0*'],
  ['tiff', 'II+\0'],
  ['tiff', 'MM\0+'],
  ['pdf', '%PDF'],
  ['eps', '%!PS'],
  ['eps', '\xc5\xd0\xd3\xc6'],
  ['psd', '8BPS'],
  ['bmp', 'BM'],
  ['ico', '\0\0\x01\0'],
  ['ico', '\0\0\x02\0'],
  ['jxl', '\xff\x0a'],
  ['jxl', '\0\0\0\x0cJXL '],
  ['jp2', '\0\0\0\x0cjP  '],
  ['zip', 'PK\x03\x04'],
  ['svgz', '\x1f\x8b'],
  ['video', '\x1aE\xdf\xa3'],
]

/** Brands of ISO media files; a HEIF with AV1 inside is AVIF, most others have HEVC. */
const BRANDS: Readonly<Record<string, PictureKind>> = {
  avif: 'avif',
  avis: 'avif',
  heic: 'heic',
  heix: 'heic',
  heim: 'heic',
  heis: 'heic',
  hevc: 'heic',
  hevx: 'heic',
}

export function pictureKind(bytes: Uint8Array): PictureKind {
  const head = Buffer.from(bytes.buffer, bytes.byteOffset, Math.min(bytes.length, 4096))
  const start = head.toString('latin1')
  const signed = SIGNATURES.find(([, signature]) => start.startsWith(signature))
  if (signed !== undefined) return signed[0]
  if (start.startsWith('RIFF') && start.slice(8, 12) === 'WEBP') return 'webp'
  if (start.slice(4, 8) === 'ftyp') return isoKind(head)
  return markupKind(head)
}

function isoKind(head: Buffer): PictureKind {
  const end = Math.min(head.readUInt32BE(0), head.length)
  const brands = [head.toString('latin1', 8, 12)]
  for (let at = 16; at + 4 <= end; at += 4) brands.push(head.toString('latin1', at, at + 4))
  for (const brand of brands) {
    const kind = BRANDS[brand]
    if (kind !== undefined) return kind
  }
  return brands.some((brand) => brand === 'mif1' || brand === 'msf1') ? 'heic' : 'video'
}

function markupKind(head: Buffer): PictureKind {
  const wide =
    head[0] === 0xff && head[1] === 0xfe ? 'utf-16le' : head[0] === 0xfe && head[1] === 0xff ? 'utf-16be' : ''
  const text = new TextDecoder(wide === '' ? 'utf-8' : wide).decode(head).trimStart().toLowerCase()
  if (!text.startsWith('<')) return 'unknown'
  if (/^<!doctype html|<html[\s>]/.test(text)) return 'html'
  // Comments and a document type, with a subset perhaps, may stand before the first element.
  return /<(?:[\w-]+:)?svg[\s>/]/.test(text) || /^<!doctype svg/.test(text) ? 'svg' : 'unknown'
}
