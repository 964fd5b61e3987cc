import { lstat, readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { ZIP_LIMITS } from '../../signing/verify/zip.js'

/**
 * The files of an unpacked pass: path -> content. Links are passed over, and so is what begins with a dot, which no tool
 * packs on purpose. Stops at the limits of an archive.
 */
export async function readFolder(dir: string): Promise<Map<string, Uint8Array>> {
  const files = new Map<string, Uint8Array>()
  let total = 0
  const read = async (folder: string, prefix: string, depth: number): Promise<void> => {
    for (const name of (await readdir(folder)).sort()) {
      if (name.startsWith('.')) continue
      const path = join(folder, name)
      const info = await lstat(path)
      if (info.isDirectory() && depth < 4) await read(path, `${prefix}${name}/`, depth + 1)
      if (!info.isFile()) continue
      total += info.size
      if (files.size >= ZIP_LIMITS.entries || info.size > ZIP_LIMITS.entryBytes || total > ZIP_LIMITS.totalBytes) {
        throw Object.assign(new Error('the folder holds more than is sensible for a pass'), { code: 'EFBIG' })
      }
      files.set(`${prefix}${name}`, await readFile(path))
    }
  }
  await read(dir, '', 0)
  return files
}
