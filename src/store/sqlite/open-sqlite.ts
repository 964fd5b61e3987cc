import { mkdirSync } from 'node:fs'
import { dirname } from 'node:path'
import Database from 'better-sqlite3'
import { toStoreError } from '../errors.js'
import { migrate } from '../migrate.js'
import type { Store } from '../store.js'
import { SqliteStore } from './sqlite-store.js'

/** How long a statement waits for another process's write, in ms: longer than any batch of a long job. */
const BUSY_TIMEOUT = 15_000

export interface SqliteOptions {
  /** Path of the database file; made, with its folder, when missing. */
  readonly file: string
  readonly busyTimeout?: number
}

/**
 * Opens the store and brings its schema up to date.
 *
 * @throws AppError STORE_DAMAGED, STORE_LOCKED, STORE_NEWER, STORE_UNAVAILABLE, DISK_FULL
 */
export async function openSqliteStore({ file, busyTimeout = BUSY_TIMEOUT }: SqliteOptions): Promise<Store> {
  let raw: Database.Database | undefined
  try {
    mkdirSync(dirname(file), { recursive: true })
    raw = connect(file, busyTimeout)
    const openWriter = (): Database.Database => {
      const writer = connect(file, busyTimeout)
      // From here on the dialect waits, see dialect.ts.
      writer.pragma('busy_timeout = 0')
      return writer
    }
    const store = new SqliteStore(raw, { where: file, patience: busyTimeout, openWriter })
    await migrate(store.db, file)
    return store
  } catch (error) {
    raw?.close()
    throw toStoreError(error, file)
  }
}

function connect(file: string, timeout: number): Database.Database {
  const raw = new Database(file, { timeout })
  try {
    configure(raw)
    return raw
  } catch (error) {
    raw.close()
    throw error
  }
}

function configure(raw: Database.Database): void {
  // WAL: readers never wait for the writer. NORMAL: no fsync per commit; a power cut may lose the last commits but
  // never damages the file, and a killed process loses nothing (https://sqlite.org/pragma.html#pragma_synchronous).
  raw.pragma('journal_mode = WAL')
  raw.pragma('synchronous = NORMAL')
  raw.pragma('foreign_keys = ON')
  raw.pragma('cache_size = -8192')
  // Checkpoint every 32 MB instead of 4: each one waits for the disk.
  raw.pragma('wal_autocheckpoint = 8000')
}
