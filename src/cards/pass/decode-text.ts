import type { SlipKind } from './slip.js'

export interface DecodedText {
  /** Without a byte order mark. */
  readonly text: string
  /** Where the bytes are not plain UTF-8: what they are; the detail completes `pass.json is …`. */
  readonly slip?: { readonly kind: SlipKind; readonly detail: string }
}

/**
 * The text of a JSON file however it was saved: UTF-8, UTF-16 or UTF-32, with or without a byte order mark. What is
 * none of them is read as Windows-1252, which old editors write.
 */
export function decodeText(bytes: Uint8Array): DecodedText {
  const [a = 1, b = 1, c = 1, d = 1] = bytes
  // JSON begins with an ASCII character, so that zeros tell the width of the units and their order.
  if (a === 0xff && b === 0xfe && c === 0 && d === 0 && bytes.length >= 4) return utf32(bytes, true)
  if (a === 0 && b === 0 && c === 0xfe && d === 0xff) return utf32(bytes, false)
  if (a === 0xff && b === 0xfe) return utf16(bytes, 'utf-16le')
  if (a === 0xfe && b === 0xff) return utf16(bytes, 'utf-16be')
  if (a !== 0 && b === 0 && c === 0 && d === 0) return utf32(bytes, true)
  if (a === 0 && b === 0 && c === 0 && d !== 0) return utf32(bytes, false)
  if (a !== 0 && b === 0) return utf16(bytes, 'utf-16le')
  if (a === 0 && b !== 0) return utf16(bytes, 'utf-16be')
  return utf8(bytes)
}

function utf8(bytes: Uint8Array): DecodedText {
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(bytes)
    const marked = bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf
    return marked ? { text, slip: { kind: 'byte-order-mark', detail: 'UTF-8 with a byte order mark' } } : { text }
  } catch {
    return {
      text: new TextDecoder('windows-1252').decode(bytes),
      slip: { kind: 'not-utf-8', detail: 'not UTF-8; it was read as Windows-1252' },
    }
  }
}

function utf16(bytes: Uint8Array, encoding: 'utf-16le' | 'utf-16be'): DecodedText {
  return { text: new TextDecoder(encoding).decode(bytes), slip: { kind: 'wide-encoding', detail: 'UTF-16' } }
}

function utf32(bytes: Uint8Array, littleEndian: boolean): DecodedText {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const points: string[] = []
  for (let at = 0; at + 4 <= bytes.length; at += 4) {
    const point = view.getUint32(at, littleEndian)
    if (at === 0 && point === 0xfeff) continue
    points.push(point > 0x10ffff ? '\ufffd' : String.fromCodePoint(point))
  }
  return { text: points.join(''), slip: { kind: 'wide-encoding', detail: 'UTF-32' } }
}
