import { readdir } from 'node:fs/promises'
import { extname, join } from 'node:path'
import { AppError } from '../../../kit/errors/index.js'
import type { LabelledPhoto } from '../types.js'
import type { PairPhoto, PairsFile } from './pairs.js'

/** Endings that a photo may have, without regard to case. */
const PHOTO_ENDINGS = new Set([
  '.jpg',
  '.jpeg',
  '.jpe',
  '.png',
  '.webp',
  '.tif',
  '.tiff',
  '.gif',
  '.heic',
  '.heif',
  '.avif',
  '.bmp',
])

export const isPhotoName = (name: string): boolean =>
  !name.startsWith('.') && PHOTO_ENDINGS.has(extname(name).toLowerCase())

/**
 * A folder with a folder of photos per person, as LFW lies on disk; folders in those are searched too. Sorted by name.
 *
 * @throws AppError FACES_FOLDER_UNREADABLE when there is no folder with photos in it
 */
export async function readPeople(dir: string): Promise<LabelledPhoto[]> {
  const entries = (await listing(dir)).filter((entry) => entry.isDirectory() && !entry.name.startsWith('.'))
  const photos: LabelledPhoto[] = []
  for (const { name } of entries) {
    const files = (await readdir(join(dir, name), { recursive: true })).filter(
      (file) =>
        file.split(/[\\/]/).every((part) => !part.startsWith('.')) && isPhotoName(file.split(/[\\/]/).at(-1) ?? ''),
    )
    for (const file of files.sort()) photos.push({ person: name, path: join(dir, name, file) })
  }
  if (photos.length > 0) return photos
  throw new AppError('FACES_FOLDER_UNREADABLE', `${dir} holds no folder with photos.`)
}

/** The photos that lie in a folder itself, sorted by name. @throws AppError FACES_FOLDER_UNREADABLE */
export async function readPhotos(dir: string): Promise<string[]> {
  return (await listing(dir)).filter((entry) => !entry.isDirectory() && isPhotoName(entry.name)).map(({ name }) => name)
}

async function listing(dir: string) {
  const entries = await readdir(dir, { withFileTypes: true }).catch((cause: NodeJS.ErrnoException) => {
    const why =
      cause.code === 'ENOENT' ? 'is not there' : cause.code === 'ENOTDIR' ? 'is not a folder' : 'cannot be read'
    throw new AppError('FACES_FOLDER_UNREADABLE', `${dir} ${why}.`, { cause })
  })
  return entries.sort((a, b) => (a.name < b.name ? -1 : 1))
}

/** Key of a photo in {@link placePairs}. */
export const photoKey = ({ person, number }: PairPhoto): string => `${person}\t${number}`

/**
 * Where the photos of a file of pairs lie: `NAME/NAME_0001.jpg` under the folder, or in the folder itself, with any
 * ending of a photo and the number with or without zeros.
 *
 * @returns key of {@link photoKey} -> path
 * @throws AppError FACES_PAIRS_UNREADABLE naming the first line whose photo is missing
 */
export async function placePairs({ pairs }: PairsFile, dir: string, place: string): Promise<Map<string, string>> {
  const flat = new Map<string, string>()
  for (const name of await readPhotos(dir)) flat.set(stem(name), join(dir, name))
  const byPerson = new Map<string, Map<string, string>>()
  const places = new Map<string, string>()
  for (const { left, right, line } of pairs) {
    for (const photo of [left, right]) {
      const key = photoKey(photo)
      if (places.has(key)) continue
      const own = byPerson.get(photo.person) ?? (await photosByStem(dir, photo.person))
      byPerson.set(photo.person, own)
      const wanted = stem(`${photo.person}_${photo.number}.`)
      const path = own.get(wanted) ?? flat.get(wanted)
      if (path === undefined) {
        const name = `${photo.person}_${String(photo.number).padStart(4, '0')}.jpg`
        throw new AppError(
          'FACES_PAIRS_UNREADABLE',
          `${place} line ${line}: there is no ${join(photo.person, name)} in ${dir}.`,
          { details: { file: place, line }, hints: ['Give the folder with one folder per person as --images.'] },
        )
      }
      places.set(key, path)
    }
  }
  return places
}

async function photosByStem(dir: string, person: string): Promise<Map<string, string>> {
  // A name from a file is no path.
  if (/[\\/]|^\.\.?$/.test(person)) return new Map()
  const names = (await readdir(join(dir, person)).catch(() => [])).filter(isPhotoName).sort()
  return new Map(names.map((name) => [stem(name), join(dir, person, name)]))
}

/** `Ann_0007.jpg` -> `Ann_7`. */
function stem(name: string): string {
  return name.slice(0, name.lastIndexOf('.')).replace(/_0*(\d+)$/, '_$1')
}
