import type { TextRun } from './types.js'

// A tag ends before the next one begins, and a link where the next one does: time grows with the text, not its square.
const ANCHOR = /<a\b[^<>]*?\bhref\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'<>]+))[^<>]*>((?:(?!<a\b)[\s\S])*?)<\/a\s*>/gi
const ENTITIES: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'", nbsp: '\u00a0' }

/** The text and links of an attributedValue, which knows no other tag than `<a href>`; others are dropped. */
export function attributedRuns(text: string): TextRun[] {
  const runs: TextRun[] = []
  let end = 0
  for (const match of text.matchAll(ANCHOR)) {
    add(runs, plain(text.slice(end, match.index)))
    add(runs, plain(match[4] ?? ''), plain(match[1] ?? match[2] ?? match[3] ?? ''))
    end = match.index + match[0].length
  }
  add(runs, plain(text.slice(end)))
  return runs
}

/** Tags dropped, entities resolved. */
function plain(text: string): string {
  return text
    .replaceAll(/<br\s*\/?>/gi, '\n')
    .replaceAll(/<\/?[a-z][^<>]*>/gi, '')
    .replaceAll(/&(?:#x([0-9a-f]{1,6})|#(\d{1,7})|([a-z]+));/gi, (whole, hex, decimal, name) => {
      if (name !== undefined) return ENTITIES[name.toLowerCase()] ?? whole
      const code = hex === undefined ? Number(decimal) : Number.parseInt(hex, 16)
      return code <= 0x10ffff ? String.fromCodePoint(code) : whole
    })
}

const DETECTORS = {
  PKDataDetectorTypeLink: [/\bhttps?:\/\/[^\s<>"]+[^\s<>".,;:!?)\]}»”]|\bwww\.[^\s<>"]+[^\s<>".,;:!?)\]}»”]/, linkHref],
  // RFC 5321, 4.5.3.1.1: 64 characters before the @. Looked for from the beginning of a word only.
  email: [/(?<![\w.%+-])[\w.%+-]{1,64}@[\w-]+(?:\.[\w-]+)*\.\p{L}{2,}/u, (text: string) => `mailto:${text}`],
  PKDataDetectorTypePhoneNumber: [/(?<![\w.])\+?\d[\d\s().\u00a0-]{6,18}\d(?![\w])/, phoneHref],
} as const

/**
 * Links, e-mail addresses and phone numbers in a text of the back, as the phone's data detectors find them. Addresses
 * and appointments, which they find too, are left as text.
 *
 * @param types `dataDetectorTypes` of the field: all when it has none, none for an empty list
 */
export function detectRuns(text: string, types: unknown): TextRun[] {
  const wanted = Array.isArray(types) ? types : ['PKDataDetectorTypeLink', 'PKDataDetectorTypePhoneNumber']
  const active = Object.entries(DETECTORS).filter(([name]) =>
    wanted.includes(name === 'email' ? 'PKDataDetectorTypeLink' : name),
  )
  if (active.length === 0) return [{ text }]
  const pattern = new RegExp(active.map(([, [own]]) => `(${own.source})`).join('|'), 'giu')
  const runs: TextRun[] = []
  let end = 0
  for (const match of text.matchAll(pattern)) {
    const which = match.slice(1).findIndex((group) => group !== undefined)
    const href = active[which]?.[1][1](match[0])
    if (href === undefined) continue
    add(runs, text.slice(end, match.index))
    add(runs, match[0], href)
    end = match.index + match[0].length
  }
  add(runs, text.slice(end))
  return runs
}

function linkHref(text: string): string {
  return /^www\./i.test(text) ? `https://${text}` : text
}

/** A number needs 7 to 15 digits (E.164); dates and card numbers in groups of four are none. */
function phoneHref(text: string): string | undefined {
  const digits = text.replaceAll(/\D/g, '')
  if (digits.length < 7 || digits.length > 15) return undefined
  if (/^\d{4}[-.]\d{2}[-.]\d{2}$|^\d{2}[-.]\d{2}[-.]\d{4}$|^\d{4}([ -]\d{4})+$/.test(text.trim())) return undefined
  return `tel:${text.trim().startsWith('+') ? '+' : ''}${digits}`
}

function add(runs: TextRun[], text: string, href?: string): void {
  if (text !== '') runs.push(href === undefined ? { text } : { text, href })
}
