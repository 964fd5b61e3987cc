import { isUtf8 } from 'node:buffer'
import { type Findings, shown } from './findings.js'

export const MANIFEST = 'manifest.json'

/** 2,000 files with long names; Apple's have 1-3 KB. */
const LARGEST = 1024 * 1024

/** Path -> what stands there as its digest; undefined when the file is no manifest at all. */
export function readManifest(bytes: Uint8Array, findings: Findings): Map<string, unknown> | undefined {
  const refuse = (message: string): undefined =>
    findings.add('manifest.parse', { file: MANIFEST, message }) as undefined
  if (bytes.length > LARGEST)
    return refuse(`manifest.json has ${bytes.length} bytes; more than ${LARGEST} are not read.`)
  const text = decode(bytes, findings)
  let parsed: unknown
  try {
    parsed = JSON.parse(text)
  } catch {
    return refuse(text.trim() === '' ? 'manifest.json is empty.' : 'manifest.json is no JSON.')
  }
  if (typeof parsed !== 'object' || parsed === null || Array.isArray(parsed))
    return refuse('manifest.json is no object of paths and digests.')
  const listed = new Map<string, unknown>(Object.entries(parsed))
  reportDuplicates(text, listed, findings)
  return listed
}

/** JSON is UTF-8 without a mark. What tools write instead is read all the same, and reported. */
function decode(bytes: Uint8Array, findings: Findings): string {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const report = (message: string, severity?: 'refused'): void =>
    findings.add('manifest.encoding', { file: MANIFEST, message, ...(severity && { severity }) })
  const [first, second] = buffer
  if ((first === 0xff && second === 0xfe) || (first === 0xfe && second === 0xff)) {
    report('manifest.json is UTF-16; JSON is UTF-8.')
    return new TextDecoder(first === 0xff ? 'utf-16le' : 'utf-16be').decode(buffer)
  }
  const hasMark = first === 0xef && second === 0xbb && buffer[2] === 0xbf
  if (hasMark) report('manifest.json begins with a byte order mark.')
  else if (!isUtf8(buffer)) report('manifest.json is not UTF-8: names in it cannot be read.', 'refused')
  return buffer.toString('utf8', hasMark ? 3 : 0)
}

function reportDuplicates(text: string, listed: ReadonlyMap<string, unknown>, findings: Findings): void {
  if (isPlain(text, listed.size)) return
  const seen = new Set<string>()
  const twice = new Set<string>()
  for (const key of topLevelKeys(text)) (seen.has(key) ? twice : seen).add(key)
  const names = [...twice]
  for (const path of names.slice(0, 20)) {
    findings.add('manifest.duplicate', {
      file: path,
      message: `manifest.json lists ${shown(path)} more than once.`,
      evidence: `the last one counts here: ${shown(String(listed.get(path)))}`,
    })
  }
  if (names.length > 20) {
    const message = `manifest.json lists ${names.length - 20} further files more than once.`
    findings.add('manifest.duplicate', { file: MANIFEST, message })
  }
}

/** Two strings for each member and no escapes: nothing is there twice. True of nearly every manifest. */
function isPlain(text: string, members: number): boolean {
  if (text.includes('\\')) return false
  let quotes = 0
  for (let at = text.indexOf('"'); at !== -1; at = text.indexOf('"', at + 1)) quotes += 1
  return quotes === 4 * members
}

/** The keys of the outermost object of valid JSON, repeated ones too. */
function* topLevelKeys(text: string): Generator<string> {
  let depth = 0
  let string: string | undefined
  for (let at = 0; at < text.length; at++) {
    const char = text[at]
    if (char === '"') {
      const start = at
      for (at += 1; text[at] !== '"' && at < text.length; at++) if (text[at] === '\\') at += 1
      if (depth === 1) string = text.slice(start, at + 1)
    } else if (char === '{' || char === '[') depth += 1
    else if (char === '}' || char === ']') depth -= 1
    else if (char === ':' && depth === 1 && string !== undefined) yield JSON.parse(string)
  }
}
