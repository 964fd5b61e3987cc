import type { Design } from '../../cards/design/design.js'
import type { CardData, CardProgram } from '../../cards/model.js'
import { memberPictureFiles } from '../../cards/pictures/member-pictures.js'
import { compileCard } from '../../cards/program.js'
import type { PassBundle } from '../../cards/view/types.js'
import { createRecent } from '../../kit/recent.js'
import type { SignedPass } from '../../signing/archive/pass-archive.js'
import { type AsyncManifestSigner, createAsyncManifestSigner } from '../../signing/cms.js'
import type { SigningIdentity } from '../../signing/identity.js'
import type { IssueDeps } from '../issue-types.js'
import { createAsyncPassMaker } from '../pass-maker.js'
import type { CurrentDesign } from '../published-designs.js'
import { prepareCurrent } from '../published-designs.js'

/** Designs kept compiled: those that cards are asked of now, with room for the versions before. */
const MOST_DESIGNS = 16

export interface PassFactory {
  /** The signed pass. The same card, design and time give the same bytes, in every process. */
  sign(card: CardData, design: CurrentDesign, when: Date): Promise<SignedPass>
  /** What is in the pass, for pictures. */
  contents(card: CardData, design: CurrentDesign): Promise<PassBundle>
  design(design: CurrentDesign): Promise<Design>
  /** A signature of any bytes, such as a personalization token. */
  readonly signer: AsyncManifestSigner
}

interface Prepared {
  readonly design: Design
  readonly program: CardProgram
  readonly make: (card: CardData, when: Date) => Promise<SignedPass>
}

/** Makes single passes for a server: the designs are read and compiled once, the signing is done by other threads. */
export function createPassFactory({
  identity,
  pass,
  values,
  folders,
}: Pick<IssueDeps, 'pass' | 'values' | 'folders'> & { readonly identity: SigningIdentity }): PassFactory {
  const signer = createAsyncManifestSigner(identity)
  const recent = createRecent<Promise<Prepared>>(MOST_DESIGNS)

  const prepare = async (current: CurrentDesign): Promise<Prepared> => {
    const design = await prepareCurrent(current, folders)
    const program = compileCard(design, pass, { cacheDir: folders.cache, currency: values.currency })
    return { design, program, make: createAsyncPassMaker({ program, signer, picturesDir: folders.pictures }) }
  }
  const preparedFor = (current: CurrentDesign): Promise<Prepared> => recent(current.dir, () => prepare(current))

  return {
    signer,
    async sign(card, current, when) {
      const { make } = await preparedFor(current)
      return make(card, when)
    },
    async contents(card, current) {
      const { program } = await preparedFor(current)
      const files = new Map(program.filesOf(program.variant(card)))
      for (const [name, bytes] of memberPictureFiles(card, folders.pictures)) files.set(name, bytes)
      return { passJson: JSON.parse(program.passJson(card)), files }
    },
    async design(current) {
      return (await preparedFor(current)).design
    },
  }
}
