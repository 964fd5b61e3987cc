import { mkdtemp, realpath, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll } from 'vitest'

/** A folder of its own for a test file, removed afterwards. Call at the top level of the file or inside `describe`. */
export async function tempDir(name: string): Promise<string> {
  const dir = await realpath(await mkdtemp(join(tmpdir(), `tessera-${name}-`)))
  afterAll(() => rm(dir, { recursive: true, force: true }))
  return dir
}
