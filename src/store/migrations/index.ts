import type { Kysely } from 'kysely'
import type { Schema } from '../schema.js'
import { createTables } from './0001-create-tables.js'
import { webService } from './0002-web-service.js'

/** One step of the schema. Steps are only ever added; a landed step never changes. */
export interface Migration {
  readonly name: string
  up(db: Kysely<Schema>): Promise<void>
}

/** In order; the store's schema version is the number of steps applied. */
export const MIGRATIONS: readonly Migration[] = [createTables, webService]
