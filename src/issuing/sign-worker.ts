/** Runs in a worker thread: signs batches of cards. See sign-task.ts for what goes in and out. */
import type { CardData } from '../cards/model.js'
import { compileCard } from '../cards/program.js'
import { serveTasks } from '../jobs/worker-port.js'
import { createManifestSigner } from '../signing/cms.js'
import { layOutEntries, SharedHeads } from './card-archive.js'
import { CardFolder } from './card-folder.js'
import { createPassMaker } from './pass-maker.js'
import type { SignerSetup, SignResult, SignTask } from './sign-task.js'

serveTasks<SignerSetup, SignTask, SignResult>(async (setup) => {
  const program = compileCard(setup.design, setup.pass, { cacheDir: setup.cacheDir, currency: setup.currency })
  const { leaf, issuer, key } = setup.identity
  const signer = createManifestSigner({ leaf: Buffer.from(leaf), issuer: Buffer.from(issuer), key })
  const makePass = createPassMaker({ program, signer, picturesDir: setup.picturesDir })
  const heads = new SharedHeads()
  const folders = new Map<string, CardFolder>()

  function* signed(cards: readonly CardData[], when: Date) {
    for (const card of cards) yield { serial: card.serial, pass: makePass(card, when) }
  }

  return async ({ cards, now, target }) => {
    const when = new Date(now)
    if (target.kind === 'archive') {
      return { result: layOutEntries(signed(cards, when), { count: cards.length, heads, room: target.room }) }
    }
    const folder = folders.get(target.dir) ?? new CardFolder(target.dir)
    folders.set(target.dir, folder)
    let written = 0
    for (const card of cards) {
      const changedAt = target.keep?.get(card.serial)
      if (changedAt !== undefined && folder.hasSince(card.serial, changedAt)) continue
      folder.write(card.serial, makePass(card, when))
      written++
    }
    return { result: { kind: 'folder', written } }
  }
})
