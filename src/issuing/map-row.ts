import type { Design } from '../cards/design/design.js'
import { compileTextTemplate } from '../cards/text-template.js'
import type { ValueContext } from '../cards/values/context.js'
import { parseCell } from '../cards/values/parse-value.js'
import type { FieldValue } from '../cards/values/types.js'
import { barcodeFormat, messageProblem } from './barcode-message.js'
import { Contexts, parseExpiry, shownCell } from './cell-values.js'
import type { CsvRow } from './csv/read-rows.js'
import type { ColumnPlan } from './mapping.js'
import { serialProblem } from './serials.js'
import { unreadableRow } from './unreadable-row.js'

/** What a row says of a card, before the store is asked. */
export interface CardDraft {
  readonly line: number
  /** Ordinal of the row in the file, from 1: identifies it in a resumed run. */
  readonly row: number
  readonly serial: string
  readonly values: Readonly<Record<string, FieldValue>>
  readonly barcode: string
  readonly locale: string | undefined
  readonly expiresAt: number | undefined
  /** Image name -> path as written in the file. */
  readonly pictures: Readonly<Record<string, string>> | undefined
}

/** One reason why a row is not issued. Reads as `members.csv line 42: birthday "31/02/1990" is not a date`. */
export interface RowProblem {
  readonly line: number
  /** Undefined when the row as a whole is wrong. */
  readonly column?: string
  readonly value?: string
  readonly reason: string
}

export type MappedRow = { readonly draft: CardDraft } | { readonly problems: readonly RowProblem[] }

/**
 * Compiles the way from a row to a card.
 *
 * @param serialOf - makes a serial from the key cells of a row that brings none.
 * @param defaults - of the launch: its locale and currency.
 */
export function createRowMapper(
  plan: ColumnPlan,
  {
    design,
    defaults,
    serialOf,
  }: { design: Design; defaults: ValueContext; serialOf: (key: readonly string[], row: CsvRow) => string },
) {
  const contexts = new Contexts(defaults)
  const { barcode } = design.config
  const barcodeOf = compileTextTemplate(barcode && 'value' in barcode ? barcode.value : '{serial}')

  const format = barcodeFormat(design)

  return (row: CsvRow, ordinal: number): MappedRow => {
    const problems: RowProblem[] = []
    const { line, cells } = row
    /** @param target - what is wrong when no column of the file feeds it. */
    const reject = (index: number | undefined, reason: string, target?: string): void => {
      const column = index === undefined ? target : plan.header[index]
      const value = index === undefined ? undefined : shownCell(cells[index] ?? '')
      problems.push({
        line,
        ...(column === undefined ? {} : { column }),
        ...(value === undefined ? {} : { value }),
        reason,
      })
    }
    problems.push(...unreadableRow(row, plan.header))
    if (problems.length > 0) return { problems }

    const locale = cellAt(cells, plan.locale)
    const context = contexts.of(locale)
    if (context === undefined) reject(plan.locale, 'is not a language tag such as en or ru')
    const values: Record<string, FieldValue> = {}
    for (const { spec, index } of plan.fields) {
      const parsed = parseCell(spec, index === undefined ? undefined : cells[index], context ?? defaults)
      if (parsed === undefined) continue
      if (parsed.ok) values[spec.key] = parsed.value
      else reject(index, parsed.reason, spec.key)
    }
    const until = cellAt(cells, plan.expires)
    const expires = until === undefined ? undefined : parseExpiry(until, context ?? defaults)
    if (typeof expires === 'string') reject(plan.expires, expires)

    const serial = readSerial(row)
    const wrong = serial === '' ? 'is empty' : serialProblem(serial)
    if (wrong !== undefined) reject(plan.serial.kind === 'column' ? plan.serial.index : undefined, wrong, 'serial')

    const message = plan.barcode === undefined ? barcodeOf({ serial, values }) : (cells[plan.barcode] as string).trim()
    // Without a serial there is nothing that a template could be filled with.
    const unreadable = message === '' && wrong !== undefined ? undefined : messageProblem(message, format)
    if (unreadable !== undefined) {
      const made = unreadable.inFormat && plan.barcode === undefined ? `"${message}" ` : ''
      reject(plan.barcode, `${made}${unreadable.reason}`, 'barcode')
    }
    if (problems.length > 0) return { problems }
    return {
      draft: {
        line,
        row: ordinal,
        serial,
        values,
        barcode: message,
        locale,
        expiresAt: typeof expires === 'number' ? expires : undefined,
        pictures: picturesOf(cells),
      },
    }
  }

  function readSerial(row: CsvRow): string {
    if (plan.serial.kind === 'column') return (row.cells[plan.serial.index] as string).trim()
    return serialOf(
      plan.serial.key.map((index) => row.cells[index] as string),
      row,
    )
  }

  function picturesOf(cells: readonly string[]): Record<string, string> | undefined {
    let pictures: Record<string, string> | undefined
    for (const { image, index } of plan.pictures) {
      const path = cellAt(cells, index)
      if (path !== undefined) {
        pictures ??= {}
        pictures[image] = path
      }
    }
    return pictures
  }
}

/** The cell without surrounding space; undefined when there is no such column or nothing in it. */
function cellAt(cells: readonly string[], index: number | undefined): string | undefined {
  if (index === undefined) return undefined
  const text = (cells[index] as string).trim()
  return text === '' ? undefined : text
}
