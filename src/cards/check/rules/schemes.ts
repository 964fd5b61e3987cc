import { passTime } from '../facts/pass-date.js'
import { BOARDING_KEYS, EVENT_GUIDE_KEYS, POSTER_KEYS } from '../facts/pass-keys.js'
import { picturesOf } from '../picture-files.js'
import type { Problem, RuleGroup } from '../rule.js'
import { isEmpty, listOf, objectOf, quote, type Subject } from '../subject.js'
import { ACTION_RULES } from './actions.js'
import { SEMANTIC_RULES } from './semantics.js'

const EVENT = 'Apple Pass Builder 2026, EventTicketValidator.swift and SeatValidator.swift'
const BOARDING = 'Apple Pass Builder 2026, BoardingPassValidator.swift'
const KEYS = 'Apple Pass Builder 2026, Pass.swift'
const WWDC = 'Apple, WWDC 2026, session 209'

/** The newer looks, and what they need. */
export const SCHEME_RULES: RuleGroup = {
  id: 'scheme',
  title: 'Posters, semantic passes and actions',
  intro:
    'The looks that came with iOS 18 to 27. A pass that asks for one and lacks something it needs is shown in its plain style without a word.',
  rules: [
    {
      id: 'scheme.preferred',
      severity: 'shown-badly',
      title: 'preferredStyleSchemes names something else than the looks of its style.',
      reason: 'Phones skip schemes that do not belong to the style.',
      fix: 'Write ["posterEventTicket", "eventTicket"] or ["semanticBoardingPass", "boardingPass"].',
      source: 'Apple Pass Builder 2026, Pass+PreferredStyleSchemes.swift',
      example: '"preferredStyleSchemes": ["posterTicket"]',
      check: ({ style, passJson }) =>
        listOf(passJson.preferredStyleSchemes).flatMap((name, index): Problem[] => {
          const known = SCHEMES[String(style)] ?? []
          if (known.includes(String(name))) return []
          const takes = known.length === 0 ? `a ${style} takes no scheme` : `a ${style} takes ${known.join(' and ')}`
          return [{ at: `preferredStyleSchemes/${index}`, message: `${quote(name)} has no effect: ${takes}.` }]
        }),
    },
    {
      id: 'scheme.event-incomplete',
      severity: 'shown-badly',
      title: 'A poster event ticket lacks something it needs.',
      reason: 'Phones show the plain event ticket in its place.',
      fix: 'Add what the message names.',
      source: EVENT,
      example: '"preferredStyleSchemes": ["posterEventTicket", "eventTicket"] without "semantics"',
      check: (subject) =>
        subject.scheme === 'posterEventTicket'
          ? needed(eventNeeds(subject)).map(({ at, what }) => ({ at, message: `The poster needs ${what}.` }))
          : [],
    },
    {
      id: 'scheme.event-advice',
      severity: 'advice',
      title: 'A poster event ticket could say more.',
      reason: 'Phones use it for reminders, Maps, Music and the seat on the poster.',
      fix: 'Add what the message names.',
      source: EVENT,
      example: '"semantics": { "eventName": "…", "venueName": "…" } without "eventStartDate"',
      check: (subject) => (subject.scheme === 'posterEventTicket' ? eventAdvice(subject) : []),
    },
    {
      id: 'scheme.boarding-incomplete',
      severity: 'shown-badly',
      title: 'A semantic boarding pass lacks something it needs.',
      reason: 'Phones show the plain boarding pass in its place.',
      fix: 'Add what the message names.',
      source: BOARDING,
      example: '"preferredStyleSchemes": ["semanticBoardingPass", "boardingPass"] without "semantics"',
      check: ({ scheme, passJson }) => {
        if (scheme !== 'semanticBoardingPass') return []
        const tags = objectOf(passJson.semantics) ?? {}
        return BOARDING_NEEDS.filter((tag) => isEmpty(tags[tag])).map((tag) => ({
          at: `semantics/${tag}`,
          message: `The semantic boarding pass needs semantics.${tag}.`,
        }))
      },
    },
    {
      id: 'scheme.boarding-advice',
      severity: 'advice',
      title: 'A semantic boarding pass could say more.',
      reason: 'Phones show the cities below the airport codes and reckon the time on arrival.',
      fix: 'Add what the message names.',
      source: BOARDING,
      example: '"semantics": { … } without "departureCityName"',
      check: ({ scheme, passJson }) => {
        if (scheme !== 'semanticBoardingPass') return []
        const tags = objectOf(passJson.semantics) ?? {}
        return ['departureCityName', 'destinationCityName', 'destinationAirportTimeZone', 'seats']
          .filter((tag) => isEmpty(tags[tag]))
          .map((tag) => ({ at: `semantics/${tag}`, message: `semantics.${tag} is missing.` }))
      },
    },
    {
      id: 'scheme.poster-generic',
      severity: 'refused-by-some',
      title: 'posterGeneric without its generic twin.',
      reason: 'Phones before iOS 27 do not know posterGeneric and refuse the pass.',
      fix: 'Add "generic" with the same fields beside it.',
      source: WWDC,
      example: '"posterGeneric": { … }',
      check: ({ styles }) =>
        styles.includes('posterGeneric') && !styles.includes('generic')
          ? [
              {
                at: 'posterGeneric',
                message: 'Phones before iOS 27 refuse the pass: it has no "generic" beside the poster.',
              },
            ]
          : [],
    },
    {
      id: 'scheme.event-guide',
      severity: 'shown-badly',
      title: 'One link alone does not make an event guide.',
      reason: 'The buttons of the guide appear when there are two links at least.',
      fix: 'Add a second link, such as directionsInformationURL.',
      source: 'passkit-generator 3.6, notes on event guides',
      example: '"bagPolicyURL": "https://example.com/bags"',
      check: ({ scheme, passJson }) => {
        const given = EVENT_GUIDE_KEYS.filter((key) => passJson[key] !== undefined)
        const [only] = given
        if (scheme !== 'posterEventTicket' || given.length !== 1 || only === undefined) return []
        return [{ at: only, message: `${only} is the only link of the event guide, so no button appears.` }]
      },
    },
    {
      id: 'scheme.key-elsewhere',
      severity: 'advice',
      title: 'A key has no effect on this kind of pass.',
      reason: 'Phones look at it on poster event tickets or semantic boarding passes only.',
      fix: 'Remove it, or ask for the look that shows it with preferredStyleSchemes.',
      source: KEYS,
      example: '"bagPolicyURL": "…" on a storeCard',
      check: ({ passJson, scheme, style }) => {
        const poster = scheme === 'posterEventTicket'
        const groups: readonly (readonly [readonly string[], boolean, string])[] = [
          [
            [...EVENT_GUIDE_KEYS, 'eventLogoText', 'auxiliaryStoreIdentifiers', 'upcomingPassInformation'],
            poster,
            'poster event tickets',
          ],
          [POSTER_KEYS, poster || style === 'posterGeneric', 'posters'],
          [BOARDING_KEYS, scheme === 'semanticBoardingPass', 'semantic boarding passes'],
          [
            ['groupingIdentifier'],
            style === 'eventTicket' || style === 'boardingPass',
            'event tickets and boarding passes',
          ],
        ]
        return groups.flatMap(([keys, effective, where]) =>
          effective || style === undefined
            ? []
            : keys
                .filter((key) => passJson[key] !== undefined)
                .map((key) => ({ at: key, message: `${key} has an effect on ${where} only.` })),
        )
      },
    },
    ...ACTION_RULES,
    ...SEMANTIC_RULES,
  ],
}

const SCHEMES: Readonly<Record<string, readonly string[]>> = {
  eventTicket: ['posterEventTicket', 'eventTicket'],
  boardingPass: ['semanticBoardingPass', 'boardingPass'],
}

const BOARDING_NEEDS = [
  'airlineCode',
  'flightNumber',
  'originalDepartureDate',
  'originalBoardingDate',
  'originalArrivalDate',
  'departureAirportTimeZone',
  'departureAirportCode',
  'destinationAirportCode',
  'passengerName',
] as const

interface Need {
  readonly at: string
  readonly what: string
  readonly there: boolean
}

function needed(needs: readonly Need[]): readonly Need[] {
  return needs.filter(({ there }) => !there)
}

function eventNeeds(subject: Subject): Need[] {
  const { passJson } = subject
  const nfc = objectOf(passJson.nfc)
  const tags = objectOf(passJson.semantics) ?? {}
  const tag = (name: string): Need => ({
    at: `semantics/${name}`,
    what: `semantics.${name}`,
    there: !isEmpty(tags[name]),
  })
  const art = picturesOf(subject).some(({ name }) => name === 'artwork' || name === 'background')
  return [
    { at: 'nfc', what: 'nfc', there: nfc !== undefined },
    {
      at: 'nfc',
      what: 'nfc.requiresAuthentication',
      there: nfc === undefined || nfc.requiresAuthentication !== undefined,
    },
    tag('eventName'),
    tag('venueName'),
    { at: 'preferredStyleSchemes', what: 'a picture called artwork or background', there: art },
    ...(tags.eventType === 'PKEventTypeSports' ? [tag('homeTeamAbbreviation'), tag('awayTeamAbbreviation')] : []),
    ...(tags.eventType === 'PKEventTypeLivePerformance' ? [tag('performerNames')] : []),
  ]
}

function eventAdvice({ passJson }: Subject): Problem[] {
  const tags = objectOf(passJson.semantics) ?? {}
  const wanted = ['eventStartDate', 'seats', ...(tags.eventType === 'PKEventTypeLivePerformance' ? ['artistIDs'] : [])]
  const problems = wanted
    .filter((tag) => isEmpty(tags[tag]))
    .map((tag): Problem => ({ at: `semantics/${tag}`, message: `semantics.${tag} is missing.` }))
  const [start, end] = [passTime(tags.eventStartDate), passTime(tags.eventEndDate)]
  if (start !== undefined && end !== undefined && end < start)
    problems.push({ at: 'semantics/eventEndDate', message: 'The event ends before it begins.' })
  return problems
}
