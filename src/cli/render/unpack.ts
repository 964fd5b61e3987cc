import { visibleText } from '../../kit/visible-text.js'
import { formatBytes, plural } from './numbers.js'
import { type Output, paint } from './styles.js'
import { table } from './table.js'

interface UnpackView {
  readonly dir: string
  readonly dryRun: boolean
  readonly passes: readonly {
    readonly source: string
    readonly folder: string
    readonly files: readonly { readonly path: string; readonly bytes: number; readonly what: string }[]
  }[]
  readonly leftOut: readonly { readonly source: string; readonly rule?: string; readonly reason: string }[]
  readonly litter: readonly string[]
  readonly notes: readonly { readonly source: string; readonly rule: string; readonly message: string }[]
}

/** What was written, what was not, and why. Of one pass the files, of several how many. */
export function renderUnpacked(view: UnpackView, output: Output = process.stdout): string {
  const { passes, dir, dryRun, leftOut, litter, notes } = view
  const weigh = (files: readonly { bytes: number }[]): number => files.reduce((sum, { bytes }) => sum + bytes, 0)
  const [only] = passes
  const parts: string[] = []
  if (only !== undefined && passes.length === 1 && only.folder === '') {
    parts.push(
      table(
        only.files,
        [
          { title: 'FILE', value: ({ path }) => path },
          { title: 'SIZE', value: ({ bytes }) => formatBytes(bytes), align: 'right' },
          { title: 'WHAT IT IS', value: ({ what }) => what },
        ],
        output,
      ),
    )
  } else if (only !== undefined) {
    parts.push(
      table(
        passes,
        [
          { title: 'FOLDER', value: ({ folder }) => folder },
          { title: 'FILES', value: ({ files }) => files.length },
          { title: 'SIZE', value: ({ files }) => formatBytes(weigh(files)), align: 'right' },
        ],
        output,
      ),
    )
  }
  const several = passes.length > 1
  const from = (source: string): string => (several ? `${source}: ` : '')
  const remarks = [
    ...leftOut.map(({ source, rule, reason }) => `Left out: ${from(source)}${reason}${rule ? ` (${rule})` : ''}`),
    ...(litter.length === 0 ? [] : [`Passed over, left behind by a file manager: ${litter.join(', ')}`]),
    ...notes.map(({ source, rule, message }) => `Note: ${from(source)}${message} (${rule})`),
  ]
  if (remarks.length > 0) parts.push(remarks.map(visibleText).join('\n'))
  const count = plural(
    passes.reduce((sum, { files }) => sum + files.length, 0),
    'file',
  )
  const what = `${count}${several ? ` of ${plural(passes.length, 'pass', 'passes')}` : ''}`
  if (only === undefined) parts.push(paint('yellow', 'Nothing could be unpacked; nothing was written.', output))
  else
    parts.push(
      paint(
        'green',
        dryRun ? `Would write ${what} into ${dir}. Nothing was written.` : `Wrote ${what} into ${dir}`,
        output,
      ),
    )
  return parts.join('\n\n')
}
