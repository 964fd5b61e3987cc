/** An element of XML with its text, as far as reports need it. */
export interface XmlElement {
  readonly name: string
  readonly attributes: Readonly<Record<string, string>>
  readonly children: readonly XmlElement[]
  readonly text: string
}

const TOKEN = /<\?xml[^?]*\?>|<\/([\w-]+)>|<([\w-]+)((?:\s+[\w-]+="[^"<]*")*)\s*(\/?)>|([^<]+)/gy
// biome-ignore lint/suspicious/noControlCharactersInRegex: what XML 1.0 forbids
const FORBIDDEN = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]|&(?!(?:amp|lt|gt|quot|apos|#\d+);)/
const NAMED: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" }

/** Reads a document strictly; throws for what is not well formed. Knows elements, attributes, text and entities. */
export function readXml(document: string): XmlElement {
  if (FORBIDDEN.test(document) || !document.isWellFormed()) throw new Error('a character that XML does not allow')
  const root = { name: '', attributes: {}, children: [] as XmlElement[], text: '' }
  const open = [root]
  let at = 0
  for (const match of document.matchAll(TOKEN)) {
    if (match.index !== at) break
    at += match[0].length
    const [, closed, opened, attributes = '', empty, text] = match
    const top = open.at(-1) ?? root
    if (text !== undefined) top.text += plain(text)
    if (closed !== undefined) {
      if (top.name !== closed || open.pop() === root) throw new Error(`</${closed}> closes ${top.name}`)
    }
    if (opened !== undefined) {
      const pairs = [...attributes.matchAll(/([\w-]+)="([^"]*)"/g)].map(([, key = '', value = '']) => [
        key,
        plain(value),
      ])
      const element = { name: opened, attributes: Object.fromEntries(pairs), children: [], text: '' }
      top.children.push(element)
      if (empty === '') open.push(element)
    }
  }
  const [only, ...others] = root.children
  if (at !== document.length || open.length !== 1 || only === undefined || others.length > 0)
    throw new Error(`not well formed at ${at}: ${document.slice(at, at + 40)}`)
  return only
}

function plain(text: string): string {
  return text.replaceAll(/&(?:#(\d+)|(\w+));/g, (_, code?: string, name = '') =>
    code === undefined ? (NAMED[name] ?? '') : String.fromCodePoint(Number(code)),
  )
}
