import type { ValueContext } from '../../cards/values/context.js'
import { closest } from '../../kit/closest.js'
import { AppError } from '../../kit/errors/index.js'
import type { Author, Trx } from '../../store/index.js'
import { cardQuery, type StoredCard } from '../cards/card-view.js'
import { type Selection, selectCards } from '../cards/select-cards.js'
import { Contexts } from '../cell-values.js'
import { problemText } from '../problem-text.js'
import { type CardEdit, type EditedCard, editCard } from './card-edit.js'
import { type DesignRules, Rulebook, type RulesDeps } from './design-rules.js'
import { type EditsPreview, EditsTally } from './preview-edits.js'
import { readFieldValue } from './read-edit.js'
import { SilenceTally, type SilentCards } from './silence.js'
import { writeEdits } from './write-edits.js'

/** The same change for every card of a selection. */
export interface SelectedEdit {
  readonly selection: Selection
  /** Field key -> text as typed; nothing takes the card's own value away. */
  readonly values: ReadonlyMap<string, string>
  /** The rest of it. */
  readonly edit: Omit<CardEdit, 'values'>
}

export interface EditResult {
  readonly changed: number
  /** Cards that already were as asked. */
  readonly unchanged: number
  readonly silent: SilentCards
}

/**
 * Reads every selected card and says what the change would make of it.
 *
 * @throws AppError FIELD_UNKNOWN, VALUE_INVALID for the first card that cannot be changed so, CARD_NOT_FOUND
 */
export async function previewSelected(request: SelectedEdit, deps: RulesDeps): Promise<EditsPreview> {
  const now = deps.now()
  const editor = new Editor(request, deps, now)
  const tally = new EditsTally({ locale: deps.values.locale, now })
  for await (const page of selectCards(deps.store, request.selection, { now }))
    for (const row of page) tally.add(await editor.edit(row))
  return tally.result
}

/**
 * Changes every selected card, page by page; doing it again changes nothing more. Look with {@link previewSelected}
 * first: it finds what stands in the way before anything is written.
 *
 * @throws AppError FIELD_UNKNOWN, VALUE_INVALID, CARD_NOT_FOUND
 */
export async function editSelected(request: SelectedEdit, deps: RulesDeps & { author: Author }): Promise<EditResult> {
  const { store, author } = deps
  const now = deps.now()
  const editor = new Editor(request, deps, now)
  const silence = new SilenceTally()
  let changed = 0
  let unchanged = 0
  for await (const page of selectCards(store, request.selection, { now })) {
    // What the designs say is read before the store is held: others wait for it.
    for (const { design_id: id } of page) await editor.book.of(id)
    const cards = await store.write(async (trx) => {
      // Read again where nobody else writes: a run of `issue` may have changed the cards since.
      const edited: EditedCard[] = []
      for (const row of await readAgain(trx, page)) edited.push(await editor.edit(row))
      changed += await writeEdits(store, trx, { cards: edited, now: deps.now(), author })
      return edited
    })
    for (const card of cards) {
      if (card.things.length === 0) unchanged++
      else silence.add(card)
    }
  }
  return { changed, unchanged, silent: silence.result }
}

function readAgain(trx: Trx, page: readonly StoredCard[]): Promise<StoredCard[]> {
  const ids = page.map(({ id }) => id)
  return cardQuery(trx).where('cards.id', 'in', ids).orderBy('cards.id').execute()
}

/** Reads the typed values for each design and language once. */
class Editor {
  readonly book: Rulebook
  readonly #request: SelectedEdit
  readonly #contexts: Contexts
  readonly #defaults: ValueContext
  readonly #now: number
  readonly #edits = new Map<string, CardEdit>()

  constructor(request: SelectedEdit, deps: RulesDeps, now: number) {
    this.book = new Rulebook(deps)
    this.#request = request
    this.#defaults = deps.values
    this.#contexts = new Contexts(deps.values)
    this.#now = now
  }

  async edit(row: StoredCard): Promise<EditedCard> {
    const rules = await this.book.of(row.design_id)
    const { edit } = this.#request
    const locale = (edit.locale === undefined ? row.locale : edit.locale) ?? undefined
    const key = JSON.stringify([rules.id, locale])
    let read = this.#edits.get(key)
    if (read === undefined) {
      read = { ...edit, values: this.#values(rules, locale) }
      this.#edits.set(key, read)
    }
    const edited = editCard(row, read, { rules, now: this.#now })
    if ('card' in edited) return edited.card
    throw new AppError('VALUE_INVALID', `card ${row.serial}: ${problemText({ line: 0, ...edited.problem })}`)
  }

  #values(rules: DesignRules, locale: string | undefined): NonNullable<CardEdit['values']> {
    const context = this.#contexts.of(locale) ?? this.#defaults
    const values = new Map()
    for (const [key, text] of this.#request.values) {
      const spec = rules.fields.get(key)
      if (spec === undefined) throw unknownField(key, rules)
      const parsed = readFieldValue(spec, text, context)
      if (!parsed.ok)
        throw new AppError('VALUE_INVALID', problemText({ line: 0, column: key, value: text, reason: parsed.reason }))
      values.set(key, parsed.value)
    }
    return values
  }
}

function unknownField(key: string, { name, fields }: DesignRules): AppError {
  const known = [...fields.keys()]
  const meant = closest(key, known)
  const all =
    known.length === 0 ? `The design "${name}" has no fields that cards feed.` : `There are: ${known.join(', ')}.`
  return new AppError('FIELD_UNKNOWN', `the design "${name}" has no field "${key}"`, {
    hints: [meant === undefined ? all : `Did you mean ${meant}?`],
    details: { design: name, field: key, known },
  })
}
