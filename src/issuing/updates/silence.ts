import type { Design } from '../../cards/design/design.js'
import type { FieldValue } from '../../cards/model.js'
import { type ViewOptions, viewPass } from '../../cards/view/view-pass.js'
import type { EditedCard } from './card-edit.js'

/** What a phone does when the value of a field changes. */
export interface ToldField {
  /** What the design shows where the card has no value. */
  readonly own: FieldValue
  /** True when the field has a changeMessage: the lock screen tells the new value. */
  readonly told: boolean
}

/** All fields of a pass by their key. */
export function toldFields(design: Design, options: ViewOptions): ReadonlyMap<string, ToldField> {
  const { groups } = viewPass(design, options)
  const fields = Object.values(groups).flat()
  return new Map(
    fields.map(({ key, value, changeMessage }) => [key, { own: value, told: changeMessage !== undefined }]),
  )
}

/** Why the lock screen says nothing when a card changes. */
export interface Silence {
  /** Fields whose value changes and that have no changeMessage; empty when no value changes at all. */
  readonly fields: readonly string[]
}

/** Undefined when the lock screen tells of at least one field. */
export function silenceOf({ values: { before, after }, rules: { told } }: EditedCard): Silence | undefined {
  const fields: string[] = []
  for (const key of new Set([...Object.keys(before), ...Object.keys(after)])) {
    const field = told.get(key)
    if (field === undefined || shownValue(before, key, field) === shownValue(after, key, field)) continue
    if (field.told) return undefined
    fields.push(key)
  }
  return { fields }
}

function shownValue(values: Readonly<Record<string, FieldValue>>, key: string, { own }: ToldField): FieldValue {
  return Object.hasOwn(values, key) ? (values[key] as FieldValue) : own
}

/** How many cards change without a word, and because of which fields. */
export interface SilentCards {
  readonly cards: number
  /** Cards of which no value changes: their expiry does, their barcode, a text of a place. */
  readonly withoutValues: number
  readonly fields: readonly { readonly design: string; readonly field: string; readonly cards: number }[]
}

/** Counts silent changes. */
export class SilenceTally {
  #cards: number
  #withoutValues: number
  readonly #fields = new Map<string, { design: string; field: string; cards: number }>()

  /** @param from - of the run that is continued. */
  constructor(from?: SilentCards) {
    this.#cards = from?.cards ?? 0
    this.#withoutValues = from?.withoutValues ?? 0
    for (const entry of from?.fields ?? []) this.#fields.set(keyOf(entry), { ...entry })
  }

  add(card: EditedCard): void {
    const silence = silenceOf(card)
    if (silence === undefined) return
    this.#cards++
    if (silence.fields.length === 0) this.#withoutValues++
    for (const field of silence.fields) {
      const entry = { design: card.rules.name, field, cards: 0 }
      const known = this.#fields.get(keyOf(entry)) ?? entry
      known.cards++
      this.#fields.set(keyOf(entry), known)
    }
  }

  get result(): SilentCards {
    return {
      cards: this.#cards,
      withoutValues: this.#withoutValues,
      fields: [...this.#fields.values()].map((f) => ({ ...f })),
    }
  }
}

function keyOf({ design, field }: { readonly design: string; readonly field: string }): string {
  return JSON.stringify([design, field])
}
