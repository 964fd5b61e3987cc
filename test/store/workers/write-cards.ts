/** A process of its own that writes to a store: `write-cards.ts FILE MARK COUNT`. */
import { openStore } from '../../../src/store/index.js'
import { card } from './card-row.js'

const [file = '', mark = '', count = '0'] = process.argv.slice(2)
const store = await openStore({ dialect: 'sqlite', file })
await store.secret()
for (let index = 0; index < Number(count); index++) {
  await store.write(async (trx) => {
    await store.insertMany(trx, 'cards', [card(`${mark}-${index}`)])
    const { value } = await trx.selectFrom('meta').select('value').where('key', '=', 'count').executeTakeFirstOrThrow()
    await trx
      .updateTable('meta')
      .set({ value: String(Number(value) + 1) })
      .where('key', '=', 'count')
      .execute()
  })
}
await store.close()
