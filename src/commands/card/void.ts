import { Args, Flags } from '@oclif/core'
import { TesseraCommand } from '../../cli/base-command.js'
import { cardFlags } from '../../cli/card-flags.js'
import { renderChange } from '../../cli/render/cards.js'

export default class CardVoid extends TesseraCommand<typeof CardVoid> {
  static override summary = 'Void cards: phones show them as no longer valid.'
  static override description =
    'Cards named by serial are voided at once. Many cards selected by --design or --where want --confirm with the name of their design.'

  static override examples = [
    { description: 'One card:', command: '<%= config.bin %> card void 1002' },
    { description: 'Many, after a look:', command: '<%= config.bin %> card void --where level=Silver --dry-run' },
    { description: 'Take it back:', command: '<%= config.bin %> card void 1002 --undo' },
  ]

  static override strict = false
  static override args = { serial: Args.string({ description: 'Serials of the cards.' }) }
  static override flags = {
    design: cardFlags.design,
    where: cardFlags.where,
    undo: Flags.boolean({ summary: 'Make the cards valid again.' }),
    confirm: Flags.string({ summary: 'Name of the design whose cards are changed.', helpValue: 'DESIGN' }),
    'dry-run': Flags.boolean({ char: 'n', summary: 'Say how many cards it would be; write nothing.' }),
  }

  async run(): Promise<object> {
    const { changeCards } = await import('../../app/cards.js')
    const { design, where, undo, confirm } = this.flags
    const result = await changeCards(await this.openLaunch(), {
      selection: { serials: this.words, design, where },
      change: { kind: undo ? 'unvoid' : 'void' },
      dryRun: this.flags['dry-run'],
      confirm,
    })
    this.print(renderChange(result, undo ? 'made valid again' : 'voided'))
    return result
  }
}
