import type { Design } from '../../cards/design/design.js'
import type { CardData } from '../../cards/model.js'
import { AppError } from '../../kit/errors/index.js'
import type { Launch } from '../launch.js'

interface IssuedCard {
  readonly card: CardData
  readonly warnings: readonly string[]
}

/**
 * The card of the launch that a serial, a barcode or a field value names; undefined when none is asked for.
 *
 * @throws AppError CARD_NOT_FOUND, CARD_AMBIGUOUS, USAGE when there is no launch to look in
 */
export async function issuedCard(
  { launch, card: name }: { readonly launch: Launch | undefined; readonly card: string | undefined },
  design: Design,
): Promise<IssuedCard | undefined> {
  if (name === undefined) return undefined
  if (launch === undefined) {
    throw new AppError('USAGE', '--card names a card of a launch, and there is no launch here.', {
      hints: ['Run the command in the launch, or name it with --launch.'],
    })
  }
  const { findCard } = await import('../../issuing/cards/select-cards.js')
  const { rowToCard } = await import('../../issuing/record-batch.js')
  const store = await launch.store()
  const row = await findCard(store, name)
  const warnings: string[] = []
  if (row.design !== design.name) {
    warnings.push(`The card ${row.serial} is of the design "${row.design}"; it is shown in "${design.name}".`)
  } else if ((await publishedHash(store, design.name)) !== design.hash) {
    warnings.push(
      `The design was changed since its cards were issued; they follow with the next \`tessera issue … --design ${design.name}\`.`,
    )
  }
  return { card: rowToCard(row), warnings }
}

async function publishedHash(store: Awaited<ReturnType<Launch['store']>>, name: string): Promise<string | undefined> {
  const { currentDesigns } = await import('../../issuing/published-designs.js')
  const [current] = await currentDesigns(store, { snapshots: '', cache: '', pictures: '' }, name)
  return current?.dir.replace(/\.pkpasstemplate$/, '').replace(/^.*[\\/]/, '')
}
