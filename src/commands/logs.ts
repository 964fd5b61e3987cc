import { Flags } from '@oclif/core'
import { jobFlags, TesseraCommand } from '../cli/base-command.js'
import { renderDeviceLog } from '../cli/render/device-logs.js'
import type { DeviceLog } from '../delivery/device-logs.js'

export default class Logs extends TesseraCommand<typeof Logs> {
  static override summary = 'Show what phones complained of: the messages that Wallet sends to the web service.'
  static override description =
    'Wallet reports here why it could not register, update or open a card. Messages name the phone and the card where ' +
    'they have to do with one. The newest 100,000 are kept. --output ndjson prints one message a line, also with --follow.'

  static override examples = [
    { description: 'The last messages:', command: '<%= config.bin %> logs' },
    { description: 'Of one card, since yesterday:', command: '<%= config.bin %> logs --card 1001 --since 24h' },
    { description: 'As they come, until Ctrl-C:', command: '<%= config.bin %> logs --follow' },
  ]

  static override flags = {
    ...jobFlags,
    follow: Flags.boolean({ char: 'f', summary: 'Go on with what comes, until Ctrl-C.' }),
    since: Flags.string({ summary: 'A period (30m, 24h, 7d) or a time such as 2027-01-31.', helpValue: 'WHEN' }),
    card: Flags.string({ summary: 'Only messages about this card.', helpValue: 'SERIAL' }),
    limit: Flags.integer({
      summary: 'How many at most; the newest.',
      min: 1,
      max: 100_000,
      default: 200,
      helpValue: 'N',
    }),
  }

  async run(): Promise<readonly DeviceLog[]> {
    const { followLogs } = await import('../app/device-logs.js')
    const { follow, since, card, limit } = this.flags
    if (follow && this.jsonEnabled()) {
      const { AppError } = await import('../kit/errors/index.js')
      throw new AppError('USAGE', '--json prints one document at the end, and --follow has none.', {
        hints: ['Use --output ndjson: one message a line, as they come.'],
      })
    }
    const launch = await this.openLaunch()
    const shown: DeviceLog[] = []
    const signal = follow ? this.signal : undefined
    for await (const entry of followLogs(launch, { since, card, limit, signal })) {
      if (this.flags.output === 'ndjson') this.printLine(entry)
      else this.print(renderDeviceLog(entry))
      // What is followed has no end, and is printed as it comes.
      if (!follow) shown.push(entry)
    }
    if (!follow && shown.length === 0) this.say('No phone has complained.')
    return shown
  }
}
