import { Args, Flags } from '@oclif/core'
import { jobFlags, TesseraCommand } from '../../cli/base-command.js'
import { cardFlags } from '../../cli/card-flags.js'
import { renderUpdatePreview, renderUpdateResult, renderUpdateSummary } from '../../cli/render/updates.js'
import { summaryOnly } from '../../kit/events.js'
import { EXIT } from '../../kit/exit-codes.js'

export default class CardUpdate extends TesseraCommand<typeof CardUpdate> {
  static override summary = 'Change cards: the values of their fields, how long they are valid, their barcode.'
  static override description =
    `Phones that have the card get the new version of it. A value is given by the key of its field and read as the
design wants it, in the language of the card; field= takes it away, and the card shows the design's own text.

--from changes many cards, each by a row of a CSV: a column serial, and columns named like fields, or expires, voided,
locale, barcode, sharing, location_text and beacon_text. Bad rows are reported and written to <name>.rejected.csv. The
run can be stopped or killed at any moment: the same command continues.

--dry-run tells what each holder will see, and where phones would say nothing of it.`

  static override examples = [
    { description: 'New values for one card:', command: '<%= config.bin %> card update 1001 balance=1300 level=Gold' },
    {
      description: 'What the holder will see of it:',
      command: '<%= config.bin %> card update 1001 balance=1300 --dry-run',
    },
    { description: 'Many cards, after a look:', command: '<%= config.bin %> card update --from changes.csv --dry-run' },
    { description: 'Then in earnest:', command: '<%= config.bin %> card update --from changes.csv' },
    {
      description: 'All gold members:',
      command: '<%= config.bin %> card update --where level=Gold --sharing off --confirm bonus',
    },
  ]

  static override strict = false
  static override args = { serial: Args.string({ description: 'Serial of the card, and field=value.' }) }
  static override flags = {
    ...jobFlags,
    from: Flags.string({ summary: 'A CSV with a row for each card to change.', helpValue: 'FILE' }),
    empty: Flags.option({
      options: ['keep', 'clear'] as const,
      default: 'keep',
      summary: 'What an empty cell of --from means: the card keeps what it has, or loses it.',
    })(),
    encoding: Flags.string({ summary: 'Encoding of the file; detected otherwise.', helpValue: 'NAME' }),
    delimiter: Flags.string({ summary: 'Delimiter of the file; detected otherwise.', helpValue: 'CHAR' }),
    design: cardFlags.design,
    where: cardFlags.where,
    expires: Flags.string({ summary: 'The last day, a time with its zone, or never.', helpValue: 'DATE' }),
    void: Flags.boolean({ summary: 'Make the card invalid.', exclusive: ['unvoid'] }),
    unvoid: Flags.boolean({ summary: 'Make the card valid again.' }),
    sharing: Flags.option({
      options: ['on', 'off', 'default'] as const,
      summary: 'Whether the holder can pass the card on.',
    })(),
    'location-text': Flags.string({
      summary: "What the lock screen says near the design's locations; '' takes it away.",
      helpValue: 'TEXT',
    }),
    'beacon-text': Flags.string({
      summary: "What the lock screen says near the design's beacons; '' takes it away.",
      helpValue: 'TEXT',
    }),
    locale: Flags.string({ summary: 'Language of the holder, such as en or ru.', helpValue: 'LANGUAGE' }),
    barcode: Flags.string({ summary: 'Message of the barcode.', helpValue: 'MESSAGE' }),
    confirm: Flags.string({ summary: 'Name of the design whose cards are changed.', helpValue: 'DESIGN' }),
    'dry-run': Flags.boolean({ char: 'n', summary: 'Tell what each holder will see; write nothing.' }),
  }

  async run(): Promise<object> {
    return this.flags.from === undefined ? this.updateSelected() : this.updateFrom(this.flags.from)
  }

  private async updateSelected(): Promise<object> {
    const { updateCards } = await import('../../app/updates.js')
    const { design, where, confirm, expires, sharing, locale, barcode, unvoid } = this.flags
    const voided = this.flags.void ? true : unvoid ? false : undefined
    const texts = { locationText: this.flags['location-text'], beaconText: this.flags['beacon-text'] }
    const result = await updateCards(await this.openLaunch(), {
      words: this.words,
      design,
      where,
      edit: { expires, voided, sharing, locale, barcode, ...texts },
      dryRun: this.flags['dry-run'],
      confirm,
    })
    this.print(result.dryRun ? renderUpdatePreview(result) : renderUpdateResult(result))
    if (this.flags.output === 'ndjson') await this.follow(summaryOnly(result))
    return result
  }

  private async updateFrom(csv: string): Promise<object> {
    const { assertFileOnly, previewUpdates, updateFromFile } = await import('../../app/updates.js')
    const { flags } = this
    assertFileOnly(this.words, flags)
    const launch = await this.openLaunch()
    const { cwd } = await this.environment()
    const items = flags.output === 'ndjson'
    const { empty, encoding, delimiter } = flags
    const request = { cwd, csv, empty, encoding, delimiter, items, command: this.commandLine }
    if (flags['dry-run']) {
      const preview = await previewUpdates(launch, request)
      this.print(renderUpdatePreview(preview))
      if (items) await this.follow(summaryOnly(preview))
      if (preview.rejected > 0) this.endWith(EXIT.rowsLeft)
      return preview
    }
    const { state, summary } = await this.follow(updateFromFile(launch, request, this.signal))
    this.print(renderUpdateSummary(summary, { cwd, repeat: this.readingFlags() }))
    if (state === 'done' && summary.rejected > 0) this.endWith(EXIT.rowsLeft)
    return summary
  }

  /** What was typed of how rows are read, for the file of the rejected ones. */
  private readingFlags(): string[] {
    const { empty, encoding, delimiter, launch } = this.flags
    const given = {
      '--empty': empty === 'keep' ? undefined : empty,
      '--encoding': encoding,
      '--delimiter': delimiter,
      '--launch': launch,
    }
    return Object.entries(given).flatMap(([flag, value]) => (value === undefined ? [] : [flag, value]))
  }
}
