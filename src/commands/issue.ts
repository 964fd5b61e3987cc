import { Args, Flags } from '@oclif/core'
import { jobFlags, TesseraCommand } from '../cli/base-command.js'
import { renderIssuePreview, renderIssueSummary } from '../cli/render/issue.js'
import type { IssuePreview, IssueSummary } from '../issuing/issue-types.js'
import { summaryOnly } from '../kit/events.js'
import { EXIT } from '../kit/exit-codes.js'

export default class Issue extends TesseraCommand<typeof Issue> {
  static override summary = 'Issue a card to every member of a CSV file.'
  static override description =
    `Each row becomes a card of the design: recorded in the launch's store and, with --out or --zip, signed into
.pkpass files. A column named like a field of the design feeds it; design.yaml or --map say otherwise.

Bad rows never stop the run: each is reported with its line and reason and written to <name>.rejected.csv, which is
itself a valid input once fixed. The run can be stopped with Ctrl-C or killed at any moment: the same command continues
to exactly the same set of cards.`

  static override examples = [
    {
      description: 'Sign a card for every member into a folder:',
      command: '<%= config.bin %> issue members.csv --design bonus --out cards',
    },
    {
      description: 'See what would happen, with all errors:',
      command: '<%= config.bin %> issue members.csv --design bonus --dry-run',
    },
    {
      description: 'Only record the cards (they are signed when downloaded):',
      command: '<%= config.bin %> issue members.csv --design bonus',
    },
    {
      description: 'Feed fields from columns of other names, and change cards that exist:',
      command:
        '<%= config.bin %> issue members.csv --design bonus --map "name=name" --if-exists update --zip cards.zip',
    },
  ]

  static override args = {
    members: Args.string({ required: true, description: 'The CSV file, with a header line.' }),
  }

  static override flags = {
    ...jobFlags,
    design: Flags.string({ required: true, summary: 'The design of the cards.', helpValue: 'NAME' }),
    out: Flags.string({
      char: 'o',
      summary: 'Folder for one .pkpass file per card.',
      helpValue: 'DIR',
      exclusive: ['zip'],
    }),
    zip: Flags.string({ summary: 'One zip file with all cards.', helpValue: 'FILE' }),
    links: Flags.string({ summary: 'CSV of serial, download link, QR content and barcode.', helpValue: 'FILE' }),
    map: Flags.string({
      summary: 'Feed a field from a column of another name.',
      helpValue: 'COLUMN=FIELD',
      multiple: true,
      multipleNonGreedy: true,
    }),
    'if-exists': Flags.option({
      options: ['skip', 'update', 'fail'] as const,
      default: 'skip',
      summary: 'What to do with a serial that has a card already, in the store or earlier in the file.',
    })(),
    encoding: Flags.string({ summary: 'Encoding of the file; detected otherwise.', helpValue: 'NAME' }),
    delimiter: Flags.string({
      summary: 'Delimiter of the file (one character, or tab); detected otherwise.',
      helpValue: 'CHAR',
    }),
    jobs: Flags.integer({
      summary: 'Signing threads; as many as processors otherwise.',
      min: 1,
      max: 256,
      helpValue: 'N',
    }),
    'dry-run': Flags.boolean({ char: 'n', summary: 'Show the first cards and all errors; write nothing.' }),
  }

  async run(): Promise<IssueSummary | IssuePreview> {
    const { issue, previewIssue } = await import('../app/issuing.js')
    const launch = await this.openLaunch()
    const { flags } = this
    const { cwd } = await this.environment()
    const request = {
      ...flags,
      cwd,
      csv: this.args.members,
      map: flags.map ?? [],
      ifExists: flags['if-exists'],
      workers: flags.jobs,
      items: flags.output === 'ndjson',
      command: this.commandLine,
    }
    if (flags['dry-run']) {
      const preview = await previewIssue(launch, request)
      this.print(renderIssuePreview(preview))
      if (request.items) await this.follow(summaryOnly(preview))
      if (preview.rejected > 0) this.endWith(EXIT.rowsLeft)
      return preview
    }
    const { state, summary } = await this.follow(issue(launch, request, this.signal))
    this.print(renderIssueSummary(summary, { cwd, repeat: this.readingFlags() }))
    if (state === 'done' && summary.rejected > 0) this.endWith(EXIT.rowsLeft)
    return summary
  }

  /** What was typed of how rows are read, for the file of the rejected ones. */
  private readingFlags(): string[] {
    const { map = [], encoding, delimiter, launch, 'if-exists': ifExists } = this.flags
    const given = {
      '--if-exists': ifExists === 'skip' ? undefined : ifExists,
      '--encoding': encoding,
      '--delimiter': delimiter,
    }
    const named = Object.entries({ ...given, '--launch': launch })
    return [
      ...map.flatMap((pair) => ['--map', pair]),
      ...named.flatMap(([flag, value]) => (value === undefined ? [] : [flag, value])),
    ]
  }
}
