import { closest } from '../../kit/closest.js'
import { AppError } from '../../kit/errors/index.js'
import type { Store } from '../../store/index.js'
import type { Selection } from './select-cards.js'

/** Cards looked at for the names of fields: the newest ones of every design. */
const SAMPLE = 200

/**
 * For a selection that found nothing: says when that is because no card has such a field, or no design such a name. A
 * launch without cards has no names to compare with.
 *
 * @throws AppError SELECTION_UNKNOWN
 */
export async function assertNamesKnown(store: Store, { design, where }: Selection): Promise<void> {
  const designs = await store.db.selectFrom('designs').select(['id', 'name']).execute()
  if (designs.length === 0) return
  const names = designs.map(({ name }) => name)
  if (design !== undefined && !names.includes(design))
    throw unknown(`No card has the design "${design}"`, design, names)
  const fields = new Set<string>()
  for (const { id } of designs) {
    const cards = await store.db
      .selectFrom('cards')
      .select('field_values')
      .where('design_id', '=', id)
      .orderBy('id', 'desc')
      .limit(SAMPLE)
      .execute()
    for (const { field_values } of cards) for (const key of Object.keys(JSON.parse(field_values))) fields.add(key)
  }
  if (fields.size === 0) return
  for (const key of where?.keys() ?? []) {
    if (!fields.has(key)) throw unknown(`No card has the field "${key}"`, key, [...fields].sort())
  }
}

function unknown(message: string, word: string, known: readonly string[]): AppError {
  const meant = closest(word, known)
  return new AppError('SELECTION_UNKNOWN', `${message}.`, {
    hints: [meant === undefined ? `There are: ${known.slice(0, 20).join(', ')}.` : `Did you mean ${meant}?`],
    details: { known: known.slice(0, 100) },
  })
}
