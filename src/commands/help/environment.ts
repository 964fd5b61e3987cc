import { TesseraCommand } from '../../cli/base-command.js'
import { table } from '../../cli/render/table.js'

export default class HelpEnvironment extends TesseraCommand<typeof HelpEnvironment> {
  static override summary = 'List the environment variables that Tessera reads.'
  static override description =
    'A flag wins over its variable, a variable wins over tessera.yaml, and tessera.yaml wins over the default.'
  static override examples = [
    { description: 'The table of variables', command: '<%= config.bin %> help environment' },
    { description: 'Where each value of a launch comes from', command: '<%= config.bin %> config show --origin' },
  ]

  async run(): Promise<object> {
    const { variablePages } = await import('../../app/reference/variables.js')
    const pages = variablePages()
    this.print(
      table(pages, [
        { title: 'Variable', value: ({ name }) => name },
        { title: 'Stands for', value: ({ stands }) => stands },
        { title: 'Meaning', value: ({ meaning }) => meaning },
      ]),
    )
    return pages
  }
}
