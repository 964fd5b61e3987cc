import { dateProblem, passTime } from '../facts/pass-date.js'
import { SEMANTIC_DATES } from '../facts/semantic-tags.js'
import { addMember } from '../fix/json-edits.js'
import type { Problem, RuleGroup } from '../rule.js'
import { listOf, objectOf, quote, type Subject } from '../subject.js'

const SOURCE = 'Apple Pass Builder 2026, PassDateTimeFormatter.swift'
const DAY = 86_400_000
const ENTRY_KEYS = ['date', 'relevantDate', 'startDate', 'endDate'] as const

/** When the card matters and until when it is good. */
export const DATE_RULES: RuleGroup = {
  id: 'date',
  title: 'Dates',
  intro: 'Dates of the pass: a full date, a time, and a time zone, `Z` or `+02:00`. Seconds may be left out.',
  rules: [
    {
      id: 'date.format',
      severity: 'refused',
      title: 'A date is not written as Wallet reads it.',
      reason: 'Phones refuse the pass, or act as if the date were not there.',
      fix: 'Write it as 2027-03-01T18:00:00+01:00, with time and time zone.',
      source: SOURCE,
      example: '"expirationDate": "2027-03-01"',
      check: (subject) =>
        datesOf(subject).flatMap(({ at, value, name }): Problem[] => {
          const problem = typeof value === 'string' ? dateProblem(value) : undefined
          return problem === undefined ? [] : [{ at, message: `${name} ${quote(value)} ${problem}.` }]
        }),
    },
    {
      id: 'date.interval',
      severity: 'refused-by-some',
      title: 'A time span ends before it begins, or lasts longer than a day.',
      reason: 'Wallet shows a card on the lock screen for spans of 24 hours at most and ignores others.',
      fix: 'Write one entry of relevantDates for each day.',
      source: 'Apple, Pass.RelevantDates',
      example: '{ "startDate": "2027-03-01T09:00Z", "endDate": "2027-03-05T18:00Z" }',
      check: ({ passJson }) =>
        listOf(passJson.relevantDates).flatMap((item, index): Problem[] => {
          const { startDate, endDate } = objectOf(item) ?? {}
          const [start, end] = [passTime(startDate), passTime(endDate)]
          if (start === undefined || end === undefined) return []
          const at = `relevantDates/${index}`
          if (end < start) return [{ at: `${at}/endDate`, message: 'The time span ends before it begins.' }]
          if (end - start <= DAY) return []
          const hours = Math.round((end - start) / 3_600_000)
          return [{ at: `${at}/endDate`, message: `The time span lasts ${hours} hours; 24 are the most.` }]
        }),
    },
    {
      id: 'date.relevant-entry',
      severity: 'refused-by-some',
      title: 'An entry of relevantDates has neither a date nor a time span.',
      reason: 'Wallet cannot tell when the card matters; strict readers refuse the pass.',
      fix: 'Write {"date": …} or {"startDate": …, "endDate": …}.',
      source: 'Apple, Pass.RelevantDates',
      example: '"relevantDates": [{ "startDate": "2027-03-01T09:00Z" }]',
      check: ({ passJson }) =>
        listOf(passJson.relevantDates).flatMap((item, index): Problem[] => {
          const { date, relevantDate, startDate, endDate } = objectOf(item) ?? {}
          const span = startDate !== undefined && endDate !== undefined
          if (date !== undefined || relevantDate !== undefined || span) return []
          return [{ at: `relevantDates/${index}`, message: 'The entry has neither a date nor a start and an end.' }]
        }),
    },
    {
      id: 'date.relevant-date',
      severity: 'advice',
      title: 'The old key relevantDate is used.',
      reason: 'iOS 18 replaced it by the list relevantDates, which can hold time spans too.',
      fix: 'Add the same as relevantDates; phones before iOS 18 go on reading the old key.',
      source: 'Apple, Pass.relevantDate (deprecated)',
      example: '"relevantDate": "2027-03-01T18:00:00+01:00"',
      check: ({ passJson: { relevantDate, relevantDates } }) =>
        relevantDate === undefined || relevantDates !== undefined
          ? []
          : [{ at: 'relevantDate', message: 'relevantDate is deprecated since iOS 18.' }],
      repair: (subject) => {
        const { relevantDate, relevantDates } = subject.passJson
        if (relevantDates !== undefined || passTime(relevantDate) === undefined) return undefined
        // The old key stays for phones before iOS 18, which called the date of an entry relevantDate; iOS 26 calls it date.
        const text = JSON.stringify(relevantDate)
        const entry = `{ "date": ${text}, "relevantDate": ${text} }`
        return { kind: 'text', edits: addMember(subject, '', 'relevantDates', `[${entry}]`) }
      },
    },
    {
      id: 'date.expired',
      severity: 'shown-badly',
      title: 'The card has expired already.',
      reason: 'Wallet shows it greyed out and puts it among the expired passes.',
      fix: 'Set a later expirationDate, or remove it; `expires:` in design.yaml gives each card its own.',
      source: 'Apple, Pass.expirationDate',
      example: '"expirationDate": "2020-01-01T00:00:00Z"',
      check: ({ passJson, now }) => {
        const time = passTime(passJson.expirationDate)
        if (time === undefined || time > now) return []
        return [{ at: 'expirationDate', message: `The card expired on ${new Date(time).toISOString().slice(0, 10)}.` }]
      },
    },
  ],
}

function datesOf({ passJson, fields }: Subject): { at: string; value: unknown; name: string }[] {
  const top = ['expirationDate', 'relevantDate'].map((name) => ({ at: name, value: passJson[name], name }))
  const entries = listOf(passJson.relevantDates).flatMap((item, index) =>
    ENTRY_KEYS.map((name) => ({ at: `relevantDates/${index}/${name}`, value: objectOf(item)?.[name], name })),
  )
  const holders = [{ at: '', json: passJson }, ...fields]
  const semantics = holders.flatMap(({ at, json }) =>
    Object.entries(objectOf(json.semantics) ?? {}).flatMap(([name, value]) =>
      SEMANTIC_DATES.has(name) ? [{ at: `${at === '' ? '' : `${at}/`}semantics/${name}`, value, name }] : [],
    ),
  )
  return [...top, ...entries, ...semantics]
}
