import { type FieldGroup, FRONT_GROUPS } from '../styles.js'
import type { PassView, ViewField } from '../view/types.js'

/** What somebody who has the card notices when it is updated. */
export interface HolderChange {
  /** `front`, `back`: a text on that side is another one. `lock-screen`: the phone says so. */
  readonly kind: 'front' | 'back' | 'lock-screen'
  readonly locale: string
  /** Key of the field, or `logoText`. */
  readonly field: string
  /** Absent where there was no such text, or is none any more. */
  readonly before?: string
  readonly after?: string
}

/**
 * What changes before the eyes of a holder, in one language. A phone tells a change on its lock screen when the value of
 * a field is another one and the field has a changeMessage.
 *
 * @param fed - keys of fields whose values come from the members; what a design has there is only a sample.
 */
export function holderChanges(before: PassView, after: PassView, fed: ReadonlySet<string>): HolderChange[] {
  const { locale } = after
  const changes: HolderChange[] = []
  const add = (kind: HolderChange['kind'], field: string, was: string | undefined, is: string | undefined): void => {
    if (was === is) return
    const sides = { ...(was === undefined ? {} : { before: was }), ...(is === undefined ? {} : { after: is }) }
    changes.push({ kind, locale, field, ...sides })
  }
  add('front', 'logoText', before.logoText, after.logoText)
  for (const [kind, groups] of SIDES) {
    const [old, now] = [fieldsIn(before, groups), fieldsIn(after, groups)]
    for (const key of new Set([...old.keys(), ...now.keys()])) {
      const text = (field: ViewField | undefined): string | undefined =>
        field === undefined
          ? undefined
          : fed.has(key)
            ? field.label
            : [field.label, field.text].filter(Boolean).join(': ')
      add(kind, key, text(old.get(key)), text(now.get(key)))
    }
  }
  const [oldFields, allNow] = [allFields(before), allFields(after)]
  for (const [key, field] of allNow) {
    const was = oldFields.get(key)
    if (was === undefined || was.value === field.value || fed.has(key) || field.changeMessage === undefined) continue
    add(
      'lock-screen',
      key,
      undefined,
      field.changeMessage.replaceAll('%@', () => field.text),
    )
  }
  return changes
}

const SIDES: readonly (readonly ['front' | 'back', readonly FieldGroup[]])[] = [
  ['front', [...FRONT_GROUPS, 'footerFields']],
  ['back', ['backFields', 'additionalInfoFields']],
]

function fieldsIn({ groups }: PassView, wanted: readonly FieldGroup[]): Map<string, ViewField> {
  return byKey(wanted.flatMap((group) => groups[group]))
}

function allFields({ groups }: PassView): Map<string, ViewField> {
  return byKey(Object.values(groups).flat())
}

function byKey(fields: readonly ViewField[]): Map<string, ViewField> {
  return new Map(fields.map((field) => [field.key, field]))
}
