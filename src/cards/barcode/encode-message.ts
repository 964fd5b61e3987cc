/**
 * The bytes that a barcode holds for a message.
 *
 * @param encoding IANA name, as in `messageEncoding`
 * @returns a problem, as a whole sentence, when the encoding is not known or lacks a character
 */
export function encodeMessage(
  message: string,
  encoding: string,
): { readonly bytes: Uint8Array } | { readonly problem: string } {
  const name = encoding.trim().toLowerCase()
  if (name === 'utf-8' || name === 'utf8') return { bytes: new TextEncoder().encode(message) }
  const codes = codesOf(name)
  if (codes === undefined) return { problem: `The encoding ${encoding} is not known.` }
  const bytes: number[] = []
  for (const character of message) {
    const code = codes.get(character)
    if (code === undefined)
      return { problem: `The message has ${JSON.stringify(character)}, which ${encoding} does not have.` }
    bytes.push(code)
  }
  return { bytes: Uint8Array.from(bytes) }
}

const tables = new Map<string, ReadonlyMap<string, number> | undefined>()

/** Character -> byte, for encodings of one byte per character. */
function codesOf(name: string): ReadonlyMap<string, number> | undefined {
  if (!tables.has(name)) tables.set(name, makeCodes(name))
  return tables.get(name)
}

function makeCodes(name: string): ReadonlyMap<string, number> | undefined {
  const bytes = Array.from({ length: 256 }, (_, code) => code)
  // Browsers, and TextDecoder with them, read these names as windows-1252; Apple's phones do not.
  if (/^(?:iso[-_]?8859-1|latin1|l1)$/.test(name))
    return new Map(bytes.map((code) => [String.fromCharCode(code), code]))
  if (/^(?:us-)?ascii$/.test(name)) return new Map(bytes.slice(0, 128).map((code) => [String.fromCharCode(code), code]))
  // Two bytes per character, or bytes that depend on one another.
  if (/^(?:utf|ucs|gb|big5|euc|iso-2022|shift|sjis|x-user|replacement|hz)/.test(name)) return undefined
  try {
    const decoder = new TextDecoder(name)
    const codes = bytes.map((code) => [decoder.decode(Uint8Array.of(code)), code] as const)
    return new Map(codes.filter(([character]) => character !== '\ufffd'))
  } catch {
    return undefined
  }
}
