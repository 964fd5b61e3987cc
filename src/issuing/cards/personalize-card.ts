import type { Design } from '../../cards/design/design.js'
import type { PERSONAL_INFO } from '../../cards/design/design-config.js'
import type { ValueContext } from '../../cards/values/context.js'
import { parseValue } from '../../cards/values/parse-value.js'
import { beginChange, recordChanges, type Store } from '../../store/index.js'
import { changedThings } from '../changed-things.js'

type PersonalInfo = Readonly<Partial<Record<(typeof PERSONAL_INFO)[number], string>>>

/**
 * Fills a card with what its holder typed into Wallet's form: the fields that `personalize` of design.yaml names. All of
 * it is in the record of changes, also what no field shows. The first form counts.
 *
 * @returns false when the design has no form.
 */
export async function personalizeCard(
  store: Store,
  {
    cardId,
    design,
    info,
    context,
    now,
  }: {
    readonly cardId: number
    readonly design: Design
    readonly info: PersonalInfo
    readonly context: ValueContext
    readonly now: number
  },
): Promise<boolean> {
  if (!design.files.has('personalization.json')) return false
  await store.write(async (trx) => {
    const row = await trx.selectFrom('cards').selectAll().where('id', '=', cardId).executeTakeFirstOrThrow()
    if (row.personalized_at !== null) return
    const values = JSON.parse(row.field_values)
    for (const spec of design.fields) {
      const wanted = design.config.personalize[spec.key]
      const text = wanted === undefined ? undefined : info[wanted]
      const parsed = text === undefined ? undefined : parseValue(spec, text, context)
      // A phone number that is none, say: the holder cannot be asked again, and the record has what was typed.
      if (parsed?.ok) values[spec.key] = parsed.value
    }
    const change = await beginChange(trx, now)
    const at = change.stamp(row.updated_at)
    const update = { field_values: JSON.stringify(values) }
    await store.updateMany(trx, 'cards', [
      { id: row.id, ...update, personalized_at: at, revision: row.revision + 1, updated_at: at, tag: change.tag },
    ])
    const things = [{ what: 'personalized', after: info }, ...changedThings(row, update)]
    const author = { actor: 'holder', source: 'personalize' }
    await recordChanges(store, trx, { change, author, changes: [{ cardId, at, things }] })
    await change.done()
  })
  return true
}
