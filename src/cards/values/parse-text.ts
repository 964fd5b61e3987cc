import type { FieldSpec, Parsed } from './types.js'

// biome-ignore lint/suspicious/noControlCharactersInRegex: finding control characters is the purpose
const CONTROL = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f]/
/** Marks of writing direction and zero-width characters, which come along when numbers are copied from elsewhere. */
const INVISIBLE = /[\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]/g
const SPREADSHEET = /^\+?\d(?:[.,]\d+)?E\+\d+$/i
const DEFAULT_MAX_LENGTH = 10_000

export function parseText(spec: FieldSpec, text: string): Parsed {
  const limit = spec.maxLength ?? DEFAULT_MAX_LENGTH
  // Counted in code points: an emoji is one character to those who write it (or few), not two.
  if (text.length > limit && Array.from(text).length > limit) {
    return { ok: false, reason: `is longer than ${limit} characters` }
  }
  const control = CONTROL.exec(text)?.[0]
  if (control !== undefined) {
    const code = control.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')
    return { ok: false, reason: `has the control character U+${code}` }
  }
  return { ok: true, value: text }
}

/** Digits with their leading plus, as E.164 writes them; the country is not guessed. */
export function parsePhone(text: string): Parsed {
  if (SPREADSHEET.test(text)) return { ok: false, reason: 'was shortened by a spreadsheet; format the column as text' }
  const bare = text
    .replace(INVISIBLE, '')
    .replace(/^\+(.*?)\(0\)/, '+$1') // +44 (0)20: the zero is only dialled at home
    .replace(/[\s\u00a0\u202f()./\u2010-\u2014-]/g, '')
  if (!/^\+?\d+$/.test(bare)) return { ok: false, reason: 'is not a phone number' }
  const digits = bare.startsWith('+') ? bare.length - 1 : bare.length
  if (digits < 5) return { ok: false, reason: 'is not a phone number: it has fewer than 5 digits' }
  if (digits > 15) return { ok: false, reason: 'is not a phone number: it has more than 15 digits' }
  return { ok: true, value: bare }
}

const LOCAL_PART = /^[^\s@"(),:;<>[\]\\]{1,64}$/
const DOMAIN = /^(?:[\p{L}\p{N}](?:[\p{L}\p{N}-]{0,61}[\p{L}\p{N}])?\.)+[\p{L}][\p{L}\p{N}-]{0,61}[\p{L}\p{N}]$/u

export function parseEmail(text: string): Parsed {
  const at = text.lastIndexOf('@')
  const local = text.slice(0, at)
  const good =
    at > 0 &&
    text.length <= 254 &&
    LOCAL_PART.test(local) &&
    !CONTROL.test(local) &&
    !local.startsWith('.') &&
    !local.endsWith('.') &&
    !local.includes('..') &&
    DOMAIN.test(text.slice(at + 1))
  return good ? { ok: true, value: text } : { ok: false, reason: 'is not an e-mail address' }
}

export function parseUrl(text: string): Parsed {
  const reason = 'is not a web address; it must begin with https:// or http://'
  if (!/^https?:\/\/[^\s/]/i.test(text) || /\s/.test(text) || CONTROL.test(text)) return { ok: false, reason }
  return URL.canParse(text) ? { ok: true, value: text } : { ok: false, reason: 'is not a web address' }
}

const canonical = new WeakMap<readonly string[], ReadonlyMap<string, string>>()

export function parseEnum(spec: FieldSpec, text: string): Parsed {
  const options = spec.options ?? []
  let byFolded = canonical.get(options)
  if (byFolded === undefined) {
    byFolded = new Map(options.map((option) => [fold(option), option]))
    canonical.set(options, byFolded)
  }
  const value = byFolded.get(fold(text))
  if (value !== undefined) return { ok: true, value }
  const shown =
    options.length <= 12 ? options.join(', ') : `${options.slice(0, 12).join(', ')} and ${options.length - 12} more`
  return { ok: false, reason: `is not one of ${shown}` }
}

function fold(text: string): string {
  return text.normalize('NFC').trim().toLowerCase().replace(/\s+/g, ' ')
}
