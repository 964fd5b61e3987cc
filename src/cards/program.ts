import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { AppError } from '../kit/errors/index.js'
import type { Design } from './design/design.js'
import { jsonMember, parseJsonSource } from './design/json-source.js'
import { passFields } from './design/read-pass.js'
import type { CardData, CardProgram, PassFiles, PassIdentity } from './model.js'
import { STRIP_SCALES, type StampSet, stampFolder, stampSetOf, stampVariant } from './pictures/stamp-set.js'
import { compilePass } from './program/compile-pass.js'
import { cardValue } from './program/field-edits.js'

export interface CompileOptions {
  /** Where `prepareVariants` (pictures/prepare-variants.ts) keeps its drawings. */
  readonly cacheDir: string
  /** ISO 4217 code of money fields whose design names none. */
  readonly currency?: string
}

/**
 * Compiles a design for making many cards. The pictures of stamp designs must have been drawn with `prepareVariants`.
 *
 * @throws AppError PICTURES_MISSING from `filesOf` when they are not there
 */
export function compileCard(design: Design, identity: PassIdentity, options: CompileOptions): CardProgram {
  const passJson = compilePass(design, identity, options.currency)
  const set = stampSetOf(design)
  const personalizable = design.files.has(PERSONALIZATION)
  const plain: CardProgram =
    set === undefined
      ? { passJson, variant: () => '', filesOf: () => design.files }
      : withStamps(design, { passJson, set, cacheDir: options.cacheDir })
  if (!personalizable) return plain
  // Once the form is filled in, the pass must not have it any more, or Wallet shows it again.
  return {
    passJson,
    variant: (card) => (card.personalized ? `${PERSONALIZED}${plain.variant(card)}` : plain.variant(card)),
    filesOf: (variant) =>
      variant.startsWith(PERSONALIZED)
        ? withoutForm(plain.filesOf(variant.slice(PERSONALIZED.length)))
        : plain.filesOf(variant),
  }
}

const PERSONALIZATION = 'personalization.json'
const PERSONALIZED = 'personalized;'

function withoutForm(files: PassFiles): PassFiles {
  return new Map(
    [...files].filter(([path]) => !/(?:^|\/)(?:personalization\.json|personalizationLogo(?:@\dx)?\.png)$/.test(path)),
  )
}

function withStamps(
  design: Design,
  { passJson, set, cacheDir }: { passJson: CardProgram['passJson']; set: StampSet; cacheDir: string },
): CardProgram {
  const own = ownNumber(design, set.field)
  const drawn = new Map<string, PassFiles>()
  return {
    passJson,
    variant: (card) => stampVariant(stampCount(card, set, own)),
    filesOf: (variant) => {
      let files = drawn.get(variant)
      if (files === undefined) {
        files = withDrawnStrip(design, stampFolder(cacheDir, set, variant))
        drawn.set(variant, files)
      }
      return files
    },
  }
}

function stampCount(card: CardData, set: StampSet, own: number): number {
  const count = Math.trunc(Number(cardValue(card, set.field) ?? own))
  return Number.isNaN(count) ? 0 : Math.min(Math.max(count, 0), set.total)
}

/** What the design itself shows in a field, when that is a number. */
function ownNumber(design: Design, field: string): number {
  const style = jsonMember(parseJsonSource(design.passText), design.style)
  for (const node of style === undefined ? [] : passFields(style)) {
    const key = jsonMember(node, 'key')
    const value = jsonMember(node, 'value')
    if (key?.kind === 'scalar' && key.value === field && value?.kind === 'scalar') return Number(value.value)
  }
  return 0
}

/** The design's files with the drawn strips in place of its own, translated ones included, which would hide them. */
function withDrawnStrip(design: Design, folder: string): PassFiles {
  const files = new Map([...design.files].filter(([path]) => !/(?:^|\/)strip(?:@\dx)?\.(?:png|pdf)$/i.test(path)))
  for (const [name] of STRIP_SCALES) files.set(name, readDrawing(join(folder, name)))
  return files
}

function readDrawing(path: string): Uint8Array {
  try {
    return readFileSync(path)
  } catch (cause) {
    throw new AppError('PICTURES_MISSING', `The stamp picture ${path} cannot be read.`, { cause })
  }
}
