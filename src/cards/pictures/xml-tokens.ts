export interface XmlAttribute {
  /** As written, with its prefix. */
  readonly name: string
  /** References such as `&amp;` and `&#58;` resolved. */
  readonly value: string
}

export type XmlToken = { /** The text of the token as written. */ readonly source: string } & (
  | {
      readonly kind: 'open'
      readonly name: string
      readonly attributes: readonly XmlAttribute[]
      readonly empty: boolean
    }
  | { readonly kind: 'close'; readonly name: string }
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'comment' | 'instruction' | 'declaration' }
  | { readonly kind: 'doctype' }
)

/** Thrown by {@link xmlTokens}: what is wrong, completing the sentence "the file …". */
export class XmlError extends Error {}

const NAME = String.raw`[\p{L}_:][\p{L}\p{N}\p{M}_:.\u00b7-]*`
const SPACE = String.raw`[ \t\r\n]`
const TOKENS: readonly (readonly [kind: XmlToken['kind'] | 'cdata', pattern: RegExp])[] = [
  ['comment', /<!--[\s\S]*?-->/y],
  ['cdata', /<!\[CDATA\[[\s\S]*?\]\]>/y],
  ['doctype', /<!DOCTYPE[^<>[\]]*(?:\[[\s\S]*?\][^<>[\]]*)?>/y],
  ['declaration', /<\?xml[ \t\r\n][^<>]*?\?>/y],
  ['instruction', /<\?[\s\S]*?\?>/y],
  ['close', new RegExp(`</(${NAME})${SPACE}*>`, 'yu')],
  ['open', new RegExp(`<(${NAME})((?:${SPACE}+${NAME}${SPACE}*=${SPACE}*(?:"[^"<]*"|'[^'<]*'))*)${SPACE}*(/?)>`, 'yu')],
  ['text', /[^<]+/y],
]
const ATTRIBUTE = new RegExp(`(${NAME})${SPACE}*=${SPACE}*(?:"([^"<]*)"|'([^'<]*)')`, 'gu')
const REFERENCES: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" }
const MAX_DEPTH = 200

/**
 * Reads XML strictly, as far as a drawing needs it: elements are closed in order, attributes are quoted, and only the
 * five references of XML itself and numbers may be used. What this reads, every XML parser reads the same way.
 *
 * @throws XmlError
 */
export function* xmlTokens(text: string): Generator<XmlToken> {
  const open: string[] = []
  let elements = 0
  for (let at = 0; at < text.length; ) {
    const token = readToken(text, at)
    at += token.source.length
    if (token.kind === 'open') {
      if (open.length === 0 && elements > 0) throw new XmlError('has more than one outermost element')
      elements++
      if (!token.empty) open.push(token.name)
      if (open.length > MAX_DEPTH) throw new XmlError(`nests elements deeper than ${MAX_DEPTH} levels`)
    } else if (token.kind === 'close' && open.pop() !== token.name) {
      throw new XmlError(`closes an element "${token.name}" that is not open`)
    } else if (token.kind === 'text' && open.length === 0 && token.text.trim() !== '') {
      throw new XmlError('has text outside of its outermost element')
    }
    yield token
  }
  if (open.length > 0) throw new XmlError(`ends inside of the element "${open.at(-1)}"`)
  if (elements === 0) throw new XmlError('has no element')
}

function readToken(text: string, at: number): XmlToken {
  for (const [kind, pattern] of TOKENS) {
    pattern.lastIndex = at
    const found = pattern.exec(text)
    if (found === null) continue
    const [source, name = '', attributes = '', slash] = found
    if (kind === 'open') return { kind, source, name, attributes: readAttributes(attributes), empty: slash === '/' }
    if (kind === 'close') return { kind, source, name }
    if (kind === 'text') return { kind, source, text: resolveReferences(source) }
    if (kind === 'cdata') return { kind: 'text', source, text: source.slice(9, -3) }
    return { kind, source }
  }
  const line = text.slice(0, at).split('\n').length
  throw new XmlError(`is broken in line ${line}, at ${JSON.stringify(text.slice(at, at + 20))}`)
}

function readAttributes(source: string): XmlAttribute[] {
  const attributes = [...source.matchAll(ATTRIBUTE)].map(([, name = '', double, single = '']) => ({
    name,
    value: resolveReferences(double ?? single),
  }))
  if (new Set(attributes.map(({ name }) => name)).size < attributes.length)
    throw new XmlError('gives an attribute twice')
  return attributes
}

function resolveReferences(text: string): string {
  return text.replaceAll(/&([^;\s]{0,32};?)/g, (all, reference: string) => {
    const name = reference.endsWith(';') ? reference.slice(0, -1) : ''
    const known = REFERENCES[name]
    if (known !== undefined) return known
    const [, hex, decimal] = /^#(?:x([0-9a-f]{1,6})|(\d{1,7}))$/i.exec(name) ?? []
    const code = hex === undefined ? Number(decimal) : Number.parseInt(hex, 16)
    if (Number.isNaN(code) || code > 0x10ffff) throw new XmlError(`uses the entity ${JSON.stringify(all)}`)
    return String.fromCodePoint(code)
  })
}
