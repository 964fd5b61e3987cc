import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { AppError } from '../../kit/errors/index.js'
import type { CardData, PassFiles } from '../model.js'
import { PICTURE_SCALES } from './picture-size.js'

/** Folder of a prepared picture. Two levels, since there may be one per member. */
export function memberPictureFolder(picturesDir: string, id: string): string {
  return join(picturesDir, id.slice(0, 2), id)
}

/**
 * The files that a card's own pictures add to its pass, or put in place of the design's. Needs no picture library.
 *
 * @throws AppError PICTURES_MISSING when a picture was prepared once but is gone
 */
export function memberPictureFiles(card: CardData, picturesDir: string): PassFiles {
  const files = new Map<string, Uint8Array>()
  for (const [image, id] of Object.entries(card.pictures ?? {})) {
    const folder = memberPictureFolder(picturesDir, id)
    for (const [suffix] of PICTURE_SCALES) {
      const name = `${image}${suffix}.png`
      files.set(name, readPicture(join(folder, name), id))
    }
  }
  return files
}

function readPicture(path: string, id: string): Uint8Array {
  try {
    // Ids come from the store; anything but a hash could point elsewhere.
    if (!/^[0-9a-f]{64}$/.test(id)) throw new TypeError(`"${id}" is not the id of a picture`)
    return readFileSync(path)
  } catch (cause) {
    throw new AppError('PICTURES_MISSING', `The member picture ${path} cannot be read.`, { cause })
  }
}
