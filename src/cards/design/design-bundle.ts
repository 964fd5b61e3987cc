import type { CardData, PassIdentity } from '../model.js'
import { memberPictureFiles } from '../pictures/member-pictures.js'
import { prepareVariants } from '../pictures/prepare-variants.js'
import { compileCard } from '../program.js'
import type { PassBundle } from '../view/types.js'
import type { Design } from './design.js'

export interface BundleOptions {
  readonly identity: PassIdentity
  /** ISO 4217 code of money fields whose design names none. */
  readonly currency?: string | undefined
  /** Where drawn stamp strips are kept. */
  readonly cacheDir: string
  /** Where prepared pictures of members are kept; needed for cards that have some. */
  readonly picturesDir?: string | undefined
}

/** The identity of a pass that nobody signs. */
export const UNSIGNED: PassIdentity = { passTypeIdentifier: 'pass.com.example.loyalty', teamIdentifier: 'ABCDE12345' }

/** The pass that a card becomes, unsigned: exactly what would be signed, made by the same program. */
export async function designBundle(design: Design, card: CardData, options: BundleOptions): Promise<PassBundle> {
  const { identity, currency, cacheDir, picturesDir } = options
  await prepareVariants(design, cacheDir)
  const program = compileCard(design, identity, { cacheDir, ...(currency === undefined ? {} : { currency }) })
  const files = program.filesOf(program.variant(card))
  const own = picturesDir === undefined ? undefined : memberPictureFiles(card, picturesDir)
  return {
    passJson: JSON.parse(program.passJson(card)) as Record<string, unknown>,
    files: own === undefined ? files : new Map([...files, ...own]),
  }
}
