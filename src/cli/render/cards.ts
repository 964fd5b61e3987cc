import { formatCount, plural } from './numbers.js'
import { type Output, paint } from './styles.js'
import { definitions, table } from './table.js'

interface CardRowView {
  readonly serial: string
  readonly design: string
  readonly status: string
  readonly values: Readonly<Record<string, string | number>>
}

interface CardDetailView extends CardRowView {
  readonly barcode: string
  readonly locale: string | null
  readonly expiresAt: string | null
  readonly extras: {
    readonly sharing?: boolean
    readonly locationText?: string
    readonly beaconText?: string
  }
  readonly issuedAt: string
  readonly updatedAt: string
  readonly revision: number
  readonly link: string | null
}

/** All that is known of one card, apart from its token. */
export function renderCard(card: CardDetailView, output: Output = process.stdout): string {
  return definitions(
    [
      ['Serial', card.serial],
      ['Design', card.design],
      ['Status', card.status],
      ...Object.entries(card.values),
      ['Barcode', card.barcode],
      ['Language', card.locale ?? undefined],
      ['Expires', card.expiresAt ?? undefined],
      ['Sharing', sharingText(card.extras.sharing)],
      ['Text at locations', card.extras.locationText],
      ['Text at beacons', card.extras.beaconText],
      ['Issued', card.issuedAt],
      ['Changed', card.revision > 1 ? `${card.updatedAt} (revision ${card.revision})` : undefined],
      ['Link', card.link ?? undefined],
    ],
    output,
  )
}

function sharingText(sharing: boolean | undefined): string | undefined {
  return sharing === undefined ? undefined : sharing ? 'on' : 'off'
}

/** A table of cards, and how many there are in all. */
export function renderCards(
  { count, cards }: { readonly count: number; readonly cards: readonly CardRowView[] },
  output: Output = process.stdout,
): string {
  if (count === 0) return 'No cards match.'
  const keys = [...new Set(cards.flatMap(({ values }) => Object.keys(values)))]
  const rows = table(
    cards,
    [
      { title: 'Serial', value: (card) => card.serial },
      { title: 'Design', value: (card) => card.design },
      { title: 'Status', value: (card) => card.status },
      ...keys.map((key) => ({ title: key, value: (card: CardRowView) => card.values[key] })),
    ],
    output,
  )
  const rest =
    cards.length < count
      ? `The first ${formatCount(cards.length)} of ${plural(count, 'card')}; --limit 0 shows all.`
      : plural(count, 'card')
  return [rows, '', paint('dim', rest, output)].join('\n').trimStart()
}

/** `3 cards voided, 1 was already.` */
export function renderChange(
  { changed, unchanged, dryRun }: { readonly changed: number; readonly unchanged: number; readonly dryRun: boolean },
  done: string,
): string {
  if (dryRun) return `Would change ${plural(changed, 'card')}. Nothing was written.`
  const already = unchanged > 0 ? ` ${formatCount(unchanged)} already ${unchanged === 1 ? 'was' : 'were'}.` : ''
  return `${plural(changed, 'card')} ${done}.${already}`
}
