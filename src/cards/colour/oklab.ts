import type { Rgb } from './colour.js'

/** Lightness 0…1, and the two axes green to red and blue to yellow, about -0.4…0.4. Björn Ottosson's OKLab. */
export type Oklab = readonly [lightness: number, a: number, b: number]

export function toOklab(colour: Rgb): Oklab {
  const [red = 0, green = 0, blue = 0] = colour.map(toLinear)
  const l = Math.cbrt(0.4122214708 * red + 0.5363325363 * green + 0.0514459929 * blue)
  const m = Math.cbrt(0.2119034982 * red + 0.6806995451 * green + 0.1073969566 * blue)
  const s = Math.cbrt(0.0883024619 * red + 0.2817188376 * green + 0.6299787005 * blue)
  return [
    0.2104542553 * l + 0.793617785 * m - 0.0040720468 * s,
    1.9779984951 * l - 2.428592205 * m + 0.4505937099 * s,
    0.0259040371 * l + 0.7827717662 * m - 0.808675766 * s,
  ]
}

/** The nearest colour of the screen: of the same lightness and hue, with less chroma where sRGB has no such colour. */
export function fromOklab([lightness, a, b]: Oklab): Rgb {
  const clamped = Math.min(1, Math.max(0, lightness))
  let low = 0
  let high = 1
  if (!inGamut(toLinearRgb([clamped, a, b]))) {
    for (let step = 0; step < 16; step++) {
      const share = (low + high) / 2
      if (inGamut(toLinearRgb([clamped, a * share, b * share]))) low = share
      else high = share
    }
  } else low = 1
  const [red = 0, green = 0, blue = 0] = toLinearRgb([clamped, a * low, b * low]).map(toChannel)
  return [red, green, blue]
}

/** Strength of a colour: 0 for grey, about 0.3 for the strongest. */
export function chroma([, a, b]: Oklab): number {
  return Math.hypot(a, b)
}

/** A colour of the same hue with another lightness, and a chroma of at most {@link most}. */
export function withLightness(colour: Rgb, lightness: number, most = Number.POSITIVE_INFINITY): Rgb {
  const lab = toOklab(colour)
  const share = Math.min(1, most / Math.max(chroma(lab), 1e-6))
  return fromOklab([lightness, lab[1] * share, lab[2] * share])
}

/** How different two colours look; 0.02 is just visible, 1 is black against white. */
export function oklabDistance(first: Oklab, second: Oklab): number {
  return Math.hypot(first[0] - second[0], first[1] - second[1], first[2] - second[2])
}

function toLinearRgb([lightness, a, b]: Oklab): number[] {
  const l = (lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3
  const m = (lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3
  const s = (lightness - 0.0894841775 * a - 1.291485548 * b) ** 3
  return [
    4.0767416621 * l - 3.3077115913 * m + 0.2309699292 * s,
    -1.2684380046 * l + 2.6097574011 * m - 0.3413193965 * s,
    -0.0041960863 * l - 0.7034186147 * m + 1.707614701 * s,
  ]
}

function inGamut(linear: readonly number[]): boolean {
  return linear.every((value) => value >= -0.0005 && value <= 1.0005)
}

function toLinear(channel: number): number {
  const share = channel / 255
  return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4
}

function toChannel(linear: number): number {
  const value = Math.min(1, Math.max(0, linear))
  return Math.round(255 * (value <= 0.0031308 ? value * 12.92 : 1.055 * value ** (1 / 2.4) - 0.055))
}
