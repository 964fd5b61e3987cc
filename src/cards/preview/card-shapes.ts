/** Outlines of cards as SVG path data, in points from the card's top left corner. */

const TOOTH = 7.5
const NOTCH_WIDTH = 60
const NOTCH_DEPTH = 15
const BITE = 8

/** A coupon is torn off: rows of small arcs at the top and at the bottom. */
export function couponPath(width: number, height: number): string {
  const count = Math.round(width / TOOTH)
  const step = round(width / count)
  const half = round(step / 2)
  const top = `a${half} ${half} 0 0 0 ${step} 0`.repeat(count)
  const bottom = `a${half} ${half} 0 0 0 ${-step} 0`.repeat(count)
  return `M0 0${top}V${height}${bottom}Z`
}

/** An event ticket has a bay in the middle of its upper edge. */
export function ticketPath(width: number, height: number, radius: number): string {
  const left = (width - NOTCH_WIDTH) / 2
  // The radius of the circle through both ends of the bay and its lowest point.
  const bay = round((NOTCH_WIDTH ** 2 / 4 + NOTCH_DEPTH ** 2) / (2 * NOTCH_DEPTH))
  const arc = `a${bay} ${bay} 0 0 0 ${NOTCH_WIDTH} 0`
  return `M${radius} 0H${left}${arc}H${width - radius}${restOfCard(width, height, radius)}`
}

/** A boarding pass is clipped at both sides where a paper one is perforated. */
export function boardingPath(width: number, height: number, radius: number, tear: number): string {
  const corner = `a${radius} ${radius} 0 0 1`
  const bite = `a${BITE} ${BITE} 0 0 0 0`
  return (
    `M${radius} 0H${width - radius}${corner} ${radius} ${radius}V${tear - BITE}${bite} ${2 * BITE}V${height - radius}` +
    `${corner} ${-radius} ${radius}H${radius}${corner} ${-radius} ${-radius}V${tear + BITE}${bite} ${-2 * BITE}` +
    `V${radius}${corner} ${radius} ${-radius}Z`
  )
}

function restOfCard(_width: number, height: number, radius: number): string {
  const corner = `a${radius} ${radius} 0 0 1`
  return (
    `${corner} ${radius} ${radius}V${height - radius}${corner} ${-radius} ${radius}H${radius}` +
    `${corner} ${-radius} ${-radius}V${radius}${corner} ${radius} ${-radius}Z`
  )
}

function round(value: number): number {
  return Math.round(value * 1000) / 1000
}
