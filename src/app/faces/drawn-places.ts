import { extname, join, resolve } from 'node:path'
import type { DrawnFormat } from '../../faces/draw/draw-faces.js'
import type { ListedPhoto } from '../../faces/photo/list-photos.js'
import { AppError } from '../../kit/errors/index.js'
import { assertNotInputs } from './not-an-input.js'

export interface DrawnPlace {
  readonly path: string
  readonly format: DrawnFormat
}

const FORMATS: Readonly<Record<string, DrawnFormat>> = {
  '.png': 'png',
  '.jpg': 'jpeg',
  '.jpeg': 'jpeg',
  '.webp': 'webp',
}

/**
 * Where each photo is drawn to: one that was named itself into the file `draw`, several into a folder of that name, as
 * they lie below theirs: JPEGs as JPEG, all others as PNG.
 *
 * @returns one place for each photo
 * @throws AppError USAGE, or OUTPUT_UNWRITABLE when a photo would be written over.
 */
export function drawnPlaces(photos: readonly ListedPhoto[], draw: string, cwd: string): DrawnPlace[] {
  const [first, ...others] = photos
  const format = FORMATS[extname(draw).toLowerCase()]
  const single = first !== undefined && others.length === 0 && first.within === undefined
  if (single && format === undefined) {
    throw new AppError('USAGE', `--draw ${draw} names no kind of picture.`, {
      hints: ['For one photo, give a name that ends in .png, .jpg or .webp.'],
    })
  }
  if (!single && format !== undefined) {
    throw new AppError('USAGE', `--draw ${draw} is one picture, but there may be several photos.`, {
      hints: ['Give a folder to draw into.'],
    })
  }
  const places =
    single && format !== undefined
      ? [{ path: resolve(cwd, draw), format }]
      : [...foldersPlaces(photos, resolve(cwd, draw))]
  assertNotInputs(
    places.map(({ path }) => path),
    photos.map(({ path }) => path),
  )
  return places
}

function* foldersPlaces(photos: readonly ListedPhoto[], folder: string): Generator<DrawnPlace> {
  const used = new Set<string>()
  for (const { path, within } of photos) {
    const name = (within ?? path.split(/[\\/]/).at(-1) ?? 'photo').replaceAll('\\', '/')
    const extension = extname(name)
    const format: DrawnFormat = /^\.jp/i.test(extension) ? 'jpeg' : 'png'
    const stem = name.slice(0, name.length - extension.length)
    let free = `${stem}.${format === 'jpeg' ? 'jpg' : 'png'}`
    // Names that differ only by case are one file on some disks.
    for (let count = 2; used.has(free.toLowerCase()); count++)
      free = `${stem}-${count}.${format === 'jpeg' ? 'jpg' : 'png'}`
    used.add(free.toLowerCase())
    yield { path: join(folder, free), format }
  }
}
