import { Args, Flags } from '@oclif/core'
import { TesseraCommand } from '../cli/base-command.js'
import { renderInit } from '../cli/render/init.js'
import { KIND_NAMES } from '../kit/design-kinds.js'

export default class Init extends TesseraCommand<typeof Init> {
  static override summary = 'Make a launch folder: configuration, a first design, sample members.'
  static override description =
    'On a terminal it asks for what no flag gives; elsewhere, and with --no-input, defaults are used. Run again, it adds what is missing and never changes what is there.'
  static override examples = [
    { description: 'Answer a few questions', command: '<%= config.bin %> init my-launch' },
    {
      description: 'Ask nothing',
      command: '<%= config.bin %> init coffee --organization "Nordlicht Coffee" --kind stamp --no-input',
    },
    { description: 'See what would be written', command: '<%= config.bin %> init my-launch --no-input --dry-run' },
  ]
  static override args = { dir: Args.string({ description: 'The folder; made when it does not exist.', default: '.' }) }
  static override flags = {
    organization: Flags.string({ summary: 'Name that the card shows on the lock screen.', helpValue: 'NAME' }),
    kind: Flags.option({ options: KIND_NAMES, summary: 'Kind of the first design.' })(),
    'pass-type-id': Flags.string({ summary: 'Pass type identifier.', helpValue: 'pass.com.example.card' }),
    'team-id': Flags.string({ summary: 'Team identifier, ten characters.', helpValue: 'ID' }),
    locale: Flags.string({ summary: 'Language of dates and numbers.', helpValue: 'TAG' }),
    currency: Flags.string({ summary: 'Currency of money fields.', helpValue: 'CODE' }),
    'service-url': Flags.string({ summary: 'Where phones reach this launch (https).', helpValue: 'URL' }),
    'dry-run': Flags.boolean({ char: 'n', summary: 'Write nothing; say what would be written.' }),
  }

  async run(): Promise<object> {
    const { dir } = this.args
    const environment = await this.environment()
    const { initLaunch, isLaunch } = await import('../app/init/init-launch.js')
    const { askAnswers, sameCommand } = await import('../app/init/wizard.js')
    const flags = {
      organization: this.flags.organization,
      kind: this.flags.kind,
      passTypeIdentifier: this.flags['pass-type-id'],
      teamIdentifier: this.flags['team-id'],
      locale: this.flags.locale,
      currency: this.flags.currency,
      serviceUrl: this.flags['service-url'],
    }
    const asked = this.interactive() && !(await isLaunch(dir, environment))
    const given = asked ? await askAnswers(await this.prompts(), flags, dir) : flags
    const report = await initLaunch({ dir, given, dryRun: this.flags['dry-run'], environment })
    this.print(renderInit(report))
    if (asked) this.say(`\nThe same without questions:\n  ${sameCommand(report.answers, dir)}`)
    return report
  }
}
