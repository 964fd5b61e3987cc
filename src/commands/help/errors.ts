import { Args } from '@oclif/core'
import { TesseraCommand } from '../../cli/base-command.js'
import { definitions, table } from '../../cli/render/table.js'

export default class HelpErrors extends TesseraCommand<typeof HelpErrors> {
  static override summary = 'Explain an error code, or list them all.'
  static override description = 'Every error that Tessera reports on purpose has a code, and every code a page.'
  static override examples = [
    { description: 'List the codes', command: '<%= config.bin %> help errors' },
    { description: 'One page', command: '<%= config.bin %> help errors CONFIG_INVALID' },
  ]
  static override args = { code: Args.string({ description: 'The code, such as CONFIG_INVALID.' }) }

  async run(): Promise<object> {
    const { errorPage, errorPages } = await import('../../app/reference/error-pages.js')
    if (this.args.code === undefined) {
      const pages = errorPages()
      const columns = [
        { title: 'Code', value: (page: (typeof pages)[number]) => page.code },
        { title: 'Exit', value: (page: (typeof pages)[number]) => page.exit },
        { title: 'Meaning', value: (page: (typeof pages)[number]) => page.title },
      ]
      this.print(table(pages, columns))
      return pages
    }
    const page = errorPage(this.args.code)
    this.print(`${page.code}: ${page.title}\n`)
    this.print(
      definitions([
        ['Why', page.cause],
        ['What to do', page.remedy],
        ['Exit code', page.exit],
      ]),
    )
    return page
  }
}
