import { Args, Flags } from '@oclif/core'
import { TesseraCommand } from '../../cli/base-command.js'
import { renderPublish } from '../../cli/render/publish.js'

export default class DesignPublish extends TesseraCommand<typeof DesignPublish> {
  static override summary = 'Move all cards of a design to the design as it is now.'
  static override description =
    `The design folder becomes a new version, which all cards of the design are signed with from then on; phones that
have one get it anew. Nothing is issued and no card is rewritten, however many there are. A design that phones would
refuse is not published. Earlier versions are kept: --from-version takes one of them again.`
  static override examples = [
    {
      description: 'What would change, and for how many cards:',
      command: '<%= config.bin %> design publish bonus --dry-run',
    },
    { description: 'In earnest:', command: '<%= config.bin %> design publish bonus' },
    { description: 'Back to the first version:', command: '<%= config.bin %> design publish bonus --from-version 1' },
  ]
  static override args = {
    design: Args.string({ required: true, description: 'Name of the design.' }),
  }
  static override flags = {
    'from-version': Flags.integer({
      summary: 'Publish this earlier version again, as a new one.',
      min: 1,
      helpValue: 'N',
    }),
    force: Flags.boolean({ summary: 'Publish a design that phones refuse.' }),
    'dry-run': Flags.boolean({ char: 'n', summary: 'Tell what would change; write nothing.' }),
  }

  async run(): Promise<object> {
    const { publishDesign } = await import('../../app/publish-design.js')
    const { force, 'from-version': fromVersion, 'dry-run': dryRun } = this.flags
    const request = { name: this.args.design, fromVersion, force, dryRun, command: this.commandLine }
    const result = await publishDesign(await this.openLaunch(), request)
    this.print(renderPublish(result))
    return result
  }
}
