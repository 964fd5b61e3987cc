import { compact } from '../json.js'
import { keyedField, nameField, plainValue } from '../roles.js'
import { readFacts } from '../semantics.js'
import { createClaims, type KindParts, type Source, type SourceField } from '../source.js'
import { moment, primaries } from './flight.js'
import { issuerPart, noteNames } from './names.js'

const TYPES = { air: 'OTHER', boat: 'FERRY', bus: 'BUS', train: 'RAIL', generic: 'OTHER' } as const

/** A ticket of a bus, train or ship: one leg from here to there. */
export function transit(source: Source): KindParts {
  const { texts, view, report, config } = source
  const claims = createClaims(report)
  const facts = readFacts(source)
  const [origin, destination] = primaries(source)
  const leg = 'object.ticketLeg'
  const stop = (field: SourceField | undefined, fact: string | undefined, to: string) => {
    if (field !== undefined) {
      claims.take(field, to)
      if (field.view.label !== '') report.add('field.label', `${field.path}/label`)
      return texts.localized(field.texts)
    }
    return fact === undefined ? undefined : texts.localized(texts.literal(fact))
  }
  const originName = stop(origin, facts.text('departureStationName', `${leg}.originName`), `${leg}.originName`)
  const destinationName = stop(
    destination,
    facts.text('destinationStationName', `${leg}.destinationName`),
    `${leg}.destinationName`,
  )
  const departure = moment(
    source,
    claims,
    facts.date('originalDepartureDate', `${leg}.departureDateTime`),
    `${leg}.departureDateTime`,
  )
  const place = (to: string, key: RegExp, fact: string | undefined): string | undefined => {
    const field = keyedField(source, claims, { key, fact })
    if (field === undefined) return fact
    claims.take(field, to, to)
    return field.view.text
  }
  if (departure === undefined && view.expiresAt === undefined)
    report.add('travel.missing', '', { to: `${leg}.departureDateTime` })
  if (originName === undefined) report.add('travel.missing', '', { to: `${leg}.originName` })

  const name = nameField(source)
  if (name !== undefined) claims.take(name, 'object.passengerNames', 'object.passengerNames')
  noteNames(source, [], 'object.ticketLeg')
  const result: KindParts = {
    class: compact({
      ...issuerPart(source),
      transitType: TYPES[view.transitType ?? 'generic'],
      transitOperatorName: texts.localized(texts.words((one) => one.organizationName)),
    }),
    object: compact({
      tripType: 'ONE_WAY',
      ticketNumber: plainValue(source, config.accountId ?? 'serial'),
      passengerType: 'SINGLE_PASSENGER',
      passengerNames:
        (name?.view.text || undefined) ??
        plainValue(source, config.accountName) ??
        facts.person('passengerName', 'object.passengerNames'),
      ticketLeg: compact({
        originStationCode: facts.text('departureStationCode', `${leg}.originStationCode`),
        originName,
        destinationStationCode: facts.text('destinationStationCode', `${leg}.destinationStationCode`),
        // Google takes a destination only beside an origin.
        destinationName: originName === undefined ? undefined : destinationName,
        departureDateTime: departure,
        arrivalDateTime: facts.date('originalArrivalDate', `${leg}.arrivalDateTime`),
        carriage: place(
          `${leg}.carriage`,
          /^(?:train|bus|ship|line|carriage)$/i,
          facts.text('vehicleNumber', `${leg}.carriage`),
        ),
        platform: place(
          `${leg}.platform`,
          /^(?:platform|track|gate)$/i,
          facts.text('departurePlatform', `${leg}.platform`),
        ),
        ticketSeat: compact({
          coach: place(
            `${leg}.ticketSeat.coach`,
            /^(?:coach|car|wagon)$/i,
            facts.text('carNumber', `${leg}.ticketSeat.coach`),
          ),
          seat: place(
            `${leg}.ticketSeat.seat`,
            /^seat(?:_?(?:no|number))?$/i,
            facts.seat('seatNumber', `${leg}.ticketSeat.seat`),
          ),
        }),
      }),
    }),
    claims,
  }
  facts.noteRest()
  return result
}
