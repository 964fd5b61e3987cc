import type { Design } from '../cards/design/design.js'
import type { FieldSpec } from '../cards/values/types.js'
import { closest } from '../kit/closest.js'
import { AppError } from '../kit/errors/index.js'

/** Column of the reasons in a `.rejected.csv`; ignored when such a file is issued. */
export const REASON_COLUMN = 'tessera_error'

/** Which column of a file feeds what. Indexes count from 0. */
export interface ColumnPlan {
  readonly header: readonly string[]
  readonly fields: readonly { readonly spec: FieldSpec; readonly index: number | undefined }[]
  readonly serial: SerialSource
  /** Column of the barcode's message; undefined when it is derived from a template. */
  readonly barcode: number | undefined
  readonly locale: number | undefined
  readonly expires: number | undefined
  readonly pictures: readonly { readonly image: string; readonly index: number }[]
  /** Columns that feed nothing. */
  readonly unused: readonly string[]
}

/** Where a card's serial comes from: a column, or derived from key columns (all columns when undefined). */
export type SerialSource =
  | { readonly kind: 'column'; readonly index: number }
  | { readonly kind: 'derived'; readonly key: readonly number[] }

export interface PlanInput {
  readonly file: string
  readonly header: readonly string[]
  readonly design: Design
  /** From --map: target -> column, in the order given. */
  readonly map: ReadonlyMap<string, string>
}

/**
 * Decides what each column feeds: `--map` first, then design.yaml, then a column of the same name as the target.
 * Names are compared without case and surrounding space.
 *
 * @throws AppError CSV_HEADER naming everything that does not fit, at once.
 */
export function planColumns({ file, header, design, map }: PlanInput): ColumnPlan {
  const problems: string[] = []
  const columns = new Columns(header, problems)
  const targets = targetsOf(design)
  const mapped = new Map<string, number>()
  for (const [target, column] of map) {
    const index = columns.find(column)
    if (index === undefined)
      problems.push(`--map names the column "${column}", which is not there${columns.hint(column)}`)
    if (!targets.includes(target)) {
      const near = closest(target, targets)
      problems.push(
        `--map names the target "${target}", which the design does not have${near ? ` (did you mean ${near}?)` : ''}`,
      )
    }
    if (index !== undefined) mapped.set(target, index)
  }
  const source = (target: string, configured: string | undefined, required: boolean): number | undefined => {
    const index = mapped.get(target) ?? columns.take(configured ?? target)
    if (index === undefined && required) {
      const needed = configured ?? target
      problems.push(`there is no column "${needed}" for ${target}${columns.hint(needed)}`)
    }
    return index
  }

  const { config } = design
  const fields = design.fields.map((spec) => ({
    spec,
    index: source(spec.key, spec.column, spec.required && spec.default === undefined),
  }))
  const barcodeColumn = config.barcode && 'column' in config.barcode ? config.barcode.column : undefined
  const serialConfig = config.serial
  let serial: SerialSource
  if (serialConfig && 'key' in serialConfig && !mapped.has('serial')) {
    const key = serialConfig.key.map((column) => {
      const index = columns.take(column)
      if (index === undefined)
        problems.push(`there is no column "${column}" for the serial's key${columns.hint(column)}`)
      return index ?? 0
    })
    serial = { kind: 'derived', key }
  } else {
    const configured = serialConfig && 'column' in serialConfig ? serialConfig.column : undefined
    const index = source('serial', configured, configured !== undefined)
    serial = index === undefined ? { kind: 'derived', key: allBut(header, REASON_COLUMN) } : { kind: 'column', index }
  }
  const plan = {
    header,
    fields,
    serial,
    barcode: source('barcode', barcodeColumn, barcodeColumn !== undefined),
    locale: source('locale', config.locale?.column, false),
    expires: source('expires', config.expires?.column, false),
    pictures: Object.entries(config.pictures).flatMap(([image, picture]) => {
      const index = source(`picture.${image}`, picture.column, false)
      return index === undefined ? [] : [{ image, index }]
    }),
  }
  if (problems.length > 0) {
    throw new AppError('CSV_HEADER', `${file} does not fit the design "${design.name}": ${problems.join('; ')}.`, {
      details: { file, problems, columns: header },
      hints: ['Rename the column, or map it: --map "column in the file=field of the design".'],
    })
  }
  const used = new Set([...mapped.values(), ...columns.taken])
  return { ...plan, unused: header.filter((name, index) => !used.has(index) && name !== '' && name !== REASON_COLUMN) }
}

/** Everything that --map may point at. */
export function targetsOf(design: Design): readonly string[] {
  const pictures = Object.keys(design.config.pictures).map((image) => `picture.${image}`)
  return [...design.fields.map((spec) => spec.key), 'serial', 'barcode', 'locale', 'expires', ...pictures]
}

function allBut(header: readonly string[], left: string): number[] {
  return header.flatMap((name, index) => (name === left ? [] : [index]))
}

/** The header, looked up by name. A name that occurs twice is a problem only when something asks for it. */
class Columns {
  readonly taken = new Set<number>()
  readonly #byName = new Map<string, number[]>()
  readonly #problems: string[]

  constructor(header: readonly string[], problems: string[]) {
    this.#problems = problems
    header.forEach((name, index) => {
      const key = normal(name)
      this.#byName.set(key, [...(this.#byName.get(key) ?? []), index])
    })
  }

  find(name: string): number | undefined {
    const found = this.#byName.get(normal(name)) ?? []
    if (found.length > 1) this.#problems.push(`the column "${name}" is there ${found.length} times`)
    return found[0]
  }

  take(name: string): number | undefined {
    const index = this.find(name)
    if (index !== undefined) this.taken.add(index)
    return index
  }

  hint(name: string): string {
    const near = closest(normal(name), [...this.#byName.keys()])
    return near === undefined ? '' : ` (did you mean "${near}"?)`
  }
}

function normal(name: string): string {
  return name.trim().toLowerCase()
}

/**
 * Reads `--map "column=target"` flags: target -> column, since one column may feed several targets. The last `=`
 * divides, since column names may contain one.
 *
 * @throws AppError CSV_HEADER
 */
export function parseMap(flags: readonly string[]): ReadonlyMap<string, string> {
  const map = new Map<string, string>()
  for (const flag of flags) {
    const at = flag.lastIndexOf('=')
    const [column, target] = [flag.slice(0, at).trim(), flag.slice(at + 1).trim()]
    if (at < 1 || column === '' || target === '') {
      throw new AppError('CSV_HEADER', `--map "${flag}" is not of the form column=target`)
    }
    const other = map.get(target)
    if (other !== undefined && other !== column) {
      throw new AppError('CSV_HEADER', `--map feeds "${target}" from two columns, "${other}" and "${column}"`)
    }
    map.set(target, column)
  }
  return map
}
