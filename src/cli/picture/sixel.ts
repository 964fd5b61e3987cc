import { toPalette } from './palette.js'
import type { Pixels } from './types.js'

/** Rows that one line of sixels holds. */
const BAND = 6

/**
 * A picture as sixels, the graphics of DEC's terminals: bands of six rows, in each band one pass per colour, where a
 * character tells which of the six pixels have it. Source: the VT330/VT340 programmer reference, chapter 14.
 */
export function sixelSequence(pixels: Pixels): string {
  const picture = toPalette(pixels)
  const { width, height, colours, indexes } = picture
  const registers = colours.map((colour, index) => `#${index};2;${colour.map(percent).join(';')}`).join('')
  const bands: string[] = []
  for (let top = 0; top < height; top += BAND) {
    bands.push(band(indexes.subarray(top * width, Math.min(top + BAND, height) * width), width))
  }
  // 0;1;0: square pixels, what is not drawn stays as it is. The quoted numbers: aspect ratio and size.
  return `\u001bP0;1;0q"1;1;${width};${height}${registers}${bands.join('-')}\u001b\\`
}

function percent(channel: number): number {
  return Math.round((channel * 100) / 255)
}

function band(indexes: Uint8Array, width: number): string {
  const bits = new Map<number, Uint8Array>()
  for (let at = 0; at < indexes.length; at++) {
    const colour = indexes[at] ?? 0
    let row = bits.get(colour)
    if (row === undefined) {
      row = new Uint8Array(width)
      bits.set(colour, row)
    }
    const x = at % width
    row[x] = (row[x] ?? 0) | (1 << Math.floor(at / width))
  }
  return [...bits].map(([colour, row]) => `#${colour}${runs(row)}`).join('$')
}

/** Equal neighbours are counted: `!40~` for forty times `~`. */
function runs(row: Uint8Array): string {
  let end = row.length
  while (end > 0 && row[end - 1] === 0) end--
  let text = ''
  for (let at = 0; at < end; ) {
    let next = at + 1
    while (next < end && row[next] === row[at]) next++
    const character = String.fromCharCode(63 + (row[at] ?? 0))
    text += next - at > 3 ? `!${next - at}${character}` : character.repeat(next - at)
    at = next
  }
  return text
}
