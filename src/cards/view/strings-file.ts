/** One line of a pass.strings file. */
export interface StringsEntry {
  readonly key: string
  readonly value: string
  /** Where the key begins in the decoded text. */
  readonly offset: number
}

export interface StringsFile {
  /** Decoded, without a byte order mark. */
  readonly text: string
  readonly encoding: 'utf-8' | 'utf-16le' | 'utf-16be'
  readonly entries: readonly StringsEntry[]
  /** Offsets in the text where something stands that is no `"key" = "value";`; phones then may ignore the file. */
  readonly mistakes: readonly number[]
  /** Offset in the text from which on nothing was read, since the file is beyond {@link STRINGS_LIMITS}. */
  readonly cutAt?: number
}

/** Bounds of what is read; files of real passes have a hundredth of it. */
export const STRINGS_LIMITS = { bytes: 1024 * 1024, lines: 20_000 } as const

/** The translations of a pass.strings file: what pass.json says -> what the phone shows. The last of equal keys counts. */
export function parseStrings(bytes: Uint8Array): ReadonlyMap<string, string> {
  const file = readStringsFile(bytes)
  const known = maps.get(file) ?? new Map(file.entries.map(({ key, value }) => [key, value]))
  maps.set(file, known)
  return known
}

const maps = new WeakMap<StringsFile, ReadonlyMap<string, string>>()

const BARE = /[A-Za-z0-9_.$:/-]+/y
/** White space and comments of both kinds. */
const GAP = /(?:\s+|\/\*[\s\S]*?(?:\*\/|$)|\/\/[^\n]*)*/y

/**
 * Reads pass.strings as Apple's tools write them: UTF-8 or UTF-16 with or without a byte order mark, comments, quoted
 * and bare words, escapes. Never throws: what cannot be read is passed over up to the next semicolon and reported, and
 * nothing is read beyond {@link STRINGS_LIMITS}.
 */
export function readStringsFile(bytes: Uint8Array): StringsFile {
  const known = read.get(bytes) ?? parse(bytes)
  read.set(bytes, known)
  return known
}

/** Cards of one design share their files, and every rule about languages asks for them. */
const read = new WeakMap<Uint8Array, StringsFile>()

function parse(bytes: Uint8Array): StringsFile {
  const { text, encoding } = decodeStrings(bytes)
  const entries: StringsEntry[] = []
  const mistakes: number[] = []
  let at = 0

  function match(pattern: RegExp): RegExpExecArray | null {
    pattern.lastIndex = at
    const found = pattern.exec(text)
    if (found !== null) at += found[0].length
    return found
  }
  function word(): string | undefined {
    match(GAP)
    return text[at] === '"' ? quoted() : match(BARE)?.[0]
  }
  /** Character by character: a regular expression would need a stack as long as the text. */
  function quoted(): string | undefined {
    let end = at + 1
    while (end < text.length && text[end] !== '"') end += text[end] === '\\' ? 2 : 1
    if (end >= text.length) return undefined
    const content = text.slice(at + 1, end)
    at = end + 1
    return unescapeText(content)
  }
  function take(character: string): boolean {
    match(GAP)
    if (text[at] !== character) return false
    at++
    return true
  }

  for (match(GAP); at < text.length; match(GAP)) {
    const offset = at
    if (entries.length + mistakes.length >= STRINGS_LIMITS.lines)
      return { text, encoding, entries, mistakes, cutAt: offset }
    const key = word()
    // A key alone stands for itself.
    const value = key === undefined ? undefined : take('=') ? word() : key
    if (key !== undefined && value !== undefined && take(';')) {
      entries.push({ key, value, offset })
      continue
    }
    mistakes.push(offset)
    const next = text.indexOf(';', Math.max(at, offset + 1))
    at = next < 0 ? text.length : next + 1
  }
  return { text, encoding, entries, mistakes, ...(bytes.length > STRINGS_LIMITS.bytes && { cutAt: text.length }) }
}

function decodeStrings(bytes: Uint8Array): { text: string; encoding: StringsFile['encoding'] } {
  const encoding = encodingOf(bytes)
  const read = bytes.subarray(0, STRINGS_LIMITS.bytes)
  // Drops the byte order mark; bytes that fit the encoding not at all become U+FFFD, but half a character at a cut.
  return { text: new TextDecoder(encoding).decode(read, { stream: read.length < bytes.length }), encoding }
}

function encodingOf(bytes: Uint8Array): StringsFile['encoding'] {
  const [first, second] = bytes
  if (first === 0xff && second === 0xfe) return 'utf-16le'
  if (first === 0xfe && second === 0xff) return 'utf-16be'
  // Without a mark: a file begins with a quote, a comment or white space, so one of the first two bytes is zero.
  if (second === 0 && first !== 0 && first !== undefined) return 'utf-16le'
  if (first === 0 && second !== 0 && second !== undefined) return 'utf-16be'
  return 'utf-8'
}

const ESCAPES: Readonly<Record<string, string>> = { n: '\n', r: '\r', t: '\t', a: '\u0007', b: '\b', f: '\f', v: '\v' }

function unescapeText(text: string): string {
  return text.replaceAll(/\\(?:[Uu]([0-9a-fA-F]{4})|([0-7]{3})|([\s\S]))/g, (_, hex, octal, single) => {
    if (hex !== undefined) return String.fromCharCode(Number.parseInt(hex, 16))
    if (octal !== undefined) return String.fromCharCode(Number.parseInt(octal, 8))
    return ESCAPES[single] ?? single
  })
}
