import type { Design } from '../../cards/design/design.js'
import { snapshotPath } from '../../cards/design/snapshot-design.js'
import type { CardData } from '../../cards/model.js'
import { AppError } from '../../kit/errors/index.js'
import { launchParts } from '../issuing.js'
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
  const row = await findCard(await launch.store(), name)
  const warnings: string[] = []
  if (row.design !== design.name) {
    warnings.push(`The card ${row.serial} is of the design "${row.design}"; it is shown in "${design.name}".`)
  } else if (!(await isPublished(launch, design))) {
    warnings.push(
      `The design was changed since its cards were issued; they follow with \`tessera design publish ${design.name}\`.`,
    )
  }
  return { card: rowToCard(row), warnings }
}

async function isPublished(launch: Launch, design: Design): Promise<boolean> {
  const { currentDesigns } = await import('../../issuing/published-designs.js')
  const { folders } = launchParts(launch, undefined)
  const [current] = await currentDesigns(await launch.store(), folders, design.name)
  return current?.dir === snapshotPath(folders.snapshots, design.hash)
}
