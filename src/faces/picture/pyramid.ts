import type { Photo } from '../types.js'

/** A photo and its halves, made when first needed, so that shrinking far does not skip pixels. */
export class Pyramid {
  readonly #levels: Photo[]

  constructor(photo: Photo) {
    this.#levels = [photo]
  }

  get photo(): Photo {
    return this.level(0)
  }

  /** Each level is half as wide and high as the one before (rounded down, at least one pixel). */
  level(index: number): Photo {
    for (let at = this.#levels.length; at <= index; at++) {
      const above = this.#levels[at - 1]
      if (above === undefined) break
      this.#levels.push(halve(above))
    }
    const photo = this.#levels[index]
    if (photo === undefined) throw new Error(`a pyramid has no level ${index}`)
    return photo
  }

  /** The level at which one pixel of a picture that steps `step` pixels of the photo per pixel is 1 to 2 pixels. */
  levelFor(step: number): number {
    const { width, height } = this.photo
    const most = Math.floor(Math.log2(Math.max(1, Math.min(width, height))))
    return Math.max(0, Math.min(most, Math.floor(Math.log2(Math.max(1, step)))))
  }
}

/** Means of two by two pixels. */
function halve({ width, height, data }: Photo): Photo {
  const w = Math.max(1, width >> 1)
  const h = Math.max(1, height >> 1)
  const half = new Uint8Array(w * h * 3)
  const right = width > 1 ? 3 : 0
  const below = height > 1 ? width * 3 : 0
  let to = 0
  for (let y = 0; y < h; y++) {
    let from = y * 2 * width * 3
    for (let x = 0; x < w; x++, from += 6, to += 3) {
      for (let c = 0; c < 3; c++) {
        const at = from + c
        half[to + c] =
          ((data[at] ?? 0) + (data[at + right] ?? 0) + (data[at + below] ?? 0) + (data[at + below + right] ?? 0) + 2) >>
          2
      }
    }
  }
  return { width: w, height: h, data: half }
}
