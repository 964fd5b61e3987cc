import { formatBytes, plural } from './numbers.js'
import { type Output, paint } from './styles.js'
import { definitions, table } from './table.js'

interface ImportView {
  readonly name: string
  readonly dir: string
  readonly dryRun: boolean
  readonly source: string
  readonly style: string
  readonly compared: readonly string[]
  readonly taken: readonly { readonly path: string; readonly bytes: number }[]
  readonly leftOut: readonly { readonly path: string; readonly reason: string }[]
  readonly fields: readonly {
    readonly key: string
    readonly shown: string
    readonly type: string
    readonly why: string
    readonly sample: string
  }[]
  readonly sameOnEveryCard: readonly { readonly key: string; readonly shown: string; readonly text: string }[]
  readonly codes: {
    readonly serialField?: string
    readonly barcode?: { readonly value?: string; readonly column?: string; readonly why: string }
  }
  readonly mended: readonly string[]
  readonly notes: readonly string[]
}

/** What was taken from a pass, what was suggested, what was left out. */
export function renderImport(view: ImportView, output: Output = process.stdout): string {
  const { taken, codes, fields, sameOnEveryCard } = view
  const weight = formatBytes(taken.reduce((sum, { bytes }) => sum + bytes, 0))
  const barcode = codes.barcode
  const parts = [
    definitions(
      [
        ['pass', view.source],
        ['compared with', view.compared.length === 0 ? undefined : view.compared.join(', ')],
        ['style', view.style],
        ['taken', `${plural(taken.length, 'file')}, ${weight}`],
        ['serial', codes.serialField === undefined ? undefined : `column "${codes.serialField}"`],
        ['barcode', barcode && `${barcode.value ?? `column "${barcode.column}"`}: ${barcode.why}`],
      ],
      output,
    ),
    fields.length === 0
      ? 'No field looked as if it differed from member to member.'
      : table(
          fields,
          [
            { title: 'FIELD', value: ({ key }) => key },
            { title: 'SHOWN', value: ({ shown }) => shown },
            { title: 'TYPE', value: ({ type }) => type },
            { title: 'SAMPLE', value: ({ sample }) => short(sample) },
            { title: 'WHY', value: ({ why }) => why },
          ],
          output,
        ),
  ]
  if (sameOnEveryCard.length > 0) {
    parts.push(
      table(
        sameOnEveryCard,
        [
          { title: 'THE SAME ON EVERY CARD', value: ({ key }) => key },
          { title: 'SHOWN', value: ({ shown }) => shown },
          { title: 'TEXT', value: ({ text }) => short(text, 70) },
        ],
        output,
      ),
    )
  }
  const remarks = [
    ...view.mended.map((text) => `Mended: ${text}`),
    ...view.leftOut.map(({ path, reason }) => `Left out: ${path} ${reason}.`),
    ...view.notes.map((text) => `Note: ${text}`),
  ]
  if (remarks.length > 0) parts.push(remarks.join('\n'))
  parts.push(paint('green', view.dryRun ? `Would make ${view.dir}. Nothing was written.` : `Made ${view.dir}`, output))
  return parts.join('\n\n')
}

function short(text: string, most = 32): string {
  const line = text.replaceAll(/\s+/g, ' ')
  return line.length <= most ? line : `${line.slice(0, most - 1)}…`
}
