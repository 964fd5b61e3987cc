import { Args, Flags } from '@oclif/core'
import { TesseraCommand } from '../../cli/base-command.js'
import { renderImport } from '../../cli/render/design-import.js'

export default class DesignImport extends TesseraCommand<typeof DesignImport> {
  static override summary = 'Make a design of an existing pass.'
  static override description =
    'Takes a .pkpass, a .pkpasses, or a folder with a pass.json, signed or not and made by anyone; pass.json may have ' +
    'trailing commas, comments or another encoding. Colours, pictures, languages and keys that Tessera does not know ' +
    'stay. What probably differs from member to member becomes a field of design.yaml, with the reason beside it; ' +
    'with several passes of one kind that is found by comparing them. What the card says of its holder is replaced by ' +
    'invented values. The last word is the name of the design. A design that is there is never overwritten.'
  static override strict = false
  static override usage = '<%= command.id %> PASS... [NAME]'
  static override examples = [
    {
      description: 'Look what would become of a pass',
      command: '<%= config.bin %> design import card.pkpass --dry-run',
    },
    {
      description: 'Compare two cards of one kind, and call the design "club"',
      command: '<%= config.bin %> design import ann.pkpass ben.pkpass club',
    },
  ]
  static override args = {
    pass: Args.string({
      required: true,
      description: 'A .pkpass, a .pkpasses or a folder; more of the same kind may follow, and a name.',
    }),
  }
  static override flags = {
    'dry-run': Flags.boolean({ char: 'n', summary: 'Tell what would be made, and write nothing.' }),
    'keep-values': Flags.boolean({
      summary:
        "Keep what the card says of its holder, as the sample and in pass.json, though it may be somebody's data.",
    }),
  }

  async run(): Promise<object> {
    const { importDesign } = await import('../../app/design-import.js')
    const { cwd } = await this.environment()
    const design = await importDesign(await this.openLaunch(), {
      cwd,
      words: this.words,
      keepValues: this.flags['keep-values'],
      dryRun: this.flags['dry-run'],
    })
    this.print(renderImport(design))
    if (!design.dryRun) this.say(`Next: look through design.yaml, then tessera design show ${design.name}`)
    return design
  }
}
