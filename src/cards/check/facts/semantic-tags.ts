import type { JsonType } from './pass-keys.js'

/**
 * The machine-readable tags of a pass by the kind of their values. From Apple's Pass Builder of 2026
 * (PassSemantics.swift and its schema), and those that older documentation names beside them.
 */
const TEXTS = `additionalTicketAttributes admissionLevel admissionLevelAbbreviation airlineCode airlineLoungePlaceID
attendeeName awayTeamAbbreviation awayTeamLocation awayTeamName boardingGroup boardingSequenceNumber boardingZone
carNumber confirmationNumber departureAirportCode departureAirportName departureAirportTimeZone departureCityName
departureGate departureLocationDescription departureLocationTimeZone departurePlatform departureStationName
departureTerminal destinationAirportCode destinationAirportName destinationAirportTimeZone destinationCityName
destinationGate destinationLocationDescription destinationLocationTimeZone destinationPlatform destinationStationName
destinationTerminal entranceDescription eventLiveMessage eventName eventType flightCode genre homeTeamAbbreviation
homeTeamLocation homeTeamName internationalDocumentsVerifiedDeclarationName leagueAbbreviation leagueName
membershipProgramName membershipProgramNumber membershipProgramStatus priorityStatus securityScreening sportName
ticketFareClass transitProvider transitStatus transitStatusReason vehicleName vehicleNumber vehicleType venueEntrance
venueEntranceDoor venueEntranceGate venueEntrancePortal venueName venuePhoneNumber venuePlaceID venueRegionName
venueRoom`

const DATES = `currentArrivalDate currentBoardingDate currentDepartureDate eventEndDate eventStartDate
originalArrivalDate originalBoardingDate originalDepartureDate venueBoxOfficeOpenDate venueCloseDate
venueDoorsOpenDate venueFanZoneOpenDate venueGatesOpenDate venueOpenDate venueParkingLotsOpenDate`

const LISTS = `airplay albumIDs artistIDs departureAirportSecurityPrograms departureLocationSecurityPrograms
destinationAirportSecurityPrograms destinationLocationSecurityPrograms loungePlaceIDs passengerAirlineSSRs
passengerCapabilities passengerEligibleSecurityPrograms passengerInformationSSRs passengerServiceSSRs performerNames
playlistIDs seats wifiAccess`

const OBJECTS = `balance departureLocation destinationLocation eventStartDateInfo passengerName totalPrice venueLocation`
const NUMBERS = 'duration flightNumber'
const BOOLEANS = 'internationalDocumentsAreVerified silenceRequested tailgatingAllowed'

const words = (text: string): string[] => text.split(/\s+/)
const typed = (text: string, type: JsonType): [string, JsonType][] => words(text).map((tag) => [tag, type])

/** Tags whose value is a date with time and zone. */
export const SEMANTIC_DATES: ReadonlySet<string> = new Set(words(DATES))

/** Tag -> type of its value. */
export const SEMANTIC_TAGS: ReadonlyMap<string, JsonType> = new Map([
  ...typed(TEXTS, 'text'),
  ...typed(DATES, 'text'),
  ...typed(LISTS, 'list'),
  ...typed(OBJECTS, 'object'),
  ...typed(NUMBERS, 'number'),
  ...typed(BOOLEANS, 'boolean'),
])
