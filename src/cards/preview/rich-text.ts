import type { Rgb } from '../colour/colour.js'
import { wrapText } from '../fonts/fit-text.js'
import type { Fonts } from '../fonts/fonts.js'
import type { TextRun, ViewField } from '../view/types.js'
import type { TextBox, TextLine } from './layout-types.js'
import { drawable, isRightToLeft } from './text-line.js'

interface TextPlace {
  readonly x: number
  readonly y: number
  readonly width: number
  readonly size: number
  readonly lineHeight: number
  /** Characters; what comes after them is cut. */
  readonly longest: number
  readonly colour: Rgb
  readonly link: Rgb
}

/** Where the baseline lies in a line, as a share of the size, below the middle of the line. */
const BASELINE = 0.36

/** A text of several lines with its links: one box for the plain parts and one for each link. */
export function richText(fonts: Fonts, field: ViewField, place: TextPlace): { boxes: TextBox[]; bottom: number } {
  const runs = shorten(field.runs ?? [{ text: field.text }], place.longest)
  const text = runs.map((run) => run.text).join('')
  const style = { size: place.size, weight: 400 } as const
  const { lines } = wrapText(fonts, text, { ...style, width: place.width })
  const parts: TextLine[][] = runs.map(() => [])
  let at = 0
  lines.forEach((line, index) => {
    at = text.indexOf(line, at)
    const baseline = place.y + index * place.lineHeight + place.lineHeight / 2 + place.size * BASELINE
    const spare = isRightToLeft(line) ? place.width - fonts.width(line, style) : 0
    let x = place.x + spare
    for (const { run, text: part } of split(runs, at, line.length)) {
      const width = fonts.width(part, style)
      parts[run]?.push({ text: part, x, baseline, width })
      x += width
    }
    at += line.length
  })
  const bottom = place.y + lines.length * place.lineHeight
  const rect = { x: place.x, y: place.y, width: place.width, height: bottom - place.y }
  const common = { kind: 'text', source: `${field.path}/value`, ...style } as const
  const truncated = drawable(field.text).length > place.longest
  const links = runs.flatMap((run, index): TextBox[] => {
    const own = parts[index] ?? []
    if (run.href === undefined || own.length === 0) return []
    const around = boundsOf(own, place)
    return [{ ...common, role: 'link', text: run.text, rect: around, lines: own, colour: place.link, truncated: false }]
  })
  const plain = runs.flatMap((run, index) => (run.href === undefined ? (parts[index] ?? []) : []))
  return {
    boxes: [
      { ...common, role: 'value', text: field.text, rect, lines: plain, colour: place.colour, truncated },
      ...links,
    ],
    bottom,
  }
}

function shorten(runs: readonly TextRun[], longest: number): TextRun[] {
  let left = longest
  return runs.map((run) => {
    const text = drawable(run.text).replaceAll('\t', ' ')
    const kept =
      text.length <= left ? text : `${text.slice(0, Math.max(0, left - 1)).toWellFormed()}${left > 0 ? '…' : ''}`
    left = Math.max(0, left - text.length)
    return { ...run, text: kept }
  })
}

/** The parts of a line that belong to one run each. */
function split(runs: readonly TextRun[], from: number, length: number): { run: number; text: string }[] {
  const parts: { run: number; text: string }[] = []
  let start = 0
  runs.forEach(({ text }, run) => {
    const part = text.slice(Math.max(0, from - start), Math.max(0, from + length - start))
    if (part !== '') parts.push({ run, text: part })
    start += text.length
  })
  return parts
}

function boundsOf(lines: readonly TextLine[], { size, lineHeight }: TextPlace) {
  const x = Math.min(...lines.map((line) => line.x))
  const right = Math.max(...lines.map((line) => line.x + line.width))
  const top = Math.min(...lines.map((line) => line.baseline)) - lineHeight / 2 - size * BASELINE
  const bottom = Math.max(...lines.map((line) => line.baseline)) + lineHeight / 2 - size * BASELINE
  return { x, y: top, width: right - x, height: bottom - top }
}
