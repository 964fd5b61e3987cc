import { compact } from '../json.js'
import { datedField, keyedField, nameField, plainValue } from '../roles.js'
import { type Facts, readFacts } from '../semantics.js'
import { type Claims, createClaims, type KindParts, type Source, type SourceField } from '../source.js'
import { issuerPart, noteNames } from './names.js'

/** A flight. Google wants airports, carrier, number and time of departure; they come from facts, else from the front. */
export function flight(source: Source): KindParts {
  const { texts, config, report } = source
  const claims = createClaims(report)
  const facts = readFacts(source)
  const [origin, destination] = primaries(source)
  const code = flightCode(source, facts, claims)
  const atDeparture = 'class.localScheduledDepartureDateTime'
  const departure = moment(
    source,
    claims,
    facts.date('originalDepartureDate', atDeparture) ?? facts.date('currentDepartureDate', atDeparture),
    atDeparture,
  )
  /** A place of a Google pass: a fact, else the field whose key says so, which then stands there in the rows. */
  const place = (to: string, key: RegExp, fact?: string): string | undefined => {
    const field = keyedField(source, claims, { key, fact, shared: to.startsWith('class.') })
    if (field === undefined) return fact
    claims.take(field, to, to)
    return field.view.text
  }
  const seating = 'object.boardingAndSeatingInfo'
  const name = nameField(source)
  if (name !== undefined) claims.take(name, 'object.passengerName', 'object.passengerName')
  noteNames(source, [], 'class.flightHeader')

  const parts = {
    'class.origin.airportIataCode': airport(
      source,
      claims,
      facts.text('departureAirportCode', 'class.origin'),
      origin,
      'class.origin',
    ),
    'class.destination.airportIataCode': airport(
      source,
      claims,
      facts.text('destinationAirportCode', 'class.destination') ??
        facts.text('arrivalAirportCode', 'class.destination'),
      destination,
      'class.destination',
    ),
    'class.flightHeader.carrier.carrierIataCode': code?.carrier,
    'class.flightHeader.flightNumber': code?.number,
    'class.localScheduledDepartureDateTime': departure,
    'object.passengerName':
      name?.view.text ||
      plainValue(source, config.accountName) ||
      facts.person('passengerName', 'object.passengerName'),
  }
  for (const [to, value] of Object.entries(parts))
    if (value === undefined || value === '') report.add('travel.missing', '', { to })

  const confirmationCode = place(
    'object.reservationInfo.confirmationCode',
    /^(?:pnr|confirmation(?:_?code)?|booking(?:_?(?:code|ref|reference))?|reservation|record_?locator)$/i,
    facts.text('confirmationNumber', 'object.reservationInfo'),
  )
  if (confirmationCode === undefined) report.add('travel.missing', '', { to: 'object.reservationInfo' })

  const result: KindParts = {
    class: compact({
      ...issuerPart(source),
      origin: compact({
        airportIataCode: parts['class.origin.airportIataCode'],
        terminal: place(
          'class.origin.terminal',
          /^terminal$/i,
          facts.text('departureTerminal', 'class.origin.terminal'),
        ),
        gate: place('class.origin.gate', /^gate$/i, facts.text('departureGate', 'class.origin.gate')),
      }),
      destination: compact({
        airportIataCode: parts['class.destination.airportIataCode'],
        terminal: facts.text('destinationTerminal', 'class.destination.terminal'),
        gate: facts.text('destinationGate', 'class.destination.gate'),
      }),
      flightHeader: compact({
        carrier: compact({
          carrierIataCode: code?.carrier,
          airlineName: texts.localized(texts.words((view) => view.organizationName)),
        }),
        flightNumber: code?.number,
      }),
      localScheduledDepartureDateTime: local(departure),
      localBoardingDateTime: local(
        facts.date('originalBoardingDate', 'class.localBoardingDateTime') ??
          facts.date('currentBoardingDate', 'class.localBoardingDateTime'),
      ),
      localScheduledArrivalDateTime: local(facts.date('originalArrivalDate', 'class.localScheduledArrivalDateTime')),
    }),
    object: compact({
      passengerName: parts['object.passengerName'],
      reservationInfo: compact({ confirmationCode }),
      boardingAndSeatingInfo: compact({
        boardingGroup: place(
          `${seating}.boardingGroup`,
          /^(?:boarding_?)?(?:group|zone)$/i,
          facts.text('boardingGroup', `${seating}.boardingGroup`),
        ),
        sequenceNumber: place(
          `${seating}.sequenceNumber`,
          /^seq(?:uence)?(?:_?number)?$/i,
          facts.text('boardingSequenceNumber', `${seating}.sequenceNumber`),
        ),
        seatNumber: place(
          `${seating}.seatNumber`,
          /^seat(?:_?(?:no|number))?$/i,
          facts.seat('seatNumber', `${seating}.seatNumber`),
        ),
        seatClass: place(
          `${seating}.seatClass`,
          /^(?:(?:seat|cabin|travel)_?)?(?:class|cabin)$/i,
          facts.text('priorityStatus', `${seating}.seatClass`),
        ),
      }),
    }),
    claims,
  }
  facts.noteRest()
  return result
}

export function primaries({ fields }: Source): (SourceField | undefined)[] {
  return fields.filter(({ group }) => group === 'primaryFields')
}

function airport(
  { report }: Source,
  claims: Claims,
  fact: string | undefined,
  field: SourceField | undefined,
  to: string,
): string | undefined {
  const shown = field?.view.text.trim()
  const code = /^[A-Z]{3}$/.test(fact ?? '') ? fact : /^[A-Z]{3}$/.test(shown ?? '') ? shown : undefined
  if (field !== undefined && code !== undefined && code === shown) {
    claims.take(field, `${to}.airportIataCode`)
    if (field.view.label !== '')
      report.add('field.label', `${field.path}/label`, {
        reason: 'Google names the city after the code of the airport.',
      })
  }
  return code
}

/** `LH 123`: from the facts, else the first field that looks like it. */
function flightCode(
  { fields }: Source,
  facts: Facts,
  claims: Claims,
): { readonly carrier: string; readonly number: string } | undefined {
  const to = 'class.flightHeader'
  const carrier = facts.text('airlineCode', `${to}.carrier`)
  const number = facts.text('flightNumber', `${to}.flightNumber`)
  const read = (text: string) => /^([A-Z][A-Z0-9]|[0-9][A-Z])\s?(\d{1,4})[A-Z]?$/.exec(text.trim())
  if (carrier !== undefined && /^[A-Z0-9]{2}$/.test(carrier) && number !== undefined && /^\d{1,4}$/.test(number))
    return { carrier, number }
  const field = fields.find(({ view }) => read(view.text) !== null)
  const found = read(facts.text('flightCode', to) ?? field?.view.text ?? '')
  if (found === null) return undefined
  if (field !== undefined) claims.take(field, `${to}.flightNumber`)
  return { carrier: found[1] ?? '', number: found[2] ?? '' }
}

/** A moment: what the fact says, else the first date of the front. The field that shows it keeps its place there. */
export function moment(source: Source, claims: Claims, fact: string | undefined, to: string): string | undefined {
  const field = datedField(source, claims, { date: fact, shared: to.startsWith('class.') })
  if (field === undefined) return fact
  claims.take(field, to, to)
  return String(field.raw.value)
}

/** Time on the clock at the airport: Google wants it without an offset. */
function local(date: string | undefined): string | undefined {
  return date?.replace(/(?:Z|[+-]\d{2}:?\d{2})$/, '')
}
