import { lstat, opendir, stat } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { AppError } from '../../kit/errors/index.js'

export interface ListedPhoto {
  /** As it was named, or the name of its folder with the way to it: `photos/2024/anna.jpg`. */
  readonly file: string
  readonly path: string
  /** The way to it from the folder that was named; undefined when it was named itself. */
  readonly within?: string
}

/** In folders, photos are known by their names; a photo that is named itself may have any. */
const PHOTO_NAME = /\.(?:jpe?g|jpe|jfif|png|webp|tiff?|gif|avif|heic|heif|hif)$/i
const MOST_DEPTH = 64

/**
 * The photos that the names lead to: files, and folders with all that lies below, in the order of the names, folders
 * sorted. Links to photos are followed, links to folders are not, so that there are no circles; nor are hidden files and
 * folders looked at.
 *
 * @param unreadable - told of folders that cannot be opened
 * @throws AppError PHOTO_NOT_FOUND when a name leads nowhere or a named folder holds no photo.
 */
export async function listPhotos(
  names: readonly string[],
  { cwd, unreadable }: { readonly cwd: string; unreadable(folder: string, reason: string): void },
): Promise<ListedPhoto[]> {
  const photos: ListedPhoto[] = []
  for (const name of names) {
    const path = resolve(cwd, name)
    const info = await stat(path).catch((cause: NodeJS.ErrnoException) => {
      const what = cause.code === 'ENOENT' ? 'is not there' : `cannot be opened (${cause.code})`
      throw new AppError('PHOTO_NOT_FOUND', `${name} ${what}.`, { cause })
    })
    // What is neither file nor folder is told by whoever reads it.
    if (!info.isDirectory()) {
      photos.push({ file: name, path })
      continue
    }
    let failed = false
    const before = photos.length
    const trimmed = name.replace(/(?<=.)[\\/]+$/, '')
    const folder = { path, file: trimmed === '.' ? '' : trimmed, within: '' }
    await addBelow(folder, photos, (inner, reason) => {
      failed = true
      unreadable(inner, reason)
    })
    if (photos.length === before && !failed) {
      throw new AppError('PHOTO_NOT_FOUND', `${name} holds no photo.`)
    }
  }
  return photos
}

interface Folder {
  readonly path: string
  readonly file: string
  readonly within: string
}

async function addBelow(
  { path, file, within }: Folder,
  photos: ListedPhoto[],
  unreadable: (folder: string, reason: string) => void,
  depth = 0,
): Promise<void> {
  const names: string[] = []
  try {
    for await (const { name } of await opendir(path)) if (!name.startsWith('.')) names.push(name)
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException
    unreadable(file === '' ? '.' : file, code ?? message)
    return
  }
  for (const name of names.sort()) {
    const inner = {
      path: join(path, name),
      file: file === '' || file.endsWith('/') ? `${file}${name}` : `${file}/${name}`,
      within: within === '' ? name : `${within}/${name}`,
    }
    const info = await lstat(inner.path).catch(() => undefined)
    if (info?.isDirectory() === true) {
      if (depth < MOST_DEPTH) await addBelow(inner, photos, unreadable, depth + 1)
    } else if (PHOTO_NAME.test(name)) photos.push(inner)
  }
}
