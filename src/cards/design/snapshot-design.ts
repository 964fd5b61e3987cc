import { randomUUID } from 'node:crypto'
import { mkdir, rename, rm, stat, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { AppError } from '../../kit/errors/index.js'
import { DESIGN_SUFFIX, type Design } from './design.js'

/** Where the snapshot of a design version is kept. */
export function snapshotPath(targetDir: string, hash: string): string {
  return join(targetDir, `${hash}${DESIGN_SUFFIX}`)
}

/**
 * Keeps a copy of the design as it was read, so that cards issued from it stay what they were however the folder is
 * edited later. Written from memory, hence exactly what {@link Design.hash} was computed over. Does nothing when that
 * version is there already; safe when two processes do it at once.
 *
 * @returns the folder `<targetDir>/<hash>.pkpasstemplate`
 */
export async function snapshotDesign(design: Design, targetDir: string): Promise<string> {
  const target = snapshotPath(targetDir, design.hash)
  const files = new Map([
    ...design.files,
    ['pass.json', design.sources.passJson],
    ['design.yaml', design.sources.designYaml],
  ] as const)
  await writeFolder(target, files)
  return target
}

/**
 * Writes a folder of files at once: a reader sees all of it or nothing.
 *
 * @returns false when the folder was there already; it is then left as it is
 */
export async function writeFolder(target: string, files: ReadonlyMap<string, string | Uint8Array>): Promise<boolean> {
  if (await isFolder(target)) return false
  const temporary = join(dirname(target), `.${randomUUID()}.tmp`)
  try {
    await mkdir(temporary, { recursive: true })
    for (const [path, bytes] of files) {
      const file = join(temporary, ...path.split('/'))
      await mkdir(dirname(file), { recursive: true })
      await writeFile(file, bytes)
    }
    await rename(temporary, target)
    return true
  } catch (cause) {
    await rm(temporary, { recursive: true, force: true })
    // Another process was faster: rename onto a folder that is not empty fails.
    if (await isFolder(target)) return false
    throw new AppError('DESIGN_UNREADABLE', `${target} cannot be written: ${(cause as Error).message}.`, { cause })
  }
}

async function isFolder(path: string): Promise<boolean> {
  return (await stat(path).catch(() => undefined))?.isDirectory() ?? false
}
