import { extname } from 'node:path'
import { shellQuote } from '../../kit/shell-quote.js'
import { formatCount, formatDuration, plural } from './numbers.js'
import { shortPath } from './short-path.js'
import { type Output, paint } from './styles.js'
import { definitions, table } from './table.js'

interface CountsView {
  readonly design: string
  readonly rows: number
  readonly issued: number
  readonly updated: number
  readonly skipped: number
  readonly rejected: number
}

interface SummaryView extends CountsView {
  readonly out: string | null
  readonly zip: string | null
  readonly links: string | null
  readonly rejectedFile: string | null
  readonly seconds: number
}

/** What a finished or stopped run of `tessera issue` did. */
export function renderIssueSummary(
  full: SummaryView,
  {
    cwd,
    repeat = [],
    output = process.stdout,
  }: {
    readonly cwd: string
    /** Flags that decide how the file is read, as typed: the rejected rows are read in the same way. */
    readonly repeat?: readonly string[]
    readonly output?: Output
  },
): string {
  const view = {
    ...full,
    out: full.out && shortPath(full.out, cwd),
    zip: full.zip && shortPath(full.zip, cwd),
    links: full.links && shortPath(full.links, cwd),
    rejectedFile: full.rejectedFile && shortPath(full.rejectedFile, cwd),
  }
  const { issued, updated, skipped, rejected, seconds } = view
  const done = issued + updated
  const rate = seconds > 0 && done > 0 ? ` (${formatCount(Math.round(done / seconds))} cards a second)` : ''
  const facts = definitions(
    [
      ['Issued', formatCount(issued)],
      ['Updated', updated > 0 ? formatCount(updated) : undefined],
      ['Skipped', skipped > 0 ? `${formatCount(skipped)}, issued before and left as they are` : undefined],
      ['Rejected', rejected > 0 ? paint('red', formatCount(rejected), output) : undefined],
      ['Time', `${formatDuration(seconds)}${rate}`],
      ['Cards in', view.out ?? view.zip ?? undefined],
      ['Links in', view.links ?? undefined],
      ['Rejected rows in', view.rejectedFile ?? undefined],
    ],
    output,
  )
  const target = view.out === null ? (view.zip === null ? [] : ['--zip', fixedPath(view.zip)]) : ['--out', view.out]
  const again = ['tessera', 'issue', view.rejectedFile ?? '', '--design', view.design, ...repeat, ...target]
  const next =
    view.rejectedFile === null
      ? []
      : ['', 'Fix the rejected rows in that file and issue it:', `  ${paint('cyan', shellQuote(again), output)}`]
  return [facts, ...next].join('\n')
}

/** `cards.zip` -> `cards.fixed.zip`: the cards that were issued stay where they are. */
function fixedPath(zip: string): string {
  const extension = extname(zip)
  return `${zip.slice(0, zip.length - extension.length)}.fixed${extension}`
}

interface PreviewView extends CountsView {
  readonly encoding: string
  readonly delimiter: string
  readonly columns: Readonly<Record<string, string>>
  readonly unused: readonly string[]
  readonly cards: readonly {
    readonly serial: string
    readonly barcode: string
    readonly values: Readonly<Record<string, string | number>>
  }[]
  readonly problems: readonly { readonly line: number; readonly text: string }[]
}

/** What `--dry-run` found: how the file was read, the first cards, and every problem. */
export function renderIssuePreview(view: PreviewView, output: Output = process.stdout): string {
  const { rows, issued, updated, skipped, rejected, problems } = view
  const keys = [...new Set(view.cards.flatMap(({ values }) => Object.keys(values)))]
  const delimiter = view.delimiter === '\t' ? 'tab' : view.delimiter
  return [
    definitions(
      [
        ['File', `${plural(rows, 'row')}, ${view.encoding}, delimiter ${delimiter}`],
        ...Object.entries(view.columns).map(([target, column]) => [target, `from column "${column}"`] as const),
        ['Not used', view.unused.length > 0 ? view.unused.join(', ') : undefined],
      ],
      output,
    ),
    '',
    table(
      view.cards,
      [
        { title: 'Serial', value: (card) => card.serial },
        ...keys.map((key) => ({ title: key, value: (card: PreviewView['cards'][number]) => card.values[key] })),
        { title: 'Barcode', value: (card) => card.barcode },
      ],
      output,
    ),
    ...(problems.length === 0
      ? []
      : ['', ...problems.map(({ line, text }) => `${paint('yellow', `line ${line}:`, output)} ${text}`)]),
    '',
    `Would issue ${formatCount(issued)}, update ${formatCount(updated)}, skip ${formatCount(skipped)}, reject ${formatCount(rejected)}. Nothing was written.`,
  ].join('\n')
}
