import { openSqliteStore } from './sqlite/open-sqlite.js'
import type { Store } from './store.js'

export { type Author, type ChangedThing, type RecordedChange, recordChanges } from './changes.js'
export { beginChange, type Change, changeAll } from './clock.js'
export type { CardTable, JobTable, RegistrationTable, Schema } from './schema.js'
export type { Db, HeldLock, LockRefusal, Store, Trx } from './store.js'

/** Which database, from tessera.yaml's `store`. */
export interface StoreAddress {
  readonly dialect: 'sqlite'
  /** Absolute path of the file. */
  readonly file: string
}

/** Opens the launch's store. See sqlite/open-sqlite.ts for the errors. */
export function openStore(address: StoreAddress): Promise<Store> {
  return openSqliteStore({ file: address.file })
}
