import type { TransitType } from '../view/types.js'

/** Edge of the square that the signs are drawn in. */
export const SIGN_SIZE = 24

/** The sign between the two places of a journey, as SVG path data in a square of 24. Travel goes to the right. */
export const TRANSIT_SIGNS: Readonly<Record<TransitType, string>> = {
  air: 'M2.4 9.2H4.2L6.4 11.2H10.4L7 3.5H9.2L14.8 11.2H19.4C21 11.2 22.2 11.5 22.2 12S21 12.8 19.4 12.8H14.8L9.2 20.5H7L10.4 12.8H6.4L4.2 14.8H2.4L3.3 12Z',
  boat:
    'M11 2.5H13V5H16.5V9.6L20.6 11 18.2 17.6C17.3 17.5 16.6 17 16 16.5 15 17.4 13.6 17.8 12 17.8S9 17.4 8 16.5C7.4 17 6.7 17.5 5.8 17.6L3.4 11 7.5 9.6V5H11Z' +
    'M9 6.6V9.1L12 8.1 15 9.1V6.6ZM4 18.9C5.6 18.9 7 18.5 8 17.8 9 18.7 10.4 19.2 12 19.2S15 18.7 16 17.8C17 18.5 18.4 18.9 20 18.9V20.6C18.5 20.6 17.1 20.3 16 19.6 14.9 20.4 13.5 20.8 12 20.8S9.1 20.4 8 19.6C6.9 20.3 5.5 20.6 4 20.6Z',
  bus:
    'M4.5 4H19.5A2.5 2.5 0 0 1 22 6.5V17H20.3A2.3 2.3 0 0 1 15.7 17H8.3A2.3 2.3 0 0 1 3.7 17H2V6.5A2.5 2.5 0 0 1 4.5 4Z' +
    'M4 6.5V11H8V6ZM9.4 6V11H14.6V6ZM16 6V11H20V6.5L19.6 6Z',
  generic: 'M3 10.8H17L12.6 6.4 14.3 4.7 21.6 12 14.3 19.3 12.6 17.6 17 13.2H3Z',
  train:
    'M8 2.5H16A3.5 3.5 0 0 1 19.5 6V15A3.2 3.2 0 0 1 16.6 18.2L18.8 21.5H16.7L15.9 20.2H8.1L7.3 21.5H5.2L7.4 18.2A3.2 3.2 0 0 1 4.5 15V6A3.5 3.5 0 0 1 8 2.5Z' +
    'M6.5 6V10.5H11.2V5.2H7.3ZM12.8 5.2V10.5H17.5V6L16.7 5.2ZM8.3 13A1.5 1.5 0 1 0 8.3 16 1.5 1.5 0 0 0 8.3 13ZM15.7 13A1.5 1.5 0 1 0 15.7 16 1.5 1.5 0 0 0 15.7 13Z',
}

/** A sign scaled to a size and moved to a place. Letters are commands, so numbers are what follows them in order. */
export function placedSign(sign: TransitType, x: number, y: number, size: number): string {
  const scale = size / SIGN_SIZE
  return TRANSIT_SIGNS[sign].replaceAll(/([A-Z])([^A-Z]*)/g, (_all, command: string, rest: string) => {
    const numbers =
      rest.trim() === ''
        ? []
        : rest
            .trim()
            .split(/[\s,]+/)
            .map(Number)
    return command + numbers.map((value, index) => placeNumber(command, value, index)).join(' ')
  })

  function placeNumber(command: string, value: number, index: number): number {
    if (command === 'H') return round(x + value * scale)
    if (command === 'V') return round(y + value * scale)
    if (command === 'A') {
      const part = index % 7
      if (part < 2) return round(value * scale)
      if (part < 5) return value
      return round((part === 5 ? x : y) + value * scale)
    }
    return round((index % 2 === 0 ? x : y) + value * scale)
  }
}

function round(value: number): number {
  return Math.round(value * 100) / 100
}
