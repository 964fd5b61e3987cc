import type { Design } from '../cards/design/design.js'
import { WorkerPool } from '../jobs/worker-pool.js'
import type { IssueDeps } from './issue-types.js'
import type { SignerSetup, SignResult, SignTask } from './sign-task.js'

export type SignerPool = WorkerPool<SignTask, SignResult>

/** Starts the threads that sign cards of one design, whose pictures must have been drawn. */
export function startSigners(
  design: Design,
  { identity, folders, values, pass, workers }: Pick<IssueDeps, 'identity' | 'folders' | 'values' | 'pass' | 'workers'>,
): SignerPool {
  if (identity === undefined) throw new TypeError('signing needs an identity')
  const setup: SignerSetup = {
    design,
    cacheDir: folders.cache,
    picturesDir: folders.pictures,
    currency: values.currency,
    pass,
    identity: { leaf: identity.leaf, issuer: identity.issuer, key: identity.key },
  }
  // The sources run as they are under the tests, where the module has its TypeScript name.
  const module = new URL(import.meta.url.endsWith('.ts') ? './sign-worker.ts' : './sign-worker.js', import.meta.url)
  return new WorkerPool({ module, data: setup, size: workers })
}
