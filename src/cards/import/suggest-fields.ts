import type { PassStyle } from '../design/design.js'
import type { PassSource, SourceField } from '../pass/pass-source.js'
import type { FieldType } from '../values/types.js'
import { compareField } from './compare-fields.js'
import { type Guess, guessField } from './guess-field.js'

/** A field that probably differs from member to member, and how it would be fed. */
export interface FieldSuggestion {
  readonly key: string
  readonly label?: string
  /** Where the card shows it, such as `primary`. */
  readonly shown: string
  readonly type: FieldType
  /** What it is about; decides what an invented value looks like. */
  readonly about: Guess['about']
  /** Why, completing `the field …`. */
  readonly why: string
  readonly required: boolean
  readonly default?: string
  readonly options?: readonly string[]
  /** ISO 4217. */
  readonly currency?: string
}

export interface SuggestOptions {
  /** BCP 47; how numbers and dates are read that are written out. */
  readonly locale: string
  readonly style: PassStyle
}

/**
 * Which fields of a pass differ from member to member. With other passes of the same kind by comparing them; with one
 * alone by what its keys, labels and values look like.
 */
export function suggestFields(
  pass: PassSource,
  others: readonly PassSource[],
  options: SuggestOptions,
): readonly FieldSuggestion[] {
  return pass.fields.flatMap((field) => {
    const found = suggest(field)
    if (found === undefined) return []
    const shown = shownLabel(field, pass)
    return [{ key: field.key, ...(shown === '' ? {} : { label: shown }), shown: field.group, ...found }]
  })

  function suggest(field: SourceField): Guess | undefined {
    if (others.length === 0) return guessField(field, pass, options)
    const compared = compareField(field, pass, others, options)
    if (compared !== undefined) return compared
    // A pair may well agree by chance, in the level say; what four passes agree in is the same on every card.
    return others.length < 3 ? guessField(field, pass, options) : undefined
  }
}

/** The label, translated where pass.json only has a key for it. */
function shownLabel({ label }: SourceField, { translations }: PassSource): string {
  return translations.get(label)?.[0] ?? label
}
