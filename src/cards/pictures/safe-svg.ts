import { gunzipSync } from 'node:zlib'
import { ExpansionCounter } from './svg-expansion.js'
import {
  checkAttribute,
  checkCss,
  checkDoctype,
  checkInstruction,
  localName,
  Refused,
  reachesOut,
  SIMPLIFY,
} from './svg-references.js'
import { type XmlAttribute, XmlError, type XmlToken, xmlTokens } from './xml-tokens.js'

/** Limits of a drawing; a logo has a few hundred elements. Bytes are those of the text, uncompressed. */
export const SVG_LIMITS = {
  bytes: 4 * 1024 * 1024,
  elements: 20_000,
  uses: 500,
  filters: 40,
  filtered: 500,
  drawn: 100_000,
} as const

export interface SafeSvg {
  readonly ok: true
  /** The drawing without anything that reaches outside of it, `width` x `height` in size. */
  readonly svg: Buffer
  readonly width: number
  readonly height: number
  /** Pictures inside of the drawing. */
  readonly embedded: readonly Buffer[]
  readonly notes: readonly string[]
}
export interface UnsafeSvg {
  readonly ok: false
  /** Completes the sentence "logo.svg …". */
  readonly reason: string
  readonly advice: string
}

/** Elements that draw nothing; they are left out with all that is in them. */
const LEFT_OUT = new Set(['script', 'foreignobject', 'metadata', 'handler', 'listener'])
/** Filter effects that are drawn fast whatever their values; noise and the like may take minutes. */
const EFFECTS =
  /^fe(?:gaussianblur|offset|blend|composite|flood|merge|mergenode|colormatrix|dropshadow|componenttransfer|func[rgba])$/

/**
 * Makes an SVG from anywhere safe to draw. References to other files are refused, since the picture would not look as
 * meant without them; scripts and other things that are not drawn are left out.
 *
 * @param longest the longer side of the result in pixels; shapes have no size of their own
 */
export function safeSvg(bytes: Uint8Array, longest: number): SafeSvg | UnsafeSvg {
  try {
    return rewrite(decodeText(bytes), longest)
  } catch (error) {
    if (error instanceof Refused) return { ok: false, reason: error.message, advice: error.advice }
    if (error instanceof XmlError) {
      return {
        ok: false,
        reason: `is an SVG that ${error.message}`,
        advice: 'Export it again as plain SVG, or as PNG.',
      }
    }
    throw error
  }
}

function decodeText(bytes: Uint8Array): string {
  const large = new Refused(`is an SVG of more than ${SVG_LIMITS.bytes / 1024 / 1024} MB`, SIMPLIFY)
  let plain = bytes
  if (bytes[0] === 0x1f && bytes[1] === 0x8b) {
    try {
      plain = gunzipSync(bytes, { maxOutputLength: SVG_LIMITS.bytes })
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'ERR_BUFFER_TOO_LARGE') throw large
      throw new Refused('is a compressed file that cannot be unpacked', 'Export it again as plain SVG, or as PNG.')
    }
  }
  if (plain.length > SVG_LIMITS.bytes) throw large
  try {
    return new TextDecoder(encodingOf(plain), { fatal: true }).decode(plain)
  } catch {
    throw new Refused('is an SVG whose text is damaged', 'Export it again with the encoding UTF-8.')
  }
}

function encodingOf(bytes: Uint8Array): string {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return 'utf-16le'
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return 'utf-16be'
  const head = Buffer.from(bytes.subarray(0, 200)).toString('latin1')
  return /^\s*<\?xml[^>]*?encoding\s*=\s*["']([\w.-]+)["']/.exec(head)?.[1] ?? 'utf-8'
}

function rewrite(text: string, longest: number): SafeSvg {
  let out = ''
  let size: { width: number; height: number } | undefined
  const counts = { elements: 0, uses: 0, filters: 0 }
  const embedded: Buffer[] = []
  const expansion = new ExpansionCounter()
  const notes = new Set<string>()
  /** Depth of an element that is left out, with all that is in it. */
  let skipping: number | undefined
  let depth = 0
  /** The style sheet so far: what comments and CDATA split is one text for CSS. */
  let style: string | undefined

  for (const token of xmlTokens(text)) {
    if (token.kind === 'doctype') checkDoctype(token.source)
    if (token.kind === 'instruction') checkInstruction(token.source)
    if (token.kind === 'open') {
      const name = localName(token.name)
      if (LEFT_OUT.has(name) && skipping === undefined) {
        if (name !== 'metadata') notes.add(`<${token.name.replace(/^.*:/, '')}> in it was left out.`)
        skipping = depth
      }
      if (skipping === undefined) {
        if (name === 'include') throw reachesOut('a file (<include>)')
        count(counts, name)
        expansion.open(token.attributes, token.empty)
        for (const attribute of token.attributes) checkAttribute(name, attribute, embedded)
        if (name === 'text') notes.add(TEXT_NOTE)
        if (size === undefined) {
          if (name !== 'svg') throw new XmlError(`begins with <${name}> instead of <svg>`)
          size = sizeOf(token.attributes, longest)
          out += openRoot(token, size)
        } else out += token.source
      }
      if (name === 'style' && !token.empty) style = ''
      if (!token.empty) depth++
      else if (skipping === depth) skipping = undefined
    } else if (token.kind === 'close') {
      depth--
      if (skipping === undefined) {
        out += token.source
        expansion.close()
      } else if (skipping === depth) skipping = undefined
      if (style !== undefined) checkCss(style)
      style = undefined
    } else if (token.kind === 'text' && skipping === undefined) {
      if (style !== undefined) style += token.text
      out += token.source
    }
  }
  if (size === undefined) throw new XmlError('has no element')
  if (expansion.total() > SVG_LIMITS.drawn)
    throw new Refused('is an SVG whose parts use each other without end', SIMPLIFY)
  return { ok: true, svg: Buffer.from(out), ...size, embedded, notes: [...notes] }
}

const TEXT_NOTE =
  'It has texts, which are drawn with the fonts of this computer; convert them to outlines to be sure of their look.'

function count(counts: { elements: number; uses: number; filters: number }, name: string): void {
  counts.elements++
  if (name === 'use') counts.uses++
  if (/^fe[a-z]/.test(name)) {
    if (!EFFECTS.test(name)) throw new Refused(`is an SVG with the filter effect <${name}>`, SIMPLIFY)
    counts.filters++
  }
  for (const key of ['elements', 'uses', 'filters'] as const) {
    if (counts[key] <= SVG_LIMITS[key]) continue
    const what = { elements: 'elements', uses: '<use> elements', filters: 'filter effects' }[key]
    throw new Refused(`is an SVG with more than ${SVG_LIMITS[key]} ${what}`, SIMPLIFY)
  }
  if (counts.filters > 0 && counts.elements > SVG_LIMITS.filtered) {
    throw new Refused(`is an SVG with filter effects and more than ${SVG_LIMITS.filtered} elements`, SIMPLIFY)
  }
}

function sizeOf(attributes: readonly XmlAttribute[], longest: number): { width: number; height: number } {
  const of = (name: string) => attributes.find((attribute) => attribute.name === name)?.value.trim()
  const box = of('viewBox')
    ?.split(/[\s,]+/)
    .map(Number)
  const [width = Number.NaN, height = Number.NaN] = box?.slice(2) ?? [pixels(of('width')), pixels(of('height'))]
  if (!(width > 0 && height > 0 && Number.isFinite(width / height))) {
    throw new Refused('is an SVG that does not say its size', 'Export it with width and height, or as PNG.')
  }
  const scale = longest / Math.max(width, height)
  return { width: Math.max(1, Math.round(width * scale)), height: Math.max(1, Math.round(height * scale)) }
}

const UNITS: Readonly<Record<string, number>> = {
  '': 1,
  px: 1,
  pt: 4 / 3,
  pc: 16,
  mm: 96 / 25.4,
  cm: 96 / 2.54,
  in: 96,
}

function pixels(length: string | undefined): number {
  const [, number, unit = ''] = /^\+?(\d*\.?\d+(?:e[+-]?\d+)?)\s*([a-z]*)$/i.exec(length ?? '') ?? []
  return Number(number) * (UNITS[unit.toLowerCase()] ?? Number.NaN)
}

/** The root with our size, whatever size it claims. A drawing without viewBox gets one, so that it is scaled. */
function openRoot(token: XmlToken & { kind: 'open' }, { width, height }: { width: number; height: number }): string {
  const kept = token.attributes.filter(({ name }) => !['width', 'height', 'x', 'y'].includes(name))
  const given = (name: string) => token.attributes.find((attribute) => attribute.name === name)?.value
  if (given('viewBox') === undefined) {
    kept.push({ name: 'viewBox', value: `0 0 ${pixels(given('width'))} ${pixels(given('height'))}` })
  }
  const written = [...kept, { name: 'width', value: String(width) }, { name: 'height', value: String(height) }]
    .map(({ name, value }) => ` ${name}="${escapeAttribute(value)}"`)
    .join('')
  return `<${token.name}${written}${token.empty ? '/' : ''}>`
}

function escapeAttribute(value: string): string {
  return value.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;')
}
