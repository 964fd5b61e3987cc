import type { CardExtras, FieldValue } from '../../cards/model.js'
import type { ChangedThing } from '../../store/index.js'
import { messageProblem } from '../barcode-message.js'
import type { StoredCard } from '../cards/card-view.js'
import { changedThings } from '../changed-things.js'
import type { DesignRules } from './design-rules.js'

/** What is asked of a card. What is absent stays as it is; null takes the card's own away. */
export interface CardEdit {
  /** Field key -> value. */
  readonly values?: ReadonlyMap<string, FieldValue | null>
  /** Epoch milliseconds. */
  readonly expiresAt?: number | null
  readonly voided?: boolean
  readonly locale?: string | null
  /** The message; null makes it from the design's template again. */
  readonly barcode?: string | null
  readonly sharing?: boolean | null
  readonly locationText?: string | null
  readonly beaconText?: string | null
}

/** The columns that an edit may touch, as they are after it. */
export type EditedColumns = Pick<
  StoredCard,
  'field_values' | 'barcode' | 'locale' | 'expires_at' | 'voided_at' | 'extras'
>

type Values = Readonly<Record<string, FieldValue>>

/** A card with what an edit makes of it. */
export interface EditedCard {
  /** As it is in the store. */
  readonly row: StoredCard
  readonly rules: DesignRules
  readonly after: EditedColumns
  readonly values: { readonly before: Values; readonly after: Values }
  /** Empty when the card already was as asked. */
  readonly things: readonly ChangedThing[]
}

/** Why a card cannot be made as asked; reads as `barcode "…" is not …`. */
export interface EditProblem {
  readonly column: string
  readonly value?: string
  readonly reason: string
}

/**
 * What an edit makes of a card. Nothing is written.
 *
 * @param before - its columns where they are not those of the store: an earlier row of the same batch changed them.
 */
export function editCard(
  row: StoredCard,
  edit: CardEdit,
  { rules, now, before = row }: { rules: DesignRules; now: number; before?: EditedColumns },
): { readonly card: EditedCard } | { readonly problem: EditProblem } {
  const own: Values = JSON.parse(before.field_values)
  const values = edit.values === undefined ? own : withChanges(own, edit.values)
  const barcode = barcodeAfter(edit, { row, before, rules, own, values })
  if (barcode !== before.barcode) {
    const wrong = messageProblem(barcode, rules.format)
    if (wrong !== undefined) {
      const shown = barcode === '' ? {} : { value: barcode.slice(0, 80) }
      return { problem: { column: 'barcode', ...shown, reason: wrong.reason } }
    }
  }
  const after: EditedColumns = {
    field_values: values === own ? before.field_values : JSON.stringify(values),
    barcode,
    locale: edit.locale === undefined ? before.locale : edit.locale,
    expires_at: edit.expiresAt === undefined ? before.expires_at : edit.expiresAt,
    voided_at: edit.voided === undefined ? before.voided_at : edit.voided ? (before.voided_at ?? now) : null,
    extras: extrasAfter(before.extras, edit),
  }
  const stored: Values = before === row ? own : JSON.parse(row.field_values)
  return { card: { row, rules, after, values: { before: stored, after: values }, things: changedThings(row, after) } }
}

/** The same object when nothing in it changes. */
function withChanges(own: Values, changes: ReadonlyMap<string, FieldValue | null>): Values {
  const values: Record<string, FieldValue> = { ...own }
  let changed = false
  for (const [key, value] of changes) {
    const has = Object.hasOwn(values, key)
    if (value === null ? !has : has && values[key] === value) continue
    changed = true
    if (value === null) delete values[key]
    // A key such as `__proto__` must become a member like any other.
    else Object.defineProperty(values, key, { value, writable: true, enumerable: true, configurable: true })
  }
  return changed ? values : own
}

/**
 * The message that the edit names, or the one that the design makes of the new values. One that was given to this card
 * alone stays as long as the template says the same as before.
 */
function barcodeAfter(
  { barcode }: CardEdit,
  {
    row: { serial },
    before,
    rules: { barcodeOf },
    own,
    values,
  }: { row: StoredCard; before: EditedColumns; rules: DesignRules; own: Values; values: Values },
): string {
  if (typeof barcode === 'string') return barcode
  if (barcode === null) return barcodeOf?.({ serial, values }) ?? ''
  if (barcodeOf === undefined || values === own) return before.barcode
  const made = barcodeOf({ serial, values })
  return made === barcodeOf({ serial, values: own }) ? before.barcode : made
}

const EXTRAS = ['sharing', 'locationText', 'beaconText'] as const satisfies readonly (keyof CardExtras)[]

function extrasAfter(text: string | null, edit: CardEdit): string | null {
  if (EXTRAS.every((name) => edit[name] === undefined)) return text
  const extras: Record<string, unknown> = text === null ? {} : JSON.parse(text)
  const was = JSON.stringify(extras)
  for (const name of EXTRAS) {
    const wanted = edit[name]
    if (wanted === null) delete extras[name]
    else if (wanted !== undefined) extras[name] = wanted
  }
  const is = JSON.stringify(extras)
  if (is === was) return text
  return is === '{}' ? null : is
}
