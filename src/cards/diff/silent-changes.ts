import type { PassView, ViewField } from '../view/types.js'

/** A change of a field of which the lock screen says nothing. */
export interface SilentChange {
  /** Key of the field. */
  readonly field: string
  /**
   * - `no-change-message`: the value changed, but nothing says what to tell of it.
   * - `new-field`: there was no such field before.
   * - `same-value`: only the label or the formatting changed.
   */
  readonly reason: 'no-change-message' | 'new-field' | 'same-value'
}

/** The changed fields, front and back, that a phone updates without a word. */
export function silentChanges(before: PassView, after: PassView): SilentChange[] {
  const old = fieldsOf(before)
  return [...fieldsOf(after).values()].flatMap((field): SilentChange[] => {
    const was = old.get(field.key)
    if (was === undefined) return [{ field: field.key, reason: 'new-field' }]
    if (was.value !== field.value)
      return field.changeMessage === undefined ? [{ field: field.key, reason: 'no-change-message' }] : []
    const looksOther = was.label !== field.label || was.text !== field.text
    return looksOther && field.changeMessage !== undefined ? [{ field: field.key, reason: 'same-value' }] : []
  })
}

function fieldsOf({ groups }: PassView): Map<string, ViewField> {
  const fields = Object.values(groups).flat()
  return new Map(fields.map((field) => [field.key, field]))
}
