import { compileCard } from '../../cards/program.js'
import { AppError } from '../../kit/errors/index.js'
import { createManifestSigner } from '../../signing/cms.js'
import type { SigningIdentity } from '../../signing/identity.js'
import type { Store } from '../../store/index.js'
import type { IssueDeps } from '../issue-types.js'
import { createPassMaker } from '../pass-maker.js'
import { currentDesigns, prepareCurrent } from '../published-designs.js'
import { rowToCard } from '../record-batch.js'
import type { NamedPass } from './bundle.js'
import type { StoredCard } from './card-view.js'

export type SignDeps = Pick<IssueDeps, 'pass' | 'values' | 'folders' | 'now'> & {
  readonly store: Store
  readonly identity: SigningIdentity
}

/** Signs a few cards in this thread, in their order. */
export async function signCards(rows: readonly StoredCard[], deps: SignDeps): Promise<readonly NamedPass[]> {
  const signer = createManifestSigner(deps.identity)
  const makers = new Map<string, ReturnType<typeof createPassMaker>>()
  const passes: NamedPass[] = []
  for (const row of rows) {
    let make = makers.get(row.design)
    if (make === undefined) {
      const [current] = await currentDesigns(deps.store, deps.folders, row.design)
      if (current === undefined) throw new AppError('CARD_NOT_FOUND', `the store has no design "${row.design}"`)
      const design = await prepareCurrent(current, deps.folders)
      const program = compileCard(design, deps.pass, { cacheDir: deps.folders.cache, currency: deps.values.currency })
      make = createPassMaker({ program, signer, picturesDir: deps.folders.pictures })
      makers.set(row.design, make)
    }
    const pass = make(rowToCard(row), new Date(deps.now()))
    passes.push({ serial: row.serial, pass: { ...pass, tail: Buffer.from(pass.tail) } })
  }
  return passes
}
