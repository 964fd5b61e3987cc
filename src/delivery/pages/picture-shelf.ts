import { LRUCache } from 'lru-cache'

export interface ShelfOptions {
  /** Bytes of pictures that are kept. */
  readonly bytes: number
  /** Drawings under way at once. */
  readonly atOnce: number
  /** Drawings that wait for those; further ones are turned away. */
  readonly waiting: number
}

export const SHELF: ShelfOptions = { bytes: 48 * 1024 * 1024, atOnce: 2, waiting: 200 }

/** Drawn pictures by name. However many ask for one at a time, it is drawn once. */
export interface PictureShelf {
  /** @returns undefined when too many are waiting to be drawn. What `draw` throws is thrown, and is not kept. */
  get(name: string, draw: () => Promise<Uint8Array>): Promise<Uint8Array | undefined>
}

export function createPictureShelf({ bytes, atOnce, waiting }: ShelfOptions): PictureShelf {
  const kept = new LRUCache<string, Uint8Array>({
    maxSize: bytes,
    sizeCalculation: (picture, name) => picture.byteLength + name.length,
  })
  const begun = new Map<string, Promise<Uint8Array>>()
  const line: (() => void)[] = []
  let working = 0

  async function inTurn(draw: () => Promise<Uint8Array>): Promise<Uint8Array> {
    if (working < atOnce) working++
    else await new Promise<void>((resolve) => line.push(resolve))
    try {
      return await draw()
    } finally {
      // The place goes on to the next in line, or becomes free.
      const next = line.shift()
      if (next === undefined) working--
      else next()
    }
  }

  return {
    async get(name, draw) {
      const known = kept.get(name) ?? begun.get(name)
      if (known !== undefined) return known
      if (line.length >= waiting) return undefined
      const drawing = inTurn(draw)
        .then((picture) => {
          kept.set(name, picture)
          return picture
        })
        .finally(() => begun.delete(name))
      begun.set(name, drawing)
      return drawing
    },
  }
}
