import { Args, Flags } from '@oclif/core'
import { TesseraCommand } from '../../cli/base-command.js'
import { cardFlags } from '../../cli/card-flags.js'
import { renderChange } from '../../cli/render/cards.js'
import type { CardChange } from '../../issuing/cards/change-cards.js'

export default class CardExtend extends TesseraCommand<typeof CardExtend> {
  static override summary = 'Change until when cards are valid.'
  static override description =
    'A day counts until its end, UTC. --by adds to the present expiry, or to now where that is past or there is none.'

  static override examples = [
    { description: 'Until the end of a day:', command: '<%= config.bin %> card extend 1001 --until 2099-12-31' },
    { description: 'Ninety days longer:', command: '<%= config.bin %> card extend 1001 1003 --by 90d' },
    {
      description: 'All gold members, after a look:',
      command: '<%= config.bin %> card extend --where level=Gold --by 12m --dry-run',
    },
  ]

  static override strict = false
  static override args = { serial: Args.string({ description: 'Serials of the cards.' }) }
  static override flags = {
    design: cardFlags.design,
    where: cardFlags.where,
    until: Flags.string({
      summary: 'The last day, or a time with its zone.',
      helpValue: 'DATE',
      exactlyOne: ['until', 'by', 'forever'],
    }),
    by: Flags.string({ summary: 'A period: 90d, 6w or 12m.', helpValue: 'PERIOD' }),
    forever: Flags.boolean({ summary: 'No expiry.' }),
    confirm: Flags.string({ summary: 'Name of the design whose cards are changed.', helpValue: 'DESIGN' }),
    'dry-run': Flags.boolean({ char: 'n', summary: 'Say how many cards it would be; write nothing.' }),
  }

  async run(): Promise<object> {
    const { changeCards, parsePeriod, parseUntil } = await import('../../app/cards.js')
    const { design, where, until, by, confirm } = this.flags
    const change: CardChange =
      by === undefined
        ? { kind: 'expire', at: until === undefined ? null : parseUntil(until) }
        : { kind: 'extend', by: parsePeriod(by) }
    const selection = { serials: this.words, design, where }
    const result = await changeCards(await this.openLaunch(), {
      selection,
      change,
      dryRun: this.flags['dry-run'],
      confirm,
    })
    this.print(renderChange(result, 'changed'))
    return result
  }
}
