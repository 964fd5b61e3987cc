import { hash } from 'node:crypto'
import { changeAll, type Store } from '../store/index.js'
import type { IssueDeps } from './issue-types.js'

const KEY = 'signing.identity'

/**
 * Since when passes are made as they are now, apart from their designs: epoch milliseconds of the moment at which a run
 * first met the present certificates and the present configuration. Files from before are to be signed again.
 */
export async function signingSince(
  store: Store,
  { identity, pass, values, now }: Pick<IssueDeps, 'identity' | 'pass' | 'values' | 'now'>,
): Promise<number> {
  const certificates = identity && [identity.leaf, identity.issuer].map((der) => Buffer.from(der).toString('base64'))
  const facts = Object.entries(pass).sort(([a], [b]) => (a < b ? -1 : 1))
  const present = hash('sha256', JSON.stringify([certificates, facts, values.currency]))
  return store.write(async (trx) => {
    const row = await trx.selectFrom('meta').select('value').where('key', '=', KEY).executeTakeFirst()
    const known: { hash: string; since: number } | undefined = row && JSON.parse(row.value)
    if (known?.hash === present) return known.since
    const { at: since } = await changeAll(trx, now())
    const value = JSON.stringify({ hash: present, since })
    await trx
      .insertInto('meta')
      .values({ key: KEY, value })
      .onConflict((conflict) => conflict.column('key').doUpdateSet({ value }))
      .execute()
    return since
  })
}
