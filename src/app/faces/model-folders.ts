import path from 'node:path'
import { isAppError } from '../../kit/errors/index.js'
import type { Launch } from '../launch.js'

/** Where a command stands: in a launch or not. */
export interface LaunchAround {
  /** Opens the launch that was named, or that the working directory lies in. */
  openLaunch(): Promise<Launch>
  /** Whether it was named: then it must be there. */
  readonly launchNamed: boolean
}

export async function launchIfAny({ openLaunch, launchNamed }: LaunchAround): Promise<Launch | undefined> {
  try {
    return await openLaunch()
  } catch (error) {
    if (!launchNamed && isAppError(error) && error.code === 'LAUNCH_NOT_FOUND') return undefined
    throw error
  }
}

/**
 * Where own models and calibrations are kept: in the launch, when there is one, and for all launches in the user's data
 * folder. What is written goes to the first.
 */
export function modelFolders(dataDir: string, launch: Launch | undefined): [string, ...string[]] {
  const own = path.join(dataDir, 'face-models')
  return launch === undefined ? [own] : [launch.path('.tessera', 'face-models'), own]
}
