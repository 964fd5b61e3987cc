import type { Kysely } from 'kysely'
import type { Schema } from '../schema.js'
import type { Migration } from './index.js'

export const createTables: Migration = {
  name: '0001-create-tables',
  async up(db: Kysely<Schema>) {
    await db.schema
      .createTable('designs')
      .addColumn('id', 'integer', (column) => column.primaryKey())
      .addColumn('name', 'text', (column) => column.notNull().unique())
      .addColumn('current_version', 'integer', (column) => column.notNull())
      .execute()
    await db.schema
      .createTable('design_versions')
      .addColumn('design_id', 'integer', (column) => column.notNull().references('designs.id'))
      .addColumn('number', 'integer', (column) => column.notNull())
      .addColumn('hash', 'text', (column) => column.notNull())
      .addColumn('created_at', 'bigint', (column) => column.notNull())
      .addPrimaryKeyConstraint('design_versions_pk', ['design_id', 'number'])
      .execute()
    await db.schema
      .createTable('cards')
      .addColumn('id', 'integer', (column) => column.primaryKey())
      .addColumn('serial', 'text', (column) => column.notNull().unique())
      .addColumn('design_id', 'integer', (column) => column.notNull().references('designs.id'))
      .addColumn('field_values', 'text', (column) => column.notNull())
      .addColumn('token', 'text', (column) => column.notNull())
      .addColumn('barcode', 'text', (column) => column.notNull())
      .addColumn('locale', 'text')
      .addColumn('expires_at', 'bigint')
      .addColumn('voided_at', 'bigint')
      .addColumn('pictures', 'text')
      .addColumn('revision', 'integer', (column) => column.notNull())
      .addColumn('created_at', 'bigint', (column) => column.notNull())
      .addColumn('updated_at', 'bigint', (column) => column.notNull())
      .addColumn('job_id', 'integer', (column) => column.notNull())
      .addColumn('job_row', 'integer', (column) => column.notNull())
      .execute()
    await db.schema
      .createTable('jobs')
      .addColumn('id', 'integer', (column) => column.primaryKey())
      .addColumn('kind', 'text', (column) => column.notNull())
      .addColumn('job_key', 'text', (column) => column.notNull())
      .addColumn('state', 'text', (column) => column.notNull())
      .addColumn('command', 'text', (column) => column.notNull())
      .addColumn('checkpoint', 'text', (column) => column.notNull())
      .addColumn('started_at', 'bigint', (column) => column.notNull())
      .addColumn('updated_at', 'bigint', (column) => column.notNull())
      .addColumn('finished_at', 'bigint')
      .execute()
    await db.schema.createIndex('jobs_by_key').on('jobs').columns(['job_key']).execute()
  },
}
