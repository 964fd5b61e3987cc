import { hash } from 'node:crypto'
import { AppError } from '../kit/errors/index.js'
import type { HeldLock, Store } from '../store/index.js'

/**
 * Keeps `issue` and `card export`, which may go on at the same time, from growing one zip file together.
 *
 * @param path - of the zip file, absolute; undefined when there is none.
 * @throws AppError JOB_RUNNING
 */
export async function lockArchive(
  store: Store,
  path: string | undefined,
  command: string,
): Promise<HeldLock | undefined> {
  if (path === undefined) return undefined
  const lock = await store.lock(`zip-${hash('sha256', path).slice(0, 16)}`, `process ${process.pid}, ${command}`)
  if (lock.held) return lock
  throw new AppError('JOB_RUNNING', `another run is writing ${path}: ${lock.holder}`)
}
