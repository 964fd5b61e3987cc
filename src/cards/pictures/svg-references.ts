import type { XmlAttribute } from './xml-tokens.js'

const EMBEDDED = /^data:image\/(?:png|jpe?g|gif|webp);base64,([a-z0-9+/=\s]*)$/i

export const SIMPLIFY = 'Simplify the drawing, or export it as PNG.'

/** An SVG that is not taken: why, completing the sentence "logo.svg …", and what to do. */
export class Refused extends Error {
  readonly advice: string
  constructor(reason: string, advice: string) {
    super(reason)
    this.advice = advice
  }
}

export function checkDoctype(source: string): void {
  if (!/<!ENTITY|\[/i.test(source)) return
  throw new Refused(
    'is an SVG that declares entities, which may hide references to other files',
    'Export it as plain SVG (in Illustrator: File, Export As), or as PNG.',
  )
}

export function checkInstruction(source: string): void {
  if (/^<\?xml-stylesheet/i.test(source)) throw reachesOut('a style sheet')
}

export function reachesOut(what: string): Refused {
  return new Refused(
    `is an SVG that refers to ${what.length > 80 ? `${what.slice(0, 77)}…` : what}, which is outside of the file`,
    'Embed what it refers to and convert texts to outlines, or export it as PNG.',
  )
}

export function localName(name: string): string {
  return name.replace(/^.*:/, '').toLowerCase()
}

export function checkAttribute(element: string, { name, value }: XmlAttribute, embedded: Buffer[]): void {
  const local = localName(name)
  if (name.toLowerCase() === 'xml:base') throw reachesOut(`"${value}"`)
  if (local === 'href' || local === 'src') {
    // A link that a reader could follow; nothing is drawn from it.
    if (element === 'a' || value.trim() === '' || value.trim().startsWith('#')) return
    const data = EMBEDDED.exec(value.trim())?.[1]
    if (data === undefined || (element !== 'image' && element !== 'feimage')) throw reachesOut(`"${value}"`)
    embedded.push(Buffer.from(data, 'base64'))
  } else if (!name.startsWith('xmlns')) checkCss(value)
}

/** References of CSS, also those that are written with escapes to look harmless. */
export function checkCss(text: string): void {
  const css = text
    .replaceAll(/\/\*[\s\S]*?\*\//g, '')
    .replaceAll(/\\([0-9a-f]{1,6})\s?/gi, (_all, hex: string) => {
      const code = Number.parseInt(hex, 16)
      return code > 0x10ffff ? '' : String.fromCodePoint(code)
    })
    .replaceAll(/\\(?=[^\n])/g, '')
  if (/@import/i.test(css)) throw reachesOut('another style sheet (@import)')
  for (const [, target = ''] of css.matchAll(/url\(\s*["']?([^"')]*)/gi)) {
    if (!/^\s*(?:#|data:)/i.test(target)) throw reachesOut(`"${target.trim()}"`)
  }
}
