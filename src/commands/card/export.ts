import { Flags } from '@oclif/core'
import { jobFlags, TesseraCommand } from '../../cli/base-command.js'
import { cardFlags } from '../../cli/card-flags.js'
import { formatDuration, plural } from '../../cli/render/numbers.js'
import type { ExportSummary } from '../../issuing/cards/export-cards.js'

export default class CardExport extends TesseraCommand<typeof CardExport> {
  static override summary = 'Sign cards that were issued before, as they are now, into a folder or a zip file.'
  static override description =
    'Without conditions all cards are exported. Run again after a stop or a kill, the same command continues.'

  static override examples = [
    { description: 'All cards, one file each:', command: '<%= config.bin %> card export --out export' },
    {
      description: 'The gold members, in one archive:',
      command: '<%= config.bin %> card export --where level=Gold --zip gold.zip',
    },
  ]

  static override flags = {
    ...jobFlags,
    ...cardFlags,
    out: Flags.string({
      char: 'o',
      summary: 'Folder for one .pkpass file per card.',
      helpValue: 'DIR',
      exactlyOne: ['out', 'zip'],
    }),
    zip: Flags.string({ summary: 'One zip file with all cards.', helpValue: 'FILE' }),
    jobs: Flags.integer({
      summary: 'Signing threads; as many as processors otherwise.',
      min: 1,
      max: 256,
      helpValue: 'N',
    }),
  }

  async run(): Promise<ExportSummary> {
    const { exportCards } = await import('../../app/cards.js')
    const { out, zip, jobs } = this.flags
    const { cwd } = await this.environment()
    const request = { cwd, selection: this.flags, out, zip, workers: jobs, command: this.commandLine }
    const { summary } = await this.follow(exportCards(await this.openLaunch(), request, this.signal))
    const where = summary.out ?? summary.zip
    this.print(`${plural(summary.exported, 'card')} signed into ${where} in ${formatDuration(summary.seconds)}.`)
    return summary
  }
}
