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
}

/** The translations of a pass.strings file: what pass.json says -> what the phone shows. The last of equal keys counts. */
export function parseStrings(bytes: Uint8Array): ReadonlyMap<string, string> {
  const file = readStringsFile(bytes)
  const known = maps.get(file) ?? new Map(file.entries.map(({ key, value }) => [key, value]))
  maps.set(file, known)
  return known
}

const maps = new WeakMap<StringsFile, ReadonlyMap<string, string>>()

const QUOTED = /"((?:[^"\\]|\\[\s\S])*)"/y
const BARE = /[A-Za-z0-9_.$:/-]+/y
/** White space and comments of both kinds. */
const GAP = /(?:\s+|\/\*[\s\S]*?(?:\*\/|$)|\/\/[^\n]*)*/y

/**
 * Reads pass.strings as Apple's tools write them: UTF-8 or UTF-16 with or without a byte order mark, comments, quoted
 * and bare words, escapes. Never throws: what cannot be read is passed over up to the next semicolon and reported.
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
    const quoted = match(QUOTED)
    if (quoted !== null) return unescapeText(quoted[1] ?? '')
    return match(BARE)?.[0]
  }
  function take(character: string): boolean {
    match(GAP)
    if (text[at] !== character) return false
    at++
    return true
  }

  for (match(GAP); at < text.length; match(GAP)) {
    const offset = at
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
  return { text, encoding, entries, mistakes }
}

function decodeStrings(bytes: Uint8Array): { text: string; encoding: StringsFile['encoding'] } {
  const encoding = encodingOf(bytes)
  // Drops the byte order mark; bytes that fit the encoding not at all become U+FFFD.
  return { text: new TextDecoder(encoding).decode(bytes), encoding }
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
