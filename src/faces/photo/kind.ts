/** What a file is by its first bytes, whatever its name. */
export interface PhotoKind {
  /** As in a sentence: `a JPEG`. */
  readonly name: string
  /** False when it is never decoded here; `maybe` when that depends on how sharp was built. */
  readonly decoded: boolean | 'maybe'
  /** What the user can do, when it is not decoded. */
  readonly advice?: string
}

const CONVERT = 'Convert it to JPEG.'
const HEIC_BRANDS = ['heic', 'heix', 'heim', 'heis', 'hevc', 'hevx', 'hevm', 'hevs']

/** Undefined when the bytes are of nothing that is known to be a picture. */
export function kindOf(bytes: Uint8Array): PhotoKind | undefined {
  const head = Buffer.from(bytes.buffer, bytes.byteOffset, Math.min(bytes.length, 1024))
  const text = head.toString('latin1')
  const starts = (...signatures: string[]): boolean => signatures.some((signature) => text.startsWith(signature))
  const at = (offset: number, signature: string): boolean => text.startsWith(signature, offset)
  if (starts('\xff\xd8\xff')) return { name: 'a JPEG', decoded: true }
  if (starts('\x89PNG\r\n\x1a\n')) return { name: 'a PNG', decoded: true }
  if (starts('RIFF') && at(8, 'WEBP')) return { name: 'a WebP', decoded: true }
  if (starts('GIF87a', 'GIF89a')) return { name: 'a GIF', decoded: true }
  if (starts('II*\0', 'MM\0*') && at(8, 'CR')) return raw('a Canon raw photo')
  if (starts('II*\0', 'MM\0*', 'II+\0', 'MM\0+')) return { name: 'a TIFF', decoded: true }
  if (at(4, 'ftyp')) return ofBrands(head)
  if (starts('BM') && head.length > 26 && head.readUInt32LE(14) <= 124) return other('a BMP')
  if (starts('\0\0\0\x0cjP  ', '\xff\x4f\xff\x51')) return other('a JPEG 2000')
  if (starts('\xff\x0a', '\0\0\0\x0cJXL ')) return other('a JPEG XL')
  if (starts('8BPS')) return other('a Photoshop file')
  if (starts('%PDF-')) return other('a PDF')
  if (starts('FUJIFILMCCD-RAW')) return raw('a Fujifilm raw photo')
  if (/^(?:\xef\xbb\xbf)?\s*(?:<\?xml[^>]*>\s*|<!--[\s\S]*?-->\s*|<!DOCTYPE[^>]*>?\s*)*<svg[\s>]/i.test(text))
    return { name: 'an SVG', decoded: false, advice: 'It is a drawing, not a photo.' }
  return undefined
}

/** The family of HEIF, which AVIF belongs to too, tells by brands what is inside. */
function ofBrands(head: Buffer): PhotoKind | undefined {
  const end = Math.min(head.length, Math.max(16, head.readUInt32BE(0)))
  const brands = new Set<string>()
  for (let at = 8; at + 4 <= end; at += at === 8 ? 8 : 4) brands.add(head.toString('latin1', at, at + 4))
  if (brands.has('avif') || brands.has('avis')) return { name: 'an AVIF', decoded: true }
  if (HEIC_BRANDS.some((brand) => brands.has(brand))) return { name: 'a HEIC', decoded: 'maybe', advice: CONVERT }
  if (brands.has('crx ')) return raw('a Canon raw photo')
  if (brands.has('mif1') || brands.has('msf1')) return { name: 'a HEIF', decoded: 'maybe', advice: CONVERT }
  return undefined
}

function raw(name: string): PhotoKind {
  return { name, decoded: false, advice: 'Give the JPEG that the camera or a converter makes of it.' }
}

function other(name: string): PhotoKind {
  return { name, decoded: false, advice: CONVERT }
}
