import { openArchiveFile } from '../../signing/verify/archive/archive-file.js'
import type { ArchiveFile } from '../../signing/verify/archive/types.js'
import { ZIP_LIMITS, ZipError } from '../../signing/verify/zip.js'
import { bundleShape } from './bundle-shape.js'
import { isBundleName, isNameOfOnePass, isPassName } from './pass-names.js'
import { LARGEST_FILE, type PassSource } from './pass-source.js'

/**
 * The passes in an archive of passes of any size, such as `tessera issue --zip` writes; they are read one by one later.
 * Undefined for what is one pass, a bundle that can be read as a whole, or no archive.
 *
 * @param bytes - size of the file
 */
export async function listArchive(file: string, path: string, bytes: number): Promise<PassSource[] | undefined> {
  if (isNameOfOnePass(path)) return undefined
  const archive = await open(path)
  if (archive === undefined) return undefined
  const { entries, findings } = archive
  await archive.close()
  const passes = entries.filter(({ name }) => isPassName(name))
  if (passes.length === 0 || entries.some(({ name }) => name === 'pass.json')) return undefined
  const bundle = isBundleName(path)
  if (bundle && entries.length <= ZIP_LIMITS.entries && bytes <= LARGEST_FILE) return undefined
  const shape = bundle
    ? bundleShape(
        entries.map(({ name }) => name),
        bytes,
      )
    : []
  const found = [...findings, ...shape]
  return [
    ...(found.length === 0 ? [] : [{ kind: 'archive', file, found } as const]),
    ...passes.map((entry) => ({ kind: 'entry', file: `${file}/${entry.name}`, path, entry }) as const),
  ]
}

async function open(path: string): Promise<ArchiveFile | undefined> {
  try {
    return await openArchiveFile(path)
  } catch (error) {
    // Whoever reads it as one pass says what is wrong with it.
    if (error instanceof ZipError || (error instanceof Error && 'code' in error)) return undefined
    throw error
  }
}
