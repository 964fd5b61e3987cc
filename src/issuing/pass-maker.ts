import type { CardData, CardProgram, PassFiles } from '../cards/model.js'
import { memberPictureFiles } from '../cards/pictures/member-pictures.js'
import {
  buildPass,
  buildPassAsync,
  type CompiledFiles,
  compileFiles,
  type SignedPass,
} from '../signing/archive/pass-archive.js'
import type { AsyncManifestSigner, ManifestSigner } from '../signing/cms.js'

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
  const partsOf = createPassParts(program, picturesDir)
  const scratch = { buffer: Buffer.alloc(0) }
  return (card, now) => {
    const { shared, passJson, extra } = partsOf(card)
    return buildPass(shared, passJson, { signer, now, extra, scratch })
  }
}

/** {@link createPassMaker} for a server: the signature is made by another thread, and every pass has memory of its own. */
export function createAsyncPassMaker({
  program,
  signer,
  picturesDir,
}: {
  program: CardProgram
  signer: AsyncManifestSigner
  picturesDir: string
}): (card: CardData, now: Date) => Promise<SignedPass> {
  const partsOf = createPassParts(program, picturesDir)
  return (card, now) => {
    const { shared, passJson, extra } = partsOf(card)
    return buildPassAsync(shared, passJson, { signer, now, extra })
  }
}

interface PassParts {
  readonly shared: CompiledFiles
  readonly passJson: string
  readonly extra: PassFiles | undefined
}

function createPassParts(program: CardProgram, picturesDir: string): (card: CardData) => PassParts {
  const compiled = new Map<string, CompiledFiles>()
  return (card) => {
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
    return { shared, passJson: program.passJson(card), extra }
  }
}
