import { randomUUID } from 'node:crypto'
import { mkdir, rename, rm, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { AppError } from '../../kit/errors/index.js'

export interface DesignUpdate {
  /** Path in the design -> new bytes. */
  readonly write: ReadonlyMap<string, Uint8Array>
  readonly remove: readonly string[]
  /** What the files to write and to remove held; missing ones were not there. Used to put things back. */
  readonly before: ReadonlyMap<string, Uint8Array>
}

/** What has to be written and removed so that a design holds exactly these files. */
export function designUpdate(
  before: ReadonlyMap<string, Uint8Array>,
  after: ReadonlyMap<string, Uint8Array>,
): DesignUpdate {
  const write = [...after].filter(([path, bytes]) => {
    const old = before.get(path)
    return old === undefined || Buffer.compare(old, bytes) !== 0
  })
  return { write: new Map(write), remove: [...before.keys()].filter((path) => !after.has(path)), before }
}

/**
 * Changes files of a design folder. Everything new is written beside its place first, so that a full disk or a
 * protected folder changes nothing; then the files take their places, and if one cannot, the others are put back.
 * Files of the folder that are not named stay as they are.
 *
 * @throws AppError DESIGN_UNREADABLE
 */
export async function updateDesign(dir: string, { write, remove, before }: DesignUpdate): Promise<void> {
  const waiting: { readonly path: string; readonly temporary: string; readonly target: string }[] = []
  const done: string[] = []
  try {
    for (const [path, bytes] of write) {
      const target = join(dir, ...path.split('/'))
      // A dot file is never taken for a part of the design.
      const temporary = join(dirname(target), `.${randomUUID()}.tmp`)
      waiting.push({ path, temporary, target })
      await mkdir(dirname(target), { recursive: true })
      await writeFile(temporary, bytes)
    }
    for (const { path, temporary, target } of waiting) {
      await rename(temporary, target)
      done.push(path)
    }
    for (const path of remove) {
      await rm(join(dir, ...path.split('/')))
      done.push(path)
    }
  } catch (cause) {
    await Promise.all(waiting.map(({ temporary }) => rm(temporary, { force: true }).catch(() => undefined)))
    for (const path of done) await putBack(join(dir, ...path.split('/')), before.get(path))
    throw new AppError('DESIGN_UNREADABLE', `${dir} cannot be changed: ${(cause as Error).message}.`, { cause })
  }
}

async function putBack(target: string, bytes: Uint8Array | undefined): Promise<void> {
  const restored = bytes === undefined ? rm(target, { force: true }) : writeFile(target, bytes)
  // What could not be put back is no worse than the error that is reported.
  await restored.catch(() => undefined)
}
