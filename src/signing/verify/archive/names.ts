import { isAscii } from 'node:buffer'
import type { SigningRuleId } from '../rules/index.js'

export interface NameProblem {
  readonly rule: SigningRuleId
  /** Without capital and full stop. */
  readonly text: string
}

/** Plain names, by far the most: no check below could find anything in them. */
const PLAIN = /^(?:[A-Za-z0-9_@-][\w@.-]*\/)*[A-Za-z0-9_@-][\w@.-]*\/?$/

/** Why an entry must not be unpacked under its name; undefined when it may. */
export function problemOfName(name: string): NameProblem | undefined {
  if (name.length <= 500 && PLAIN.test(name)) return undefined
  if (name === '') return { rule: 'archive.name', text: 'a file has no name' }
  if (name.length > 500) return { rule: 'archive.name', text: 'the name is too long' }
  if (/\p{Cc}/u.test(name)) return { rule: 'archive.name', text: 'the name has control characters' }
  if (/^[/\\]/.test(name) || /^[a-z]:/i.test(name)) return { rule: 'archive.traversal', text: 'the path is absolute' }
  const parts = name.replace(/[/\\]$/, '').split(/[/\\]/)
  if (parts.includes('..')) return { rule: 'archive.traversal', text: 'the path leads out of the pass' }
  if (name.includes('\\')) return { rule: 'archive.backslash', text: 'the path has backslashes' }
  if (parts.includes('.')) return { rule: 'archive.name', text: 'the path has a part that is a dot only' }
  if (parts.includes('')) return { rule: 'archive.name', text: 'the path has empty parts' }
  return undefined
}

const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })

/** UTF-8 whatever the flag says, as most writers do it; else byte by byte, so that the name can at least be shown. */
export function decodeName(bytes: Buffer): { name: string; utf8: boolean } {
  if (isAscii(bytes)) return { name: bytes.toString('latin1'), utf8: true }
  try {
    return { name: utf8.decode(bytes), utf8: true }
  } catch {
    return { name: bytes.toString('latin1'), utf8: false }
  }
}

/** What file managers and archivers leave behind. */
const LITTER =
  /(?:^|\/)(?:__MACOSX\/|\.DS_Store$|\._|\.git\/|\.Spotlight-V100|\.Trashes|Thumbs\.db$|ehthumbs\.db$|desktop\.ini$)/i

export function isLitter(name: string): boolean {
  return LITTER.test(name)
}

/** Tells names that were seen before, exactly or nearly. */
export class SeenNames {
  readonly #names = new Set<string>()
  /** Folded -> as it stood first. */
  readonly #folded = new Map<string, string>()

  /** What the name collides with; remembers it. */
  collision(name: string): { rule: SigningRuleId; other: string } | undefined {
    if (this.#names.has(name)) return { rule: 'archive.name-twice', other: name }
    this.#names.add(name)
    const composed = name.normalize('NFC')
    const folded = composed.toLowerCase()
    const other = this.#folded.get(folded)
    if (other === undefined) {
      this.#folded.set(folded, name)
      return undefined
    }
    return { rule: other.normalize('NFC') === composed ? 'archive.name-unicode' : 'archive.name-case', other }
  }
}
