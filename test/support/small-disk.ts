import { mkdir } from 'node:fs/promises'
import { execa } from 'execa'
import { afterAll } from 'vitest'

/**
 * A file system of its own with little space, until the test file ends. Undefined where mounting is not allowed: root
 * in a container may, usually, and people on their laptops may not. Call at the top level.
 */
export async function smallDisk(path: string, size: string): Promise<string | undefined> {
  await mkdir(path, { recursive: true })
  const options = ['-t', 'tmpfs', '-o', `size=${size}`, 'tmpfs', path]
  const { exitCode } = await execa('mount', options, { reject: false })
  if (exitCode !== 0) return undefined
  afterAll(() => execa('umount', [path], { reject: false }))
  return path
}
