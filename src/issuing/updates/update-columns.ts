import type { FieldSpec } from '../../cards/values/types.js'
import { closest } from '../../kit/closest.js'
import { AppError } from '../../kit/errors/index.js'
import { REASON_COLUMN } from '../mapping.js'
import type { DesignRules } from './design-rules.js'
import { OPTIONS, type Option } from './read-edit.js'

/** What a column changes of a card. */
export type Target =
  | { readonly kind: 'field'; readonly spec: FieldSpec }
  | { readonly kind: 'option'; readonly option: Option }

/** A column of a file of changes, as one design has it. */
export interface UpdateColumn {
  readonly index: number
  readonly name: string
  /** Empty when the design has nothing of that name. */
  readonly targets: readonly Target[]
}

export interface UpdatePlan {
  readonly header: readonly string[]
  /** Column of the serial. */
  readonly serial: number
  /** Every column that may change a card of the design. */
  columnsOf(rules: DesignRules): readonly UpdateColumn[]
}

/**
 * Decides what each column changes: the field of that key, or the one that design.yaml feeds from a column of that name;
 * else what every card has. Names are compared without case and surrounding space. Designs may differ: what a design
 * does not have is left to the rows of its cards.
 *
 * @throws AppError CSV_HEADER naming everything that does not fit any design, at once.
 */
export function planUpdates(file: string, header: readonly string[], designs: readonly DesignRules[]): UpdatePlan {
  const names = header.map(normal)
  const problems: string[] = []
  const serial = serialColumn(names, designs)
  const known = designs.flatMap((rules) => [...targetsOf(rules).keys()])
  if (serial === undefined) {
    const near = closest('serial', names)
    problems.push(`there is no column "serial"${near === undefined ? '' : ` (is it "${near}"?)`}`)
  }
  names.forEach((name, index) => {
    if (index === serial || isIdle(name)) return
    if (names.indexOf(name) !== index) problems.push(`the column "${header[index]}" is there more than once`)
    else if (!known.includes(name)) {
      const near = closest(name, known)
      problems.push(
        `no design has a field for the column "${header[index]}"${near ? ` (did you mean "${near}"?)` : ''}`,
      )
    }
  })
  const plans = new Map(designs.map((rules) => [rules, columnsFor(rules, { header, names, serial: serial ?? -1 })]))
  for (const [rules, columns] of plans) problems.push(...doubled(rules, columns))
  if (serial === undefined || problems.length > 0) {
    throw new AppError('CSV_HEADER', `${file} cannot be read as changes: ${problems.join('; ')}.`, {
      details: { file, problems, columns: header },
      hints: ['Name the columns by the keys of fields, and the one of the serials "serial".'],
    })
  }
  return { header, serial, columnsOf: (rules) => plans.get(rules) ?? [] }
}

function serialColumn(names: readonly string[], designs: readonly DesignRules[]): number | undefined {
  const configured = designs.flatMap(({ design: { config } }) =>
    config.serial !== undefined && 'column' in config.serial ? [normal(config.serial.column)] : [],
  )
  const found = ['serial', ...configured].map((name) => names.indexOf(name)).find((index) => index >= 0)
  return found
}

function columnsFor(
  rules: DesignRules,
  { header, names, serial }: { header: readonly string[]; names: readonly string[]; serial: number },
): UpdateColumn[] {
  const targets = targetsOf(rules)
  return names.flatMap((name, index) =>
    index === serial || isIdle(name) ? [] : [{ index, name: header[index] ?? '', targets: targets.get(name) ?? [] }],
  )
}

/** Name of a column, in lower case -> what it changes. One may feed a field and the card's expiry, as in issuing. */
function targetsOf({ design: { config, fields } }: DesignRules): ReadonlyMap<string, readonly Target[]> {
  const found = new Map<string, Target[]>()
  const add = (name: string, target: Target): void => {
    const key = normal(name)
    const own = found.get(key) ?? []
    if (!own.some((other) => idOf(other) === idOf(target))) found.set(key, [...own, target])
  }
  for (const spec of fields) add(spec.column ?? spec.key, { kind: 'field', spec })
  // A name that feeds another field in issuing feeds that one here as well.
  for (const spec of fields) if (!found.has(normal(spec.key))) add(spec.key, { kind: 'field', spec })
  const { barcode } = config
  const configured: Partial<Record<Option, string | undefined>> = {
    expires: config.expires?.column,
    locale: config.locale?.column,
    barcode: barcode !== undefined && 'column' in barcode ? barcode.column : undefined,
  }
  for (const option of OPTIONS) {
    // As in issuing, where a column `expires` feeds a field of that name and the expiry of the card as well.
    if (option in configured) add(configured[option] ?? option, { kind: 'option', option })
    // Otherwise a field of that name is what people mean.
    if (!found.has(option)) add(option, { kind: 'option', option })
  }
  return found
}

/** A field that two columns of the file would feed. */
function doubled({ name }: DesignRules, columns: readonly UpdateColumn[]): string[] {
  const by = new Map<string, string>()
  return columns.flatMap((column) =>
    column.targets.flatMap((target) => {
      const id = idOf(target)
      const other = by.get(id)
      by.set(id, column.name)
      if (other === undefined) return []
      return [`the columns "${other}" and "${column.name}" both feed ${id} of the design "${name}"`]
    }),
  )
}

function idOf(target: Target): string {
  return target.kind === 'field' ? `the field "${target.spec.key}"` : target.option
}

/** Columns without a name, as spreadsheets write them, and the reasons of rows that were rejected before. */
function isIdle(name: string): boolean {
  return name === '' || name === REASON_COLUMN
}

function normal(name: string): string {
  return name.trim().toLowerCase()
}
