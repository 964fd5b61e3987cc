import { shellQuote } from '../../kit/shell-quote.js'
import { visibleText } from '../../kit/visible-text.js'
import { type HolderView, holderLine } from './design-diff.js'
import { formatCount, formatDuration, plural } from './numbers.js'
import { shortPath } from './short-path.js'
import { silenceLines } from './silence.js'
import { type Output, paint } from './styles.js'
import { definitions } from './table.js'
import { cutText } from './width.js'

export interface ThingView {
  readonly what: string
  readonly before?: unknown
  readonly after?: unknown
}

interface CardPreviewView {
  readonly serial: string
  readonly design: string
  readonly things: readonly ThingView[]
  readonly holder: readonly HolderView[]
  readonly picture: boolean
}

type SilentView = Parameters<typeof silenceLines>[0]

interface PreviewView {
  readonly changed: number
  readonly unchanged: number
  readonly silent: SilentView
  readonly cards: readonly CardPreviewView[]
  readonly notes?: readonly string[]
  readonly rejected?: number
  readonly problems?: readonly { readonly line: number; readonly text: string }[]
}

/** Cards of which everything is shown; --json has more of them. */
const SHOWN = 10
const MOST_PROBLEMS = 20

/** What each holder will see, the first cards in full. */
export function renderUpdatePreview(view: PreviewView, output: Output = process.stdout): string {
  const { changed, unchanged, silent, rejected = 0, problems = [], notes = [] } = view
  const cards = view.cards.slice(0, SHOWN).map((card) => [...cardLines(card, output), ''].join('\n'))
  const more = changed - Math.min(view.cards.length, SHOWN)
  const wrong = problems
    .slice(0, MOST_PROBLEMS)
    .map(({ line, text }) => `${paint('yellow', `line ${line}:`, output)} ${visibleText(text)}`)
  const already = unchanged > 0 ? ` ${sentenceOf(unchanged)}` : ''
  const bad = rejected > 0 ? ` ${plural(rejected, 'row')} would be rejected.` : ''
  return [
    ...cards,
    ...(more > 0 ? [`… and ${plural(more, 'more card')}.`, ''] : []),
    ...(wrong.length > 0 ? [...wrong, ''] : []),
    ...paragraph(silenceLines(silent, output)),
    ...paragraph(notes.map((note) => noteLine(note, output))),
    `Would change ${plural(changed, 'card')}.${already}${bad} Nothing was written.`,
  ].join('\n')
}

/** `3 cards changed. 1 already was as asked.` */
export function renderUpdateResult(
  {
    changed,
    unchanged,
    silent,
    notes,
  }: Pick<PreviewView, 'changed' | 'unchanged' | 'silent'> & {
    readonly notes: readonly string[]
  },
  output: Output = process.stdout,
): string {
  const already = unchanged > 0 ? ` ${sentenceOf(unchanged)}` : ''
  return [
    `${plural(changed, 'card')} changed.${already}`,
    ...silenceLines(silent, output),
    ...notes.map((note) => noteLine(note, output)),
  ].join('\n')
}

interface SummaryView {
  readonly rows: number
  readonly changed: number
  readonly unchanged: number
  readonly rejected: number
  readonly silent: SilentView
  readonly rejectedFile: string | null
  readonly seconds: number
}

/** What a finished or stopped run of `card update --from` did. */
export function renderUpdateSummary(
  { changed, unchanged, rejected, silent, rejectedFile, seconds }: SummaryView,
  {
    cwd,
    repeat = [],
    output = process.stdout,
  }: {
    readonly cwd: string
    /** Flags that decide how the file is read, as typed. */
    readonly repeat?: readonly string[]
    readonly output?: Output
  },
): string {
  const file = rejectedFile === null ? null : shortPath(rejectedFile, cwd)
  const facts = definitions(
    [
      ['Changed', formatCount(changed)],
      ['Unchanged', unchanged > 0 ? `${formatCount(unchanged)}, as asked already` : undefined],
      ['Rejected', rejected > 0 ? paint('red', formatCount(rejected), output) : undefined],
      ['Time', formatDuration(seconds)],
      ['Rejected rows in', file ?? undefined],
    ],
    output,
  )
  const again = file === null ? [] : ['tessera', 'card', 'update', '--from', file, ...repeat]
  return [
    facts,
    ...(silent.cards > 0 ? ['', ...silenceLines(silent, output)] : []),
    ...(file === null
      ? []
      : ['', 'Fix the rejected rows in that file and run it:', `  ${paint('cyan', shellQuote(again), output)}`]),
  ].join('\n')
}

function cardLines({ serial, design, things, holder, picture }: CardPreviewView, output: Output): string[] {
  const seen = new Set(holder.map(({ field }) => field))
  const rest = things.filter(({ what }) => !seen.has(what))
  const told = holder.some(({ kind }) => kind === 'lock-screen')
  return [
    `${paint('bold', visibleText(serial), output)} ${paint('dim', `(${design})`, output)}`,
    ...holder.map((change) => holderLine(change, output)),
    ...rest.map((thing) => thingLine(thing, output)),
    ...(picture ? [`${paint('yellow', '  ~', output)} the picture is another one`] : []),
    ...(told ? [] : [`${paint('yellow', '  !', output)} nothing on the lock screen`]),
  ]
}

/** `~ expires: - -> 2027-12-31T23:59:59.000Z` */
function thingLine({ what, before, after }: ThingView, output: Output): string {
  return `${paint('yellow', '  ~', output)} ${visibleText(what)}: ${valueText(before)} -> ${valueText(after)}`
}

/** A value of the history on one line; `-` for none. */
export function valueText(value: unknown): string {
  if (value === undefined) return '-'
  return visibleText(cutText(typeof value === 'string' ? value : JSON.stringify(value), 80))
}

function noteLine(note: string, output: Output): string {
  return `${paint('yellow', 'Note:', output)} ${note}`
}

function paragraph(lines: readonly string[]): string[] {
  return lines.length === 0 ? [] : [...lines, '']
}

function sentenceOf(unchanged: number): string {
  return `${formatCount(unchanged)} already ${unchanged === 1 ? 'is' : 'are'} as asked.`
}
