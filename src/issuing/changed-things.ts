import type { Selectable } from 'kysely'
import type { CardTable, ChangedThing } from '../store/index.js'

type CardRow = Selectable<CardTable>
/** The columns that a change may touch, as they are after it. */
export type ChangedColumns = Partial<
  Pick<CardRow, 'field_values' | 'barcode' | 'locale' | 'expires_at' | 'voided_at' | 'pictures' | 'extras'>
>

/** What a change of a row of the store makes other than it was, as the record of changes tells it. */
export function changedThings(before: ChangedColumns, after: ChangedColumns): ChangedThing[] {
  const things: ChangedThing[] = []
  const add = (what: string, was: unknown, is: unknown): void => {
    if (JSON.stringify(was) === JSON.stringify(is)) return
    things.push({ what, ...(was === undefined ? {} : { before: was }), ...(is === undefined ? {} : { after: is }) })
  }
  const members = (column: 'field_values' | 'extras', name: (key: string) => string = (key) => key): void => {
    if (after[column] === undefined || after[column] === before[column]) return
    const [was, is] = [parsed(before[column]), parsed(after[column])]
    for (const key of new Set([...Object.keys(was), ...Object.keys(is)])) add(name(key), own(was, key), own(is, key))
  }
  members('field_values')
  for (const column of ['barcode', 'locale'] as const)
    if (after[column] !== undefined) add(column, before[column] ?? undefined, after[column] ?? undefined)
  if (after.expires_at !== undefined) add('expires', moment(before.expires_at), moment(after.expires_at))
  if (after.voided_at !== undefined) add('voided', isSet(before.voided_at), isSet(after.voided_at))
  if (after.pictures !== undefined) add('pictures', orNothing(before.pictures), orNothing(after.pictures))
  members('extras')
  return things
}

/** A key such as `constructor` is none of an object that does not have it itself. */
function own(object: Readonly<Record<string, unknown>>, key: string): unknown {
  return Object.hasOwn(object, key) ? object[key] : undefined
}

function parsed(text: string | null | undefined): Readonly<Record<string, unknown>> {
  return text === null || text === undefined ? {} : JSON.parse(text)
}

function orNothing(text: string | null | undefined): unknown {
  return text === null || text === undefined ? undefined : JSON.parse(text)
}

function moment(time: number | null | undefined): string | undefined {
  return time === null || time === undefined ? undefined : new Date(time).toISOString()
}

function isSet(time: number | null | undefined): boolean {
  return time !== null && time !== undefined
}
