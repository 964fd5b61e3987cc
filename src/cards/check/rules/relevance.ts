import type { Problem, RuleGroup } from '../rule.js'
import { listOf, objectOf, quote } from '../subject.js'

const SOURCE = 'Apple Pass Builder 2026, Pass+Location.swift and Pass+Beacon.swift'
const UUID = /^[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}$/i
const MOST_LOCATIONS = 10

/** Where the card shows itself. */
export const RELEVANCE_RULES: RuleGroup = {
  id: 'place',
  title: 'Places',
  intro: 'Places and beacons near which the phone offers the card on the lock screen.',
  rules: [
    {
      id: 'place.count',
      severity: 'shown-badly',
      title: 'There are more than ten locations.',
      reason: 'Wallet looks at ten; near the others the card does not show itself.',
      fix: 'Keep the ten that matter most.',
      source: 'Apple Pass Builder 2026, Pass.swift: “an array of up to 10 objects”',
      example: '"locations": [ eleven of them ]',
      check: ({ passJson }) => {
        const { length } = listOf(passJson.locations)
        if (length <= MOST_LOCATIONS) return []
        return [{ at: `locations/${MOST_LOCATIONS}`, message: `There are ${length} locations; Wallet looks at ten.` }]
      },
    },
    {
      id: 'place.coordinates',
      severity: 'refused-by-some',
      title: 'A location lacks coordinates, or they are nowhere on Earth.',
      reason: 'Phones do not suggest the card at a place that they cannot read; strict readers refuse the pass.',
      fix: 'Write latitude (-90 to 90) and longitude (-180 to 180) as numbers, in degrees.',
      source: SOURCE,
      example: '{ "latitude": 255.7, "longitude": "37.6" }',
      check: ({ passJson }) =>
        listOf(passJson.locations).flatMap((item, index) =>
          (
            [
              ['latitude', 90],
              ['longitude', 180],
            ] as const
          ).flatMap(([name, most]): Problem[] => {
            const at = `locations/${index}`
            const value = objectOf(item)?.[name]
            if (value === undefined) return [{ at, message: `Location ${index + 1} has no ${name}.` }]
            if (typeof value !== 'number')
              return [{ at: `${at}/${name}`, message: `${name} must be a number without quotes, not ${quote(value)}.` }]
            if (Math.abs(value) <= most) return []
            return [{ at: `${at}/${name}`, message: `${name} ${value} is not between -${most} and ${most}.` }]
          }),
        ),
    },
    {
      id: 'place.null-island',
      severity: 'advice',
      title: 'A location is at 0, 0.',
      reason: 'That is in the sea off Africa: most likely the coordinates were never filled in.',
      fix: 'Write the real coordinates, or remove the location.',
      source: 'Tessera',
      example: '{ "latitude": 0, "longitude": 0 }',
      check: ({ passJson }) =>
        listOf(passJson.locations).flatMap((item, index): Problem[] => {
          const { latitude, longitude } = objectOf(item) ?? {}
          if (latitude !== 0 || longitude !== 0) return []
          return [{ at: `locations/${index}`, message: `Location ${index + 1} is at 0, 0.` }]
        }),
    },
    {
      id: 'place.beacon-uuid',
      severity: 'refused-by-some',
      title: 'A beacon has no UUID, or one that is none.',
      reason: 'Phones cannot look for the beacon; strict readers refuse the pass.',
      fix: 'Write proximityUUID as 8-4-4-4-12 hexadecimal digits.',
      source: SOURCE,
      example: '{ "proximityUUID": "shop-1" }',
      check: ({ passJson }) =>
        listOf(passJson.beacons).flatMap((item, index): Problem[] => {
          const id = objectOf(item)?.proximityUUID
          const at = `beacons/${index}`
          if (id === undefined) return [{ at, message: `Beacon ${index + 1} has no proximityUUID.` }]
          if (typeof id === 'string' && UUID.test(id)) return []
          return [{ at: `${at}/proximityUUID`, message: `proximityUUID ${quote(id)} is no UUID.` }]
        }),
    },
    {
      id: 'place.beacon-number',
      severity: 'refused-by-some',
      title: 'major or minor of a beacon is no 16-bit number.',
      reason: 'Beacons send both as 16 bits, so the phone never meets such a beacon; strict readers refuse the pass.',
      fix: 'Write a whole number from 0 to 65535.',
      source: 'iBeacon specification; passkit-generator 3.6, Beacon schema',
      example: '{ "proximityUUID": "…", "major": 70000 }',
      check: ({ passJson }) =>
        listOf(passJson.beacons).flatMap((item, index) =>
          ['major', 'minor'].flatMap((name): Problem[] => {
            const value = objectOf(item)?.[name]
            const fits = Number.isInteger(value) && Number(value) >= 0 && Number(value) <= 65_535
            if (value === undefined || fits) return []
            return [
              { at: `beacons/${index}/${name}`, message: `${name} ${quote(value)} is no number from 0 to 65535.` },
            ]
          }),
        ),
    },
    {
      id: 'place.max-distance',
      severity: 'advice',
      title: 'maxDistance is not above zero, or has no locations to apply to.',
      reason: 'It says how near, in metres, the phone must be to one of the locations.',
      fix: 'Write a number of metres above zero, and locations beside it.',
      source: 'Apple, Pass.maxDistance',
      example: '"maxDistance": 0',
      check: ({ passJson: { maxDistance, locations } }) => {
        if (typeof maxDistance !== 'number') return []
        if (maxDistance <= 0)
          return [{ at: 'maxDistance', message: `maxDistance is ${maxDistance}.`, severity: 'refused-by-some' }]
        return listOf(locations).length > 0
          ? []
          : [{ at: 'maxDistance', message: 'maxDistance has no locations to apply to.' }]
      },
    },
  ],
}
