import { createRequire } from 'node:module'
import path from 'node:path'

/** The folder of models inside the installed Human package: `FILE.json` and `FILE.bin` for each network. */
export function humanModelsDir(): string {
  return path.join(humanRoot(), 'models')
}

/** The installed Human package. */
export function humanRoot(): string {
  const resolve = createRequire(import.meta.url).resolve
  return path.join(path.dirname(resolve('@vladmandic/human')), '..')
}
