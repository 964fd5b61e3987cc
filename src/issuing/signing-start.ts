import { hash } from 'node:crypto'
import { changeAll, type Store } from '../store/index.js'
import type { IssueDeps } from './issue-types.js'

const KEY = 'signing.identity'

/** The moment at which a run first met the present certificates and the present configuration. */
export interface SigningStart {
  /** By the clock, epoch milliseconds: files from before are to be signed again. */
  readonly since: number
  /** The same in the order of changes (store/clock.ts), perhaps a second later: no pass is older for phones. */
  readonly at: number
}

/** Since when passes are made as they are now, apart from their designs. */
export async function signingStart(
  store: Store,
  { identity, pass, values, now }: Pick<IssueDeps, 'identity' | 'pass' | 'values' | 'now'>,
): Promise<SigningStart> {
  const certificates = identity && [identity.leaf, identity.issuer].map((der) => Buffer.from(der).toString('base64'))
  const facts = Object.entries(pass).sort(([a], [b]) => (a < b ? -1 : 1))
  const present = hash('sha256', JSON.stringify([certificates, facts, values.currency]))
  return store.write(async (trx) => {
    const row = await trx.selectFrom('meta').select('value').where('key', '=', KEY).executeTakeFirst()
    const known: { hash: string; since: number; at?: number } | undefined = row && JSON.parse(row.value)
    // Stores from before there was a web service have no `at`.
    if (known?.hash === present) return { since: known.since, at: known.at ?? known.since }
    const since = now()
    const { at } = await changeAll(trx, since)
    const value = JSON.stringify({ hash: present, since, at })
    await trx
      .insertInto('meta')
      .values({ key: KEY, value })
      .onConflict((conflict) => conflict.column('key').doUpdateSet({ value }))
      .execute()
    return { since, at }
  })
}
