import { TesseraCommand } from '../../cli/base-command.js'

export default class ConfigValidate extends TesseraCommand<typeof ConfigValidate> {
  static override summary = 'Check tessera.yaml.'
  static override description = 'Every error is named with its line and column. Exit code 7 when there is one.'
  static override examples = [
    { description: 'Check the launch this folder lies in', command: '<%= config.bin %> config validate' },
    {
      description: 'Check another launch, for a program',
      command: '<%= config.bin %> config validate --launch . --json',
    },
  ]

  async run(): Promise<object> {
    const { showConfig } = await import('../../app/config/show.js')
    const { file } = await showConfig({
      launch: this.flags.launch,
      launchGiven: this.given('launch'),
      environment: await this.environment(),
    })
    this.print(`${file} is valid.`)
    return { file, valid: true }
  }
}
