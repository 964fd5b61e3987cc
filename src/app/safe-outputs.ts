import { dirname, resolve, sep } from 'node:path'
import { AppError } from '../kit/errors/index.js'
import { CONFIG_FILE } from './config/load-config.js'
import type { Launch } from './launch.js'

/**
 * Refuses to write results where the launch keeps what it lives on: one wrong `--zip` would replace the store or a key.
 *
 * @param paths - absolute paths of files or folders that are about to be written.
 * @throws AppError OUTPUT_UNWRITABLE
 */
export function assertSafeOutputs({ config, path }: Launch, paths: readonly (string | undefined)[]): void {
  const { certificate, key, wwdr } = config.apple
  const store = path(config.store.replace(/^sqlite:/, ''))
  const own = [path(CONFIG_FILE), path(certificate), path(key), path(wwdr), store, `${store}-wal`, `${store}-shm`]
  const folders = [path('.tessera'), path('designs')]
  for (const output of paths) {
    if (output === undefined) continue
    const inside = folders.find((folder) => resolve(output) === folder || resolve(output).startsWith(folder + sep))
    if (inside === undefined && !own.includes(resolve(output))) continue
    const keeper = inside ?? dirname(output)
    throw new AppError('OUTPUT_UNWRITABLE', `cannot write ${output}: the launch keeps files of its own in ${keeper}`, {
      hints: ['Give a path of its own, such as cards or cards.zip.'],
    })
  }
}
