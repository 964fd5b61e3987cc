import { visibleText } from '../../kit/visible-text.js'
import { formatBytes, plural } from './numbers.js'
import { type Output, paint } from './styles.js'
import { cutText } from './width.js'

interface ChangeView {
  readonly kind: string
  readonly place: string
  readonly field?: string
  readonly before?: unknown
  readonly after?: unknown
}

interface DiffView {
  readonly same: boolean
  readonly differsInLayoutOnly: boolean
  readonly before: { readonly title: string }
  readonly after: { readonly title: string }
  readonly changes: readonly ChangeView[]
  readonly holder: readonly {
    readonly kind: string
    readonly locale: string
    readonly field: string
    readonly before?: string
    readonly after?: string
  }[]
}

/** Characters that are looked at for the 80 that are shown: a value may have millions. */
const LONGEST = 1000

/** Headings in their order, and the kinds of changes below each. */
const SECTIONS: readonly (readonly [title: string, kinds: readonly string[]])[] = [
  ['Card', ['style', 'text', 'colour']],
  ['Fields', ['field-added', 'field-removed', 'field-moved', 'label', 'value', 'message', 'format']],
  ['Barcode', ['barcode']],
  ['When and where', ['relevance']],
  ['Pictures', ['picture']],
  ['Texts', ['translation']],
  ['design.yaml', ['feeding']],
  ['Everything else', ['other']],
]

/** The changes below headings, added in green and removed in red, and what holders will notice. */
export function renderDiff(diff: DiffView, output: Output = process.stdout): string {
  const title = paint('bold', `${diff.before.title} -> ${diff.after.title}`, output)
  if (diff.same) {
    const detail = diff.differsInLayoutOnly
      ? 'The same card. The files differ in white space, comments or the order of keys only.'
      : 'No differences.'
    return `${title}\n${detail}`
  }
  return [title, ...diffSections(diff, output), plural(diff.changes.length, 'change')].join('\n\n')
}

/** The changes below headings, then what holders see. */
export function diffSections(diff: Pick<DiffView, 'changes' | 'holder'>, output: Output): string[] {
  const sections = SECTIONS.flatMap(([heading, kinds]) => {
    const changes = diff.changes.filter(({ kind }) => kinds.includes(kind))
    const lines = changes.map((change) => changeLine(change, output))
    return lines.length === 0 ? [] : [section(heading, lines, output)]
  })
  const holder = diff.holder.map((change) => holderLine(change, output))
  return holder.length === 0 ? sections : [...sections, section('What holders see', holder, output)]
}

export function section(heading: string, lines: readonly string[], output: Output): string {
  return [paint('bold', heading, output), ...lines].join('\n')
}

export type HolderView = DiffView['holder'][number]

export function holderLine({ kind, locale, field, before, after }: HolderView, output: Output): string {
  const text =
    kind === 'lock-screen'
      ? `the lock screen says ${quote(after)}`
      : `${shown(field)}${kind === 'back' ? ' (back)' : ''}: ${arrow(quote(before), quote(after))}`
  return `${mark(kind === 'lock-screen' ? after : before, after, output)} ${shown(locale)}  ${text}`
}

function changeLine(change: ChangeView, output: Output): string {
  return `${mark(change.before, change.after, output)} ${shown(sentence(change))}`
}

function mark(before: unknown, after: unknown, output: Output): string {
  const [sign, colour] =
    before === undefined
      ? (['+', 'green'] as const)
      : after === undefined
        ? (['-', 'red'] as const)
        : (['~', 'yellow'] as const)
  return paint(colour, `  ${sign}`, output)
}

function sentence(change: ChangeView): string {
  const { kind, place, before, after, field } = change
  if (kind === 'field-added') return `${fieldName(change)}: ${fieldText(after)}`
  if (kind === 'field-removed') return `${fieldName(change)}: ${fieldText(before)}`
  if (kind === 'field-moved') return `${field}: moved from ${placeText(before)} to ${placeText(after)}`
  if (isFile(before) || isFile(after)) return `${place}: ${arrow(fileText(before), fileText(after))}`
  const what =
    kind === 'translation'
      ? place.replace(
          /^(.+?)\.lproj\/[^/]+\.strings\/([\s\S]*)$/,
          (_, language, text) => `${language} ${quote(text, 40)}`,
        )
      : field === undefined
        ? place.replace(/^design\.yaml\//, '')
        : `${fieldName(change)} ${place.split('/').at(-1)}`
  return `${what}: ${arrow(json(before), json(after))}`
}

/** `level (header)` for `storeCard/headerFields/level/label`. */
function fieldName({ place, field }: ChangeView): string {
  const group = (place.split('/')[1] ?? '').replace(/Fields$/, '')
  return `${field === undefined || field === '' ? 'a field without a key' : field} (${group})`
}

/** `header 2` for `headerFields/1`. */
function placeText(place: unknown): string {
  const [group = '', index] = String(place).split('/')
  return `${group.replace(/Fields$/, '')} ${Number(index) + 1}`
}

function arrow(before: string | undefined, after: string | undefined): string {
  if (before === undefined || after === undefined) return before ?? after ?? ''
  return `${before} -> ${after}`
}

/** Keys, paths and texts of passes are somebody else's. */
function shown(text: string): string {
  return visibleText(text)
}

function json(value: unknown): string | undefined {
  return value === undefined ? undefined : visibleText(cutText(JSON.stringify(value).slice(0, LONGEST), 80))
}

function quote(text: string | undefined, most = 80): string | undefined {
  return text === undefined ? undefined : visibleText(cutText(JSON.stringify(text).slice(0, LONGEST), most))
}

function fieldText(field: unknown): string {
  const { label, value } = field as { label?: unknown; value?: unknown }
  return [label, value].flatMap((part) => json(part) ?? []).join(' ')
}

interface FileView {
  readonly bytes: number
  readonly width?: number
  readonly height?: number
}

function isFile(value: unknown): value is FileView {
  return typeof value === 'object' && value !== null && 'bytes' in value && typeof value.bytes === 'number'
}

function fileText(value: unknown): string | undefined {
  if (!isFile(value)) return undefined
  const { bytes, width, height } = value
  return width === undefined ? formatBytes(bytes) : `${width} x ${height}, ${formatBytes(bytes)}`
}
