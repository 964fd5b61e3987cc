import { Flags } from '@oclif/core'
import { TesseraCommand } from '../../cli/base-command.js'
import { cardFlags } from '../../cli/card-flags.js'
import { renderCards } from '../../cli/render/cards.js'
import type { CardView } from '../../issuing/cards/card-view.js'

/** Rows that a person looks through. */
const SHOWN = 50

export default class CardList extends TesseraCommand<typeof CardList> {
  static override summary = 'List cards.'
  static override description =
    `On the terminal the first ${SHOWN} are shown; --json gives an array of all that match, unless --limit says otherwise.`
  static override examples = [
    { description: 'The first cards of the launch:', command: '<%= config.bin %> card list' },
    {
      description: 'All gold members, for a script:',
      command: '<%= config.bin %> card list --where level=Gold --json',
    },
    { description: 'What was voided:', command: '<%= config.bin %> card list --status voided --limit 0' },
  ]

  static override flags = {
    ...cardFlags,
    limit: Flags.integer({ summary: 'How many cards at most; 0 for all.', min: 0, helpValue: 'N' }),
  }

  async run(): Promise<readonly CardView[]> {
    const { listCards } = await import('../../app/cards.js')
    const limit = this.flags.limit ?? (this.jsonEnabled() ? 0 : SHOWN)
    const list = await listCards(await this.openLaunch(), this.flags, limit || Number.POSITIVE_INFINITY)
    this.print(renderCards(list))
    return list.cards
  }
}
