import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import Database from 'better-sqlite3'
import type { HeldLock, LockRefusal } from '../store.js'

/**
 * A lock between processes that dies with its holder, SIGKILL included: an empty SQLite file under an exclusive
 * transaction, which the operating system's own file locks guard on every platform. A pid file could not tell a dead
 * holder from a recycled process id.
 */
export function takeFileLock(path: string, holder: string): HeldLock | LockRefusal {
  mkdirSync(dirname(path), { recursive: true })
  const database = new Database(`${path}.lock`, { timeout: 0 })
  try {
    database.exec('begin exclusive')
    writeFileSync(`${path}.holder`, holder)
  } catch (error) {
    database.close()
    if (!(error instanceof Error && 'code' in error && String(error.code).startsWith('SQLITE_BUSY'))) throw error
    return { held: false, holder: readHolder(path) }
  }
  return {
    held: true,
    release() {
      if (!database.open) return
      database.exec('rollback')
      database.close()
    },
  }
}

function readHolder(path: string): string {
  try {
    return readFileSync(`${path}.holder`, 'utf8')
  } catch {
    return 'another process'
  }
}
