import { Args } from '@oclif/core'
import { TesseraCommand } from '../../cli/base-command.js'
import { renderHistory } from '../../cli/render/history.js'

export default class CardHistory extends TesseraCommand<typeof CardHistory> {
  static override summary = 'Tell who changed a card, when, and what it was before.'
  static override description =
    'The newest change is last. New versions of the design, which all of its cards follow, stand in between.'
  static override examples = [
    { description: 'What happened to a card:', command: '<%= config.bin %> card history 1001' },
    { description: 'For a script:', command: '<%= config.bin %> card history 1001 --json' },
  ]
  static override args = {
    card: Args.string({ required: true, description: 'Its serial, its barcode or the value of a field.' }),
  }

  async run(): Promise<object> {
    const { cardHistory } = await import('../../app/updates.js')
    const history = await cardHistory(await this.openLaunch(), this.args.card)
    this.print(renderHistory(history))
    return history
  }
}
