import { TesseraCommand } from '../../cli/base-command.js'
import { table } from '../../cli/render/table.js'

export default class HelpExitCodes extends TesseraCommand<typeof HelpExitCodes> {
  static override summary = 'Explain the exit codes.'
  static override description = 'A script treats a non-zero code that it does not know as a failure.'
  static override examples = [
    { description: 'The table of codes', command: '<%= config.bin %> help exit-codes' },
    { description: 'The same for a program', command: '<%= config.bin %> help exit-codes --json' },
  ]

  async run(): Promise<object> {
    const { exitCodePages } = await import('../../app/reference/exit-codes.js')
    const pages = exitCodePages()
    this.print(
      table(pages, [
        { title: 'Code', value: ({ code }) => code },
        { title: 'Meaning', value: ({ meaning }) => meaning },
        { title: 'What to do', value: ({ next }) => next },
      ]),
    )
    return pages
  }
}
