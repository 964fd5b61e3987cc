/** A small reader of sixels, written from the description of the format, to look at what the encoder made. */
export interface DecodedSixels {
  readonly width: number
  readonly height: number
  /** Red, green, blue of each pixel, 0…255; undefined where nothing was drawn. */
  readonly pixels: readonly (readonly number[] | undefined)[]
}

export function decodeSixels(text: string): DecodedSixels {
  const body = /^␛P([\d;]*)q([\s\S]*)␛\\$/.exec(visible(text))?.[2]
  if (body === undefined) throw new Error('no sixels')
  const raster = /^"(\d+);(\d+);(\d+);(\d+)/.exec(body)
  if (raster === null) throw new Error('no raster attributes')
  const [width, height] = [Number(raster[3]), Number(raster[4])]
  const pixels: (readonly number[] | undefined)[] = Array(width * height)
  const registers = new Map<number, readonly number[]>()
  let [x, top, colour] = [0, 0, -1]
  let at = raster[0].length
  while (at < body.length) {
    const rest = body.slice(at, at + 40)
    const define = /^#(\d+);2;(\d+);(\d+);(\d+)/.exec(rest)
    const select = /^#(\d+)/.exec(rest)
    const run = /^!(\d+)([?-~])/.exec(rest) ?? /^()([?-~])/.exec(rest)
    if (define !== null) {
      registers.set(
        Number(define[1]),
        define.slice(2).map((part) => Math.round((Number(part) * 255) / 100)),
      )
      at += define[0].length
    } else if (select !== null) {
      colour = Number(select[1])
      at += select[0].length
    } else if (rest.startsWith('$')) {
      x = 0
      at++
    } else if (rest.startsWith('-')) {
      ;[x, top] = [0, top + 6]
      at++
    } else if (run !== null) {
      const bits = (run[2] ?? '?').charCodeAt(0) - 63
      for (let count = Number(run[1] || 1); count > 0; count--, x++) {
        if (x >= width) throw new Error('drawn beyond the right edge')
        for (let row = 0; row < 6; row++) {
          if ((bits & (1 << row)) === 0) continue
          if (top + row >= height) throw new Error('drawn below the lower edge')
          if (pixels[(top + row) * width + x] !== undefined) throw new Error('a pixel was drawn twice')
          pixels[(top + row) * width + x] = registers.get(colour)
        }
      }
      at += run[0].length
    } else throw new Error(`cannot read ${JSON.stringify(rest)}`)
  }
  return { width, height, pixels }
}

/** The text with signs for its control characters, which patterns can then name. */
export function visible(text: string): string {
  return text.replaceAll('\u001b', '␛').replaceAll('\u0007', '␇')
}
