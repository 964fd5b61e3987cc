import type { Pixels } from './types.js'

const UPPER_HALF = '▀'

/**
 * A picture of half blocks: each character shows two pixels, the upper as its foreground. For every terminal that has
 * colours.
 *
 * @returns lines of as many characters as the picture is wide, each line with its colours reset at the end
 */
export function blockLines(pixels: Pixels, { trueColour }: { trueColour: boolean }): string[] {
  const { width, height } = pixels
  const colour = trueColour ? rgbCode : paletteCode
  const lines: string[] = []
  for (let y = 0; y < height; y += 2) {
    let line = ''
    let [above, below] = ['', '']
    for (let x = 0; x < width; x++) {
      const nextAbove = colour(pixels, x, y)
      // An odd row at the end has nothing below it: the terminal's own background.
      const nextBelow = y + 1 < height ? colour(pixels, x, y + 1) : ''
      const codes = [
        nextAbove === above ? '' : `38;${nextAbove}`,
        nextBelow === below || nextBelow === '' ? '' : `48;${nextBelow}`,
      ].filter((code) => code !== '')
      if (codes.length > 0) line += `\u001b[${codes.join(';')}m`
      line += UPPER_HALF
      ;[above, below] = [nextAbove, nextBelow]
    }
    lines.push(`${line}\u001b[0m`)
  }
  return lines
}

function rgbCode({ rgb, width }: Pixels, x: number, y: number): string {
  const at = (y * width + x) * 3
  return `2;${rgb[at]};${rgb[at + 1]};${rgb[at + 2]}`
}

const STEPS = [0, 95, 135, 175, 215, 255] as const

/** The nearest of the 256 fixed colours: a cube of 6 x 6 x 6 and a row of 24 greys. */
function paletteCode({ rgb, width }: Pixels, x: number, y: number): string {
  const at = (y * width + x) * 3
  const [red = 0, green = 0, blue = 0] = rgb.subarray(at, at + 3)
  const [r, g, b] = [nearestStep(red), nearestStep(green), nearestStep(blue)]
  const grey = Math.max(0, Math.min(23, Math.round(((red + green + blue) / 3 - 8) / 10)))
  const distance = (...other: readonly [number, number, number]): number =>
    (other[0] - red) ** 2 + (other[1] - green) ** 2 + (other[2] - blue) ** 2
  const cube = distance(STEPS[r] ?? 0, STEPS[g] ?? 0, STEPS[b] ?? 0)
  const shade = 8 + grey * 10
  return `5;${distance(shade, shade, shade) < cube ? 232 + grey : 16 + 36 * r + 6 * g + b}`
}

function nearestStep(value: number): number {
  return value < 48 ? 0 : value < 115 ? 1 : Math.min(5, Math.floor((value - 35) / 40))
}
