import { BARCODES, barcodeFacts, barcodeProblem } from '../cards/barcode/formats.js'
import type { Design } from '../cards/design/design.js'
import { compileTextTemplate } from '../cards/text-template.js'
import type { ValueContext } from '../cards/values/context.js'
import { parseCell, parseValue } from '../cards/values/parse-value.js'
import type { FieldValue } from '../cards/values/types.js'
import type { BarcodeFormat } from '../cards/view/types.js'
import type { CsvRow } from './csv/read-rows.js'
import type { ColumnPlan } from './mapping.js'
import { serialProblem } from './serials.js'

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

/** Longest value that a message repeats. */
const SHOWN = 80
/** Longest barcode message, in characters: what the largest QR code holds as bytes (ISO/IEC 18004). */
const MAX_BARCODE = 2900

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

  const format = firstFormat(design)

  return (row: CsvRow, ordinal: number): MappedRow => {
    const problems: RowProblem[] = []
    const { line, cells } = row
    /** @param target - what is wrong when no column of the file feeds it. */
    const reject = (index: number | undefined, reason: string, target?: string): void => {
      const column = index === undefined ? target : plan.header[index]
      const value = index === undefined ? undefined : shown(cells[index] ?? '')
      problems.push({
        line,
        ...(column === undefined ? {} : { column }),
        ...(value === undefined ? {} : { value }),
        reason,
      })
    }
    if (row.broken !== undefined) return { problems: [{ line, reason: row.broken }] }
    if (cells.length !== plan.header.length) {
      return {
        problems: [
          {
            line,
            reason: `has ${cells.length} ${cells.length === 1 ? 'column' : 'columns'}, the header has ${plan.header.length}`,
          },
        ],
      }
    }
    for (let index = 0; index < cells.length; index++) {
      const cell = cells[index] as string
      if (cell.includes('\uFFFD')) reject(index, 'has bytes that are not valid text in the encoding of the file')
      else if (!cell.isWellFormed()) reject(index, 'has half a character in it')
    }
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
    const expires = expiry(cellAt(cells, plan.expires), context ?? defaults)
    if (typeof expires === 'string') reject(plan.expires, expires)

    const serial = readSerial(row)
    const wrong = serial === '' ? 'is empty' : serialProblem(serial)
    if (wrong !== undefined) reject(plan.serial.kind === 'column' ? plan.serial.index : undefined, wrong, 'serial')

    const message = plan.barcode === undefined ? barcodeOf({ serial, values }) : (cells[plan.barcode] as string).trim()
    if (message === '' && wrong === undefined)
      reject(plan.barcode, 'is empty, so the card would have no barcode', 'barcode')
    if (message.length > MAX_BARCODE)
      reject(plan.barcode, `is longer than the ${MAX_BARCODE} characters of a barcode`, 'barcode')
    else if (message !== '') {
      const problem = format === undefined ? undefined : barcodeProblem(format, message)
      if (problem !== undefined)
        reject(plan.barcode, `${plan.barcode === undefined ? `"${message}" ` : ''}${problem}`, 'barcode')
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

/** The format of the design's first barcode: the one that its maker meant. */
function firstFormat({ config, passJson }: Design): BarcodeFormat | undefined {
  if (config.barcode?.format !== undefined) return BARCODES[config.barcode.format].format
  const [first]: unknown[] = Array.isArray(passJson.barcodes) ? passJson.barcodes : []
  return barcodeFacts((first as { readonly format?: unknown } | null | undefined)?.format)?.format
}

/** A cell as a message repeats it; no character is cut in half. */
function shown(cell: string): string {
  return cell.length <= SHOWN
    ? cell
    : Array.from(cell.slice(0, 2 * SHOWN))
        .slice(0, SHOWN)
        .join('')
}

/** The cell without surrounding space; undefined when there is no such column or nothing in it. */
function cellAt(cells: readonly string[], index: number | undefined): string | undefined {
  if (index === undefined) return undefined
  const text = (cells[index] as string).trim()
  return text === '' ? undefined : text
}

/** Epoch milliseconds; the reason when it is no date. A plain date means the end of that day, UTC. */
function expiry(text: string | undefined, context: ValueContext): number | string | undefined {
  if (text === undefined) return undefined
  const parsed = parseValue({ key: 'expires', type: 'date', required: false }, text, context)
  if (!parsed.ok) return parsed.reason
  const date = String(parsed.value)
  return Date.parse(date.length === 10 ? `${date}T23:59:59Z` : date)
}

/** One context per language, since rows repeat them. */
class Contexts {
  readonly #defaults: ValueContext
  readonly #known = new Map<string, ValueContext | undefined>()

  constructor(defaults: ValueContext) {
    this.#defaults = defaults
  }

  /** Undefined when the tag is none. */
  of(locale: string | undefined): ValueContext | undefined {
    if (locale === undefined) return this.#defaults
    if (!this.#known.has(locale)) {
      this.#known.set(locale, isLanguageTag(locale) ? { ...this.#defaults, locale } : undefined)
    }
    return this.#known.get(locale)
  }
}

function isLanguageTag(text: string): boolean {
  try {
    return Intl.getCanonicalLocales(text).length === 1
  } catch {
    return false
  }
}
