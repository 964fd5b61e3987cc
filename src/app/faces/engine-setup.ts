import path from 'node:path'
import { humanModelsDir } from '../../faces/backends/human-package.js'
import type { BackendName } from '../../faces/backends/types.js'
import type { FindOptions } from '../../faces/detect/types.js'
import type { EngineSetup, RecogniserName } from '../../faces/engine/types.js'
import type { OwnModel } from '../../faces/models/types.js'

/** What the flags of a command say of the engine. */
export interface EngineWishes {
  /** The user's cache folder; converted models are kept in it, for all launches. */
  readonly cacheDir: string
  readonly backend?: BackendName | undefined
  readonly recogniser?: RecogniserName | OwnModel | undefined
  /** Name or id of an own model, in place of the recogniser. */
  readonly model?: string | undefined
  readonly find?: Partial<FindOptions> | undefined
  readonly mirror?: boolean | undefined
  readonly realLive?: boolean | undefined
}

export function engineSetup({ cacheDir, backend, recogniser, find, mirror, realLive }: EngineWishes): EngineSetup {
  return {
    backend: backend ?? 'onnx',
    modelsDir: humanModelsDir(),
    cacheDir: path.join(cacheDir, 'faces'),
    // As `doctor` looks for it: what is installed where the user works.
    ...(backend === 'tensorflow' ? { packagesFrom: process.cwd() } : {}),
    ...(recogniser === undefined ? {} : { recogniser }),
    ...(find === undefined ? {} : { find }),
    mirror: mirror ?? false,
    realLive: realLive ?? false,
  }
}
