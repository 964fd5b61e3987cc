import { closest } from '../../../kit/closest.js'
import { hasType, TYPE_WORDS } from '../facts/pass-keys.js'
import { SEMANTIC_TAGS } from '../facts/semantic-tags.js'
import type { Problem, Rule } from '../rule.js'
import { objectOf, pointer, quote, type Subject } from '../subject.js'

const SOURCE = 'Apple Pass Builder 2026, PassSemantics.swift'

/** The machine-readable facts of the pass and of its fields. */
export const SEMANTIC_RULES: readonly Rule[] = [
  {
    id: 'scheme.semantic-tag',
    severity: 'advice',
    title: 'A semantic tag that nobody knows.',
    reason: 'Phones ignore tags that they do not know, so what the tag was to do does not happen.',
    fix: 'Write it as the message says; if it is meant as it is, leave it: Tessera keeps unknown tags.',
    source: SOURCE,
    example: '"semantics": { "eventname": "Summer concert" }',
    check: (subject) =>
      tagsOf(subject).flatMap(({ at, tag }): Problem[] => {
        if (SEMANTIC_TAGS.has(tag)) return []
        const meant = closest(tag, SEMANTIC_TAGS.keys())
        const hint = meant === undefined ? '' : ` Did you mean "${meant}"?`
        return [{ at, message: `No phone knows the semantic tag "${tag}".${hint}` }]
      }),
  },
  {
    id: 'scheme.semantic-type',
    severity: 'refused-by-some',
    title: 'The value of a semantic tag is of the wrong kind.',
    reason: 'Readers that are strict refuse the pass; others act as if the tag were not there.',
    fix: 'Write the value as the message says.',
    source: SOURCE,
    example: '"semantics": { "flightNumber": "123" }',
    check: (subject) =>
      tagsOf(subject).flatMap(({ at, tag, value }): Problem[] => {
        const type = SEMANTIC_TAGS.get(tag)
        if (type === undefined || hasType(value, type)) return []
        return [{ at, message: `semantics.${tag} must be ${TYPE_WORDS[type]}, not ${quote(value)}.` }]
      }),
  },
]

function tagsOf({ passJson, fields }: Subject): { at: string; tag: string; value: unknown }[] {
  return [{ at: '', json: passJson }, ...fields].flatMap(({ at, json }) =>
    Object.entries(objectOf(json.semantics) ?? {}).map(([tag, value]) => ({
      at: pointer(...(at === '' ? [] : at.split('/')), 'semantics', tag),
      tag,
      value,
    })),
  )
}
