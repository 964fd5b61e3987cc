import { type DetPoint, RULE_OF_30 } from '../metrics/error-rates.js'
import { type LogAxis, logAxis } from './log-axis.js'

export interface DetCurve {
  readonly label: string
  readonly points: readonly DetPoint[]
  readonly impostorPairs: number
}

export interface TextPlace {
  readonly x: number
  readonly y: number
  readonly size: number
  readonly weight: 400 | 600
  readonly anchor: 'start' | 'middle' | 'end'
  readonly fill: string
  /** Degrees around the place. */
  readonly turn?: number
}

/** Draws a text as SVG: as text, or as outlines that need no font. */
export type DrawText = (text: string, place: TextPlace) => string

export const PLOT = { width: 760, height: 560 } as const
const AREA = { left: 84, top: 58, right: 728, bottom: 484 } as const
const INK = { text: '#1f2933', soft: '#66727f', grid: '#d9dee3', fine: '#eef1f3', frame: '#8a96a3' } as const
/** Told apart also by those who see red and green alike (Okabe and Ito). */
const COLOURS = ['#0072b2', '#d55e00', '#009e73', '#cc79a7', '#e69f00', '#56b4e9'] as const

/**
 * The curve of detection error trade-off on two logarithmic axes, as NIST draws it in FRTE: false match rate across,
 * false non-match rate up; lower and to the left is better. Where fewer than 30 false matches are left it is dashed.
 */
export function detSvg(
  curves: readonly DetCurve[],
  options: { readonly title: string; readonly drawText?: DrawText },
): string {
  const { title, drawText = plainText } = options
  const points = curves.flatMap((curve) => curve.points)
  const x = logAxis(
    points.map(({ fmr }) => fmr),
    { from: AREA.left, to: AREA.right, most: 1e-2 },
  )
  const y = logAxis(
    points.map(({ fnmr }) => fnmr),
    { from: AREA.bottom, to: AREA.top, most: 1e-1 },
  )
  const parts = [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${PLOT.width} ${PLOT.height}" width="${PLOT.width}" height="${PLOT.height}" role="img" aria-label="${escaped(title)}">`,
    `<rect width="${PLOT.width}" height="${PLOT.height}" fill="#ffffff"/>`,
    grid(x, y),
    `<clipPath id="area"><rect x="${AREA.left}" y="${AREA.top - 2}" width="${AREA.right - AREA.left + 2}" height="${AREA.bottom - AREA.top + 4}"/></clipPath>`,
    ...curves.map((curve, index) => curveSvg(curve, { x, y, colour: COLOURS[index % COLOURS.length] ?? INK.text })),
    `<rect x="${AREA.left}" y="${AREA.top}" width="${AREA.right - AREA.left}" height="${AREA.bottom - AREA.top}" fill="none" stroke="${INK.frame}"/>`,
    labels(x, y, drawText),
    drawText(title, { x: AREA.left, y: 34, size: 18, weight: 600, anchor: 'start', fill: INK.text }),
    legend(curves, drawText),
    '</svg>',
  ]
  return `${parts.join('\n')}\n`
}

function grid(x: LogAxis, y: LogAxis): string {
  const line = (x1: number, y1: number, x2: number, y2: number, colour: string): string =>
    `<path d="M${fixed(x1)} ${fixed(y1)}L${fixed(x2)} ${fixed(y2)}" stroke="${colour}"/>`
  const across = (value: number, colour: string) => line(x.at(value), AREA.top, x.at(value), AREA.bottom, colour)
  const up = (value: number, colour: string) => line(AREA.left, y.at(value), AREA.right, y.at(value), colour)
  return [
    ...x.fine.map((value) => across(value, INK.fine)),
    ...y.fine.map((value) => up(value, INK.fine)),
    ...x.ticks.map((value) => across(value, INK.grid)),
    ...y.ticks.map((value) => up(value, INK.grid)),
  ].join('\n')
}

function labels(x: LogAxis, y: LogAxis, drawText: DrawText): string {
  const small = { size: 13, weight: 400, fill: INK.soft } as const
  const large = { size: 14, weight: 400, fill: INK.text, anchor: 'middle' } as const
  return [
    ...x.ticks.map((value) =>
      drawText(tick(value), { ...small, x: x.at(value), y: AREA.bottom + 20, anchor: 'middle' }),
    ),
    ...y.ticks.map((value) =>
      drawText(tick(value), { ...small, x: AREA.left - 9, y: y.at(value) + 4.5, anchor: 'end' }),
    ),
    drawText('False match rate (FMR)', { ...large, x: (AREA.left + AREA.right) / 2, y: AREA.bottom + 50 }),
    drawText('False non-match rate (FNMR)', { ...large, x: 24, y: (AREA.top + AREA.bottom) / 2, turn: -90 }),
  ].join('\n')
}

interface Drawn {
  readonly x: LogAxis
  readonly y: LogAxis
  readonly colour: string
}

function curveSvg({ points, impostorPairs }: DetCurve, { x, y, colour }: Drawn): string {
  const shown = points.filter(({ fmr }) => fmr > 0).sort((a, b) => a.fmr - b.fmr)
  const firstSound = shown.findIndex(({ fmr }) => fmr * impostorPairs >= RULE_OF_30 - 0.5)
  const [few, sound] = firstSound < 0 ? [shown, []] : [shown.slice(0, firstSound + 1), shown.slice(firstSound)]
  const path = (part: readonly DetPoint[], dash: string): string => {
    if (part.length < 2) return ''
    const d = part
      .map(({ fmr, fnmr }, at) => `${at === 0 ? 'M' : 'L'}${fixed(x.at(fmr))} ${fixed(y.at(fnmr))}`)
      .join('')
    return `<path d="${d}" fill="none" stroke="${colour}" stroke-width="2.5" stroke-linejoin="round" clip-path="url(#area)"${dash}/>`
  }
  return [path(few, ' stroke-dasharray="6 5" opacity="0.75"'), path(sound, '')].filter(Boolean).join('\n')
}

/** Lower left, where curves seldom are; one line per curve and one for the dashes. */
function legend(curves: readonly DetCurve[], drawText: DrawText): string {
  const place = { size: 13, weight: 400, anchor: 'start', fill: INK.text } as const
  const rows = [
    ...curves.map(({ label }, index) => ({ label, colour: COLOURS[index % COLOURS.length] ?? INK.text, dash: '' })),
    { label: 'fewer than 30 false matches', colour: INK.soft, dash: ' stroke-dasharray="6 5"' },
  ]
  const top = AREA.bottom - 16 - rows.length * 20
  const width = 64 + Math.max(...rows.map(({ label }) => label.length)) * 7.2
  return [
    `<rect x="${AREA.left + 12}" y="${top}" width="${fixed(width)}" height="${rows.length * 20 + 8}" rx="4" fill="#ffffff" fill-opacity="0.9" stroke="${INK.grid}"/>`,
    ...rows.map(({ label, colour, dash }, index) => {
      const y = top + 18 + index * 20
      const line = `<path d="M${AREA.left + 24} ${y - 4}h28" stroke="${colour}" stroke-width="2.5"${dash}/>`
      return `${line}\n${drawText(label, { ...place, x: AREA.left + 62, y })}`
    }),
  ].join('\n')
}

/** `0.001`, and from a hundred-thousandth on `1e-5`. */
const tick = (value: number): string =>
  value < 0.99e-4 ? `1e${Math.round(Math.log10(value))}` : String(Number(value.toPrecision(1)))
const fixed = (value: number): string => String(Math.round(value * 100) / 100)

function plainText(text: string, { x, y, size, weight, anchor, fill, turn }: TextPlace): string {
  const turned = turn === undefined ? '' : ` transform="rotate(${turn} ${fixed(x)} ${fixed(y)})"`
  return `<text x="${fixed(x)}" y="${fixed(y)}" font-family="Inter, Helvetica, Arial, sans-serif" font-size="${size}" font-weight="${weight}" text-anchor="${anchor}" fill="${fill}"${turned}>${escaped(text)}</text>`
}

const escaped = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;')
