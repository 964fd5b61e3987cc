import type { CardData, CardProgram } from '../cards/model.js'
import { memberPictureFiles } from '../cards/pictures/member-pictures.js'
import { buildPass, type CompiledFiles, compileFiles, type SignedPass } from '../signing/archive/pass-archive.js'
import type { ManifestSigner } from '../signing/cms.js'

/**
 * Makes signed passes of one design. Pictures shared by many cards are hashed and laid out once. A pass is good until
 * the next one is made: write it or copy it first.
 */
export type PassMaker = (card: CardData, now: Date) => SignedPass

export function createPassMaker({
  program,
  signer,
  picturesDir,
}: {
  program: CardProgram
  signer: ManifestSigner
  picturesDir: string
}): PassMaker {
  const compiled = new Map<string, CompiledFiles>()
  const scratch = { buffer: Buffer.alloc(0) }

  return (card, now) => {
    const variant = program.variant(card)
    const extra = card.pictures === undefined ? undefined : memberPictureFiles(card, picturesDir)
    // A member's picture takes the place of the design's own of that name.
    const key = extra === undefined ? variant : `${variant}\u0000${[...extra.keys()].join('\u0000')}`
    let shared = compiled.get(key)
    if (shared === undefined) {
      const files = program.filesOf(variant)
      shared = compileFiles(extra ? new Map([...files].filter(([name]) => !extra.has(name))) : files)
      compiled.set(key, shared)
    }
    return buildPass(shared, program.passJson(card), { signer, now, extra, scratch })
  }
}
