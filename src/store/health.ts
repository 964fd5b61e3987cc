import { isAppError } from '../kit/errors/index.js'
import type { HealthCheck } from '../kit/health.js'
import type { Store } from './store.js'

/** The store's part of `tessera doctor`. `open` may fail; the check says how. */
export function storeChecks(open: () => Promise<Store>): readonly HealthCheck[] {
  return [
    {
      id: 'store.integrity',
      title: 'Store',
      async run() {
        try {
          const store = await open()
          const problems = await store.integrityProblems()
          if (problems.length > 0) {
            return {
              status: 'failed',
              detail: `${store.where}: ${problems.slice(0, 3).join('; ')}`,
              remedy: 'Restore the file from a backup; cards already on phones keep working meanwhile.',
            }
          }
          const { count } = await store.db
            .selectFrom('cards')
            .select(({ fn }) => fn.countAll<number>().as('count'))
            .executeTakeFirstOrThrow()
          return { status: 'ok', detail: `${store.where}: integrity check passed, ${Number(count)} cards` }
        } catch (error) {
          if (!isAppError(error)) throw error
          return { status: 'failed', detail: error.message, remedy: error.hints.at(-1) ?? '' }
        }
      },
    },
  ]
}
