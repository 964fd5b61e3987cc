import { Args } from '@oclif/core'
import { TesseraCommand } from '../../cli/base-command.js'
import { renderCard } from '../../cli/render/cards.js'
import type { CardView } from '../../issuing/cards/card-view.js'

export default class CardShow extends TesseraCommand<typeof CardShow> {
  static override summary = 'Show a card, found by its serial, its barcode or any value on it.'
  static override description = 'The authentication token of the card is never shown.'
  static override examples = [
    { description: 'By serial:', command: '<%= config.bin %> card show 1001' },
    { description: 'By a value on the card:', command: '<%= config.bin %> card show "Ada Bergstrom" --json' },
  ]

  static override args = { card: Args.string({ required: true, description: 'Serial, barcode or field value.' }) }

  async run(): Promise<CardView> {
    const { showCard } = await import('../../app/cards.js')
    const card = await showCard(await this.openLaunch(), this.args.card)
    this.print(renderCard(card))
    return card
  }
}
