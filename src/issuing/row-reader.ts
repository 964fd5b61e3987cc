import { AppError } from '../kit/errors/index.js'
import { type CsvFile, inspectCsv } from './csv/inspect.js'
import { type CsvRow, readRows } from './csv/read-rows.js'
import type { IssueDeps, IssueInput } from './issue-types.js'
import { type CardDraft, createRowMapper, type RowProblem } from './map-row.js'
import { type ColumnPlan, planColumns } from './mapping.js'
import { SeenSerials } from './seen-serials.js'
import { createSerialMaker } from './serials.js'

/** Rows that are read, recorded and signed together. */
export const BATCH_ROWS = 256

/** What a row of the file turned out to be. */
export interface ReadRow {
  readonly row: CsvRow
  /** Ordinal from 1, the header not counted. */
  readonly ordinal: number
  readonly draft: CardDraft | undefined
  /**
   * Set when another row of the file has the same serial and counts instead: the first one, or with `update` the last.
   * Completes `serial "…" `.
   */
  readonly repeat: string | undefined
  readonly problems: readonly RowProblem[]
}

export interface RowBatch {
  readonly rows: readonly ReadRow[]
  /** Share of the file read, 0…1. */
  readonly share: number
}

/** A members' file, opened: its header is understood, its rows are still to come. */
export interface OpenMembers {
  readonly file: CsvFile
  readonly plan: ColumnPlan
  batches(): AsyncGenerator<RowBatch>
}

/**
 * Opens a CSV of members for a design.
 *
 * @throws AppError CSV_UNREADABLE, CSV_HEADER
 */
export async function openMembers(
  input: Pick<IssueInput, 'csv' | 'design' | 'map' | 'encoding' | 'delimiter' | 'ifExists'>,
  { secret, values }: { secret: Buffer } & Pick<IssueDeps, 'values'>,
): Promise<OpenMembers> {
  const file = await inspectCsv(input.csv, input)
  const header = await readHeader(file)
  const plan = planColumns({ file: input.csv, header, design: input.design, map: input.map })
  const source = { file, plan, design: input.design, secret, values }
  return { file, plan, batches: () => readBatches(source, input.ifExists) }
}

/** The names of the columns. @throws AppError CSV_UNREADABLE */
export async function readHeader(file: CsvFile): Promise<readonly string[]> {
  for await (const { rows } of readRows(file, 1)) {
    const [first] = rows
    if (first === undefined) break
    if (first.broken !== undefined) throw new AppError('CSV_UNREADABLE', `${file.path}: the header ${first.broken}`)
    return first.cells.map((name) => name.trim())
  }
  throw new AppError('CSV_UNREADABLE', `${file.path} has no header line`)
}

interface Source {
  readonly file: CsvFile
  readonly plan: ColumnPlan
  readonly design: IssueInput['design']
  readonly secret: Buffer
  readonly values: IssueDeps['values']
}

async function* readBatches(source: Source, ifExists: IssueInput['ifExists']): AsyncGenerator<RowBatch> {
  const repeatOf = ifExists === 'update' ? await keepLast(source) : keepFirst()
  for await (const { rows, share } of mapBatches(source)) {
    yield { rows: rows.map((row) => ({ ...row, repeat: row.draft && repeatOf(row.draft) })), share }
  }
}

type RepeatOf = (draft: CardDraft) => string | undefined

function keepFirst(): RepeatOf {
  const seen = new SeenSerials()
  return ({ serial, line }) => {
    const before = seen.firstLine(serial, line)
    return before === undefined ? undefined : `is already on line ${before}`
  }
}

/**
 * Reads the file once before: recording every state of a card in turn would make each run of the same file change the
 * card again, and tell its holder so.
 */
async function keepLast(source: Source): Promise<RepeatOf> {
  const last = new SeenSerials()
  for await (const { rows } of mapBatches(source)) {
    for (const { draft } of rows) if (draft) last.setLine(draft.serial, draft.line)
  }
  return ({ serial, line }) => {
    const later = last.lineOf(serial)
    return later === undefined || later === line ? undefined : `comes again on line ${later}, which counts`
  }
}

interface MappedBatch {
  readonly rows: readonly Omit<ReadRow, 'repeat'>[]
  readonly share: number
}

async function* mapBatches({ file, plan, design, secret, values }: Source): AsyncGenerator<MappedBatch> {
  const mapRow = createRowMapper(plan, { design, defaults: values, serialOf: derivedSerials({ plan, design, secret }) })
  let ordinal = -1
  for await (const { rows, bytesRead } of readRows(file, BATCH_ROWS)) {
    const read: MappedBatch['rows'][number][] = []
    for (const row of rows) {
      ordinal++
      if (ordinal === 0 || isBlank(row)) continue
      const mapped = mapRow(row, ordinal)
      if ('problems' in mapped) read.push({ row, ordinal, draft: undefined, problems: mapped.problems })
      else read.push({ row, ordinal, draft: mapped.draft, problems: [] })
    }
    yield { rows: read, share: bytesRead / file.bytes }
  }
}

/** Spreadsheets export the empty rows below a table as nothing but delimiters. */
export function isBlank({ cells, broken }: CsvRow): boolean {
  return broken === undefined && cells.every((cell) => cell.trim() === '')
}

/**
 * Serials of rows that bring none. Derived from named key columns, equal keys mean the same member; derived from whole
 * rows, equal rows are different members with the same data and get serials of their own.
 */
function derivedSerials({ plan, design, secret }: { plan: ColumnPlan; design: IssueInput['design']; secret: Buffer }) {
  const make = createSerialMaker(secret, design.name)
  if (design.config.serial !== undefined) {
    return (key: readonly string[]): string => (key.every((cell) => cell.trim() === '') ? '' : make(key, 1))
  }
  const names = plan.serial.kind === 'derived' ? plan.serial.key.map((index) => plan.header[index] ?? '') : []
  const seen = new SeenSerials()
  const repeated = new Map<string, number>()
  return (cells: readonly string[], row: CsvRow): string => {
    // Names go in too, in a fixed order, so that moving a column does not make everyone a new member.
    const pairs = cells.map((cell, index) => `${names[index]}=${cell.trim()}`).sort()
    const first = make(pairs, 1)
    if (seen.firstLine(first, row.line) === undefined) return first
    const occurrence = (repeated.get(first) ?? 1) + 1
    repeated.set(first, occurrence)
    return make(pairs, occurrence)
  }
}
