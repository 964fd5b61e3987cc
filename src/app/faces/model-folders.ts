import path from 'node:path'
import type { Launch } from '../launch.js'

/**
 * Where own models and calibrations are kept: in the launch, when there is one, and for all launches in the user's data
 * folder. What is written goes to the first.
 */
export function modelFolders(dataDir: string, launch: Launch | undefined): [string, ...string[]] {
  const own = path.join(dataDir, 'face-models')
  return launch === undefined ? [own] : [launch.path('.tessera', 'face-models'), own]
}
