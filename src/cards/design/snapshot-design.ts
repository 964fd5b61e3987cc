import { join } from 'node:path'
import { writeFolder } from '../write-folder.js'
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
