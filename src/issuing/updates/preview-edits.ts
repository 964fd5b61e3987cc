import { type HolderChange, holderChanges } from '../../cards/diff/holder-changes.js'
import { type SilentChange, silentChanges } from '../../cards/diff/silent-changes.js'
import type { PassView } from '../../cards/view/types.js'
import { viewPass } from '../../cards/view/view-pass.js'
import type { ChangedThing } from '../../store/index.js'
import type { StoredCard } from '../cards/card-view.js'
import { rowToCard } from '../record-batch.js'
import type { EditedCard } from './card-edit.js'
import { SilenceTally, type SilentCards } from './silence.js'

/** What one holder will see. */
export interface CardPreview {
  readonly serial: string
  readonly design: string
  /** The card's language. */
  readonly locale: string
  /** Everything that changes, as the card's history will have it. */
  readonly things: readonly ChangedThing[]
  /** Texts of the front and the back, and what the lock screen says. */
  readonly holder: readonly HolderChange[]
  /** Changed fields of which the lock screen says nothing. */
  readonly silent: readonly SilentChange[]
  /** The picture changes as well, as that of a stamp card does. */
  readonly picture: boolean
}

/** What `--dry-run` found. Nothing was written. */
export interface EditsPreview {
  readonly changed: number
  /** Cards that already are as asked. */
  readonly unchanged: number
  readonly silent: SilentCards
  /** The first of those that change. */
  readonly cards: readonly CardPreview[]
  /** The designs of the cards, that of the first card first, and whether they have places to come up at. */
  readonly designs: readonly { readonly name: string; readonly locations: boolean; readonly beacons: boolean }[]
}

/** Cards of which a preview tells everything. */
export const MOST_PREVIEWED = 100

/** Gathers what edits would lead to. */
export class EditsTally {
  readonly #options: { readonly locale: string; readonly now: number }
  readonly #silence = new SilenceTally()
  readonly #cards: CardPreview[] = []
  readonly #designs = new Map<string, EditsPreview['designs'][number]>()
  #changed = 0
  #unchanged = 0

  /** @param options - language of cards that have none of their own. */
  constructor(options: { readonly locale: string; readonly now: number }) {
    this.#options = options
  }

  add(card: EditedCard): void {
    const { name, design } = card.rules
    if (!this.#designs.has(name)) {
      const has = (key: string): boolean => Array.isArray(design.passJson[key]) && design.passJson[key].length > 0
      this.#designs.set(name, { name, locations: has('locations'), beacons: has('beacons') })
    }
    if (card.things.length === 0) {
      this.#unchanged++
      return
    }
    this.#changed++
    this.#silence.add(card)
    if (this.#cards.length < MOST_PREVIEWED) this.#cards.push(previewEdit(card, this.#options))
  }

  get result(): EditsPreview {
    return {
      changed: this.#changed,
      unchanged: this.#unchanged,
      silent: this.#silence.result,
      cards: this.#cards,
      designs: [...this.#designs.values()],
    }
  }
}

/** What a holder sees of an edit, in the language that the card has after it. */
export function previewEdit(
  { row, rules, after, things }: EditedCard,
  options: { readonly locale: string; readonly now: number },
): CardPreview {
  const locale = after.locale ?? options.locale
  const { program, design } = rules
  const next: StoredCard = { ...row, ...after }
  const [was, is] = [rowToCard(row), rowToCard(next)]
  const view = (card: typeof was): PassView =>
    viewPass({ passJson: JSON.parse(program.passJson(card)), files: design.files }, { locale, now: options.now })
  const [old, now] = [view(was), view(is)]
  return {
    serial: row.serial,
    design: row.design,
    locale,
    things,
    holder: holderChanges(old, now, new Set()),
    silent: silentChanges(old, now),
    picture: program.variant(was) !== program.variant(is),
  }
}
