/** A colour as three channels, 0…255. */
export type Rgb = readonly [red: number, green: number, blue: number]

/**
 * Reads a colour of pass.json: `rgb(1, 2, 3)`, `#abc` or `#aabbcc` (Apple's PassColor.swift).
 *
 * @returns undefined when it is none; a channel above 255 is none either.
 */
export function parseColour(text: unknown): Rgb | undefined {
  if (typeof text !== 'string') return undefined
  const value = text.trim()
  const hex = /^#([0-9a-f]{3}|[0-9a-f]{6})$/i.exec(value)?.[1]
  if (hex !== undefined) {
    const full = hex.length === 3 ? [...hex].map((digit) => digit + digit).join('') : hex
    return rgb([0, 2, 4].map((at) => Number.parseInt(full.slice(at, at + 2), 16)))
  }
  const found = /^rgb\(\s*(\d{1,3})\s*,\s*(\d{1,3})\s*,\s*(\d{1,3})\s*\)$/i.exec(value)
  const channels = found?.slice(1).map(Number)
  return channels?.every((channel) => channel <= 255) ? rgb(channels) : undefined
}

/** `#aabbcc`. */
export function toHex(colour: Rgb): string {
  return `#${colour.map((channel) => Math.round(channel).toString(16).padStart(2, '0')).join('')}`
}

/** `rgb(1, 2, 3)`, as pass.json is usually written. */
export function toPassColour(colour: Rgb): string {
  return `rgb(${colour.map(Math.round).join(', ')})`
}

/** A colour between two; a share of 1 is all of the second. */
export function mixColours(first: Rgb, second: Rgb, share: number): Rgb {
  return rgb(first.map((value, index) => Math.round(value + ((second[index] ?? 0) - value) * share)))
}

/** Relative luminance, 0 (black) … 1 (white). WCAG 2.2, definition "relative luminance". */
export function luminance([red, green, blue]: Rgb): number {
  return 0.2126 * linear(red) + 0.7152 * linear(green) + 0.0722 * linear(blue)
}

const LINEAR = Float64Array.from({ length: 256 }, (_, channel) => toLinear(channel))

/** Channels are whole numbers nearly always: pixels are. */
function linear(channel: number): number {
  return LINEAR[channel] ?? toLinear(channel)
}

function toLinear(channel: number): number {
  const share = channel / 255
  return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4
}

/** Contrast ratio, 1 (none) … 21 (black on white). WCAG 2.2, definition "contrast ratio". */
export function contrast(first: Rgb, second: Rgb): number {
  return contrastOf(luminance(first), luminance(second))
}

/** Contrast ratio of two luminances. */
export function contrastOf(a: number, b: number): number {
  return a > b ? (a + 0.05) / (b + 0.05) : (b + 0.05) / (a + 0.05)
}

function rgb(channels: readonly number[]): Rgb {
  const [red = 0, green = 0, blue = 0] = channels
  return [red, green, blue]
}
