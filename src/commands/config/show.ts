import { Flags } from '@oclif/core'
import { TesseraCommand } from '../../cli/base-command.js'
import { definitions, table } from '../../cli/render/table.js'

export default class ConfigShow extends TesseraCommand<typeof ConfigShow> {
  static override summary = 'Show the configuration in force.'
  static override description =
    'What tessera.yaml says, with TESSERA_… variables and defaults applied. Secrets are not shown, only their source.'
  static override examples = [
    { description: 'The values in force', command: '<%= config.bin %> config show' },
    { description: 'And where each comes from', command: '<%= config.bin %> config show --origin' },
  ]
  static override flags = { origin: Flags.boolean({ summary: 'Say where each value comes from.' }) }

  async run(): Promise<object> {
    const { describeOrigin, showConfig } = await import('../../app/config/show.js')
    const { file, config, values } = await showConfig({
      launch: this.flags.launch,
      launchGiven: this.given('launch'),
      environment: await this.environment(),
    })
    if (this.flags.origin) {
      this.print(
        table(values, [
          { title: 'Key', value: ({ key }) => key },
          { title: 'Value', value: ({ value }) => value },
          { title: 'Comes from', value: ({ origin }) => describeOrigin(origin) },
        ]),
      )
    } else this.print(definitions(values.map(({ key, value }) => [key, value])))
    const origins = Object.fromEntries(values.map(({ key, origin }) => [key, origin]))
    return { file, config, ...(this.flags.origin ? { origins } : {}) }
  }
}
