import { ACTION_TYPES } from '../facts/pass-keys.js'
import type { Problem, Rule } from '../rule.js'
import { isEmpty, type Json, listOf, objectOf, quote } from '../subject.js'

const WWDC = 'Apple, WWDC 2026, session 209'
const MOST_ACTIONS = 2

/** Buttons below the card, and what comes next on a ticket. */
export const ACTION_RULES: readonly Rule[] = [
  {
    id: 'scheme.actions-count',
    severity: 'shown-badly',
    title: 'There are more than two featuredActions.',
    reason: 'Phones show two buttons below the card and leave the rest out.',
    fix: 'Keep the two that matter most.',
    source: WWDC,
    example: '"featuredActions": [ three of them ]',
    check: ({ passJson }) => {
      const { length } = listOf(passJson.featuredActions)
      if (length <= MOST_ACTIONS) return []
      return [
        { at: `featuredActions/${MOST_ACTIONS}`, message: `There are ${length} featuredActions; phones show two.` },
      ]
    },
  },
  {
    id: 'scheme.action',
    severity: 'refused-by-some',
    title: 'A featured action is incomplete.',
    reason: 'Phones cannot make a button of it; strict readers refuse the pass.',
    fix: 'Give each action an identifier of its own, a type, and a url (a placeIdentifier for the type "place").',
    source: 'Apple Pass Builder 2026, Pass+Action.swift; passkit-generator 3.6, FeaturedAction schema',
    example: '{ "type": "shop" }',
    check: ({ passJson }) => {
      const seen = new Set<unknown>()
      return listOf(passJson.featuredActions).flatMap((item, index) => {
        const problems = actionProblems(objectOf(item) ?? {}, `featuredActions/${index}`, seen)
        seen.add(objectOf(item)?.identifier)
        return problems
      })
    },
  },
  {
    id: 'scheme.action-type',
    severity: 'advice',
    title: 'A featured action has a type that is not known to exist.',
    reason: 'Phones make no button of a type that they do not know.',
    fix: `Use one of ${ACTION_TYPES.join(', ')}.`,
    source: 'passkit-generator 3.6, FeaturedAction schema',
    example: '{ "identifier": "shop", "type": "openShop", "url": "https://…" }',
    check: ({ passJson }) =>
      listOf(passJson.featuredActions).flatMap((item, index): Problem[] => {
        const type = objectOf(item)?.type
        if (typeof type !== 'string' || (ACTION_TYPES as readonly string[]).includes(type)) return []
        return [{ at: `featuredActions/${index}/type`, message: `No phone is known to know the action "${type}".` }]
      }),
  },
  {
    id: 'scheme.upcoming',
    severity: 'refused-by-some',
    title: 'An entry of upcomingPassInformation is incomplete.',
    reason: 'Phones leave the entry out; strict readers refuse the pass.',
    fix: 'Give it an identifier, a name, and "type": "event".',
    source: 'Apple Pass Builder 2026, UpcomingPassInformationEntry.swift',
    example: '"upcomingPassInformation": [{ "name": "Second evening" }]',
    check: ({ passJson }) =>
      listOf(passJson.upcomingPassInformation).flatMap((item, index): Problem[] => {
        const entry = objectOf(item) ?? {}
        const missing = ['identifier', 'name'].filter((key) => typeof entry[key] !== 'string' || entry[key] === '')
        if (entry.type !== 'event') missing.push('the type "event"')
        if (missing.length === 0) return []
        return [
          { at: `upcomingPassInformation/${index}`, message: `Entry ${index + 1} has no ${missing.join(', no ')}.` },
        ]
      }),
  },
]

function actionProblems(action: Json, at: string, seen: ReadonlySet<unknown>): Problem[] {
  const problems: Problem[] = []
  const { identifier, type } = action
  if (isEmpty(identifier)) problems.push({ at, message: 'The action has no identifier.' })
  else if (seen.has(identifier))
    problems.push({ at: `${at}/identifier`, message: `The identifier ${quote(identifier)} occurs twice.` })
  if (isEmpty(type)) problems.push({ at, message: 'The action has no type.' })
  const target = type === 'place' ? 'placeIdentifier' : 'url'
  if (!isEmpty(type) && isEmpty(action[target])) problems.push({ at, message: `The action has no ${target}.` })
  return problems
}
