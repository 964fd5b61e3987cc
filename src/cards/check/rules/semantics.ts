import { closest } from '../../../kit/closest.js'
import { SEMANTIC_TAGS } from '../facts/semantic-tags.js'
import type { Problem, Rule } from '../rule.js'
import { objectOf, pointer } from '../subject.js'

export const SEMANTIC_RULE: Rule = {
  id: 'scheme.semantic-tag',
  severity: 'advice',
  title: 'A semantic tag that nobody knows.',
  reason: 'Phones ignore tags that they do not know, so what the tag was to do does not happen.',
  fix: 'Write it as the message says; if it is meant as it is, leave it: Tessera keeps unknown tags.',
  source: 'Apple Pass Builder 2026, PassSemantics.swift',
  example: '"semantics": { "eventname": "Summer concert" }',
  check: ({ passJson, fields }) => {
    const holders = [{ at: '', json: passJson }, ...fields]
    return holders.flatMap(({ at, json }) =>
      Object.keys(objectOf(json.semantics) ?? {}).flatMap((tag): Problem[] => {
        if (SEMANTIC_TAGS.has(tag)) return []
        const meant = closest(tag, SEMANTIC_TAGS)
        const hint = meant === undefined ? '' : ` Did you mean "${meant}"?`
        const place = [...(at === '' ? [] : at.split('/')), 'semantics', tag]
        return [{ at: pointer(...place), message: `No phone knows the semantic tag "${tag}".${hint}` }]
      }),
    )
  },
}
