import { parsePassDate } from '../../view/format-date.js'
import { compact, listOf, objectOf, textOf } from '../json.js'
import { datedField, keyedField, nameField, plainValue } from '../roles.js'
import { readFacts } from '../semantics.js'
import { type Claims, createClaims, type KindParts, type Source } from '../source.js'
import type { JsonObject } from '../types.js'
import { contentTitle, issuerPart, noteNames } from './names.js'

/** An event ticket, filled from the facts (`semantics`) of the pass. */
export function eventTicket(source: Source): KindParts {
  const { texts, report, config } = source
  const claims = createClaims(report)
  const facts = readFacts(source)
  /** Facts are written in one language. */
  const same = (text: string | undefined): JsonObject | undefined =>
    text === undefined ? undefined : texts.localized(texts.languages.map(() => text))

  const named = config.title === undefined ? facts.text('eventName', 'class.eventName') : undefined
  const heading =
    facts.fieldOf('eventName') ?? source.fields.find(({ view }) => view.text !== '' && view.text === named)
  const title = named === undefined ? contentTitle(source, claims, 'class.eventName', true) : texts.literal(named)
  if (named !== undefined && heading !== undefined) claims.take(heading, 'class.eventName')
  noteNames(source, [title], 'class.eventName')
  for (const { path, view } of source.fields)
    if (claims.taken.has(path) && view.label !== '') report.add('field.label', `${path}/label`)

  const venue = facts.text('venueName', 'class.venue.name')
  const address =
    facts.text('venueAddress', 'class.venue.address') ?? facts.text('venueRegionName', 'class.venue.address')
  const givenVenue = objectOf(config.class.venue) !== undefined
  if (venue !== undefined && address === undefined && !givenVenue)
    report.add('event.venue-address', 'semantics/venueName', { to: 'class.venue' })

  const holder = nameField(source)
  if (holder !== undefined) claims.take(holder, 'object.ticketHolderName', 'object.ticketHolderName')
  const place = (key: RegExp, fact: string | undefined, to: string): JsonObject | undefined => {
    const field = keyedField(source, claims, { key, fact })
    if (field === undefined) return same(fact)
    claims.take(field, to, to)
    return texts.localized(field.texts)
  }
  const seat = (name: string, to: string) => facts.seat(name, `object.seatInfo.${to}`)
  const gate =
    facts.text('entranceDescription', 'object.seatInfo.gate') ?? facts.text('venueEntrance', 'object.seatInfo.gate')
  const result: KindParts = {
    class: compact({
      ...issuerPart(source),
      eventName: texts.localized(title),
      venue: venue === undefined || address === undefined ? undefined : { name: same(venue), address: same(address) },
      dateTime: compact({
        doorsOpen: facts.date('venueDoorsOpenDate', 'class.dateTime.doorsOpen'),
        ...eventTimes(
          source,
          claims,
          facts.date('eventStartDate', 'class.dateTime.start'),
          facts.date('eventEndDate', 'class.dateTime.end'),
        ),
      }),
    }),
    object: compact({
      ticketHolderName:
        (holder?.view.text || undefined) ??
        plainValue(source, config.accountName) ??
        facts.text('attendeeName', 'object.ticketHolderName'),
      ticketNumber: plainValue(source, config.accountId ?? 'serial'),
      reservationInfo: compact({ confirmationCode: facts.text('confirmationNumber', 'object.reservationInfo') }),
      seatInfo: compact({
        section: place(/^(?:section|sector|block|area)$/i, seat('seatSection', 'section'), 'object.seatInfo.section'),
        row: place(/^row$/i, seat('seatRow', 'row'), 'object.seatInfo.row'),
        seat: place(/^seat(?:_?(?:no|number))?$/i, seat('seatNumber', 'seat'), 'object.seatInfo.seat'),
        gate: place(/^(?:gate|entrance)$/i, gate, 'object.seatInfo.gate'),
      }),
    }),
    claims,
  }
  facts.noteRest()
  return result
}

/** Start and end: what the facts say, else the dates at which the pass wants to be seen. */
function eventTimes(source: Source, claims: Claims, start: string | undefined, end: string | undefined): JsonObject {
  const { pass, report } = source
  const [first] = listOf(pass.relevantDates).map(objectOf)
  const dates = {
    start: [first?.startDate, first?.date, first?.relevantDate, pass.relevantDate],
    end: [first?.endDate],
  }
  const pick = (given: string | undefined, from: readonly unknown[]) =>
    given ?? textOf(from.find((date) => parsePassDate(date) !== undefined))
  const times = { start: pick(start, dates.start), end: pick(end, dates.end) }
  if (start === undefined && times.start !== undefined) {
    const from = dates.start.slice(0, 3).includes(times.start) ? 'relevantDates' : 'relevantDate'
    report.add('event.time', from, { to: 'class.dateTime.start' })
  }
  const field = times.start === undefined ? undefined : datedField(source, claims, { date: times.start, shared: true })
  if (field !== undefined) claims.take(field, 'class.dateTime.start', 'class.dateTime.start')
  return compact(times)
}
