import type { Kysely } from 'kysely'
import type { Schema } from '../schema.js'
import type { Migration } from './index.js'

/** What the Wallet web service keeps: registrations, the order of changes, who changed what, what phones complain of. */
export const webService: Migration = {
  name: '0002-web-service',
  async up(db: Kysely<Schema>) {
    await db.schema
      .createTable('clock')
      .addColumn('id', 'integer', (column) => column.primaryKey())
      .addColumn('tag', 'bigint', (column) => column.notNull())
      .addColumn('latest', 'bigint', (column) => column.notNull())
      .addColumn('floor', 'bigint', (column) => column.notNull())
      .execute()
    // A clock that was ahead when a card was changed last must not hide the changes from now on.
    const latest = db
      .selectFrom('cards')
      .select((eb) => eb.fn.coalesce(eb.fn.max('updated_at'), eb.lit(0)).as('latest'))
    await db.insertInto('clock').values({ id: 1, tag: 0, latest, floor: 0 }).execute()

    await db.schema
      .alterTable('designs')
      .addColumn('tag', 'bigint', (column) => column.notNull().defaultTo(0))
      .execute()
    await db.schema
      .alterTable('designs')
      .addColumn('published_at', 'bigint', (column) => column.notNull().defaultTo(0))
      .execute()
    await db.schema
      .alterTable('cards')
      .addColumn('tag', 'bigint', (column) => column.notNull().defaultTo(0))
      .execute()
    await db.schema.alterTable('cards').addColumn('extras', 'text').execute()
    await db.schema.alterTable('cards').addColumn('personalized_at', 'bigint').execute()

    await db.schema
      .createTable('changes')
      .addColumn('id', 'integer', (column) => column.primaryKey())
      .addColumn('card_id', 'integer')
      .addColumn('design_id', 'integer')
      .addColumn('tag', 'bigint', (column) => column.notNull())
      .addColumn('at', 'bigint', (column) => column.notNull())
      .addColumn('actor', 'text', (column) => column.notNull())
      .addColumn('source', 'text', (column) => column.notNull())
      .addColumn('details', 'text', (column) => column.notNull())
      .execute()
    await db.schema.createIndex('changes_by_card').on('changes').columns(['card_id']).execute()
    await db.schema.createIndex('changes_by_design').on('changes').columns(['design_id']).execute()

    await db.schema
      .createTable('registrations')
      .addColumn('id', 'integer', (column) => column.primaryKey())
      .addColumn('device', 'text', (column) => column.notNull())
      .addColumn('card_id', 'integer', (column) => column.notNull().references('cards.id'))
      .addColumn('platform', 'text', (column) => column.notNull())
      .addColumn('push_token', 'text', (column) => column.notNull())
      .addColumn('push_url', 'text')
      .addColumn('tag', 'bigint', (column) => column.notNull())
      .addColumn('created_at', 'bigint', (column) => column.notNull())
      .addColumn('updated_at', 'bigint', (column) => column.notNull())
      .execute()
    await db.schema
      .createIndex('registrations_by_device')
      .on('registrations')
      .columns(['device', 'card_id'])
      .unique()
      .execute()
    await db.schema.createIndex('registrations_by_card').on('registrations').columns(['card_id']).execute()
    await db.schema.createIndex('registrations_by_push_token').on('registrations').columns(['push_token']).execute()

    await db.schema
      .createTable('device_logs')
      .addColumn('id', 'integer', (column) => column.primaryKey())
      .addColumn('at', 'bigint', (column) => column.notNull())
      .addColumn('platform', 'text')
      .addColumn('device', 'text')
      .addColumn('serial', 'text')
      .addColumn('message', 'text', (column) => column.notNull())
      .execute()
    await db.schema.createIndex('device_logs_by_serial').on('device_logs').columns(['serial']).execute()
  },
}
