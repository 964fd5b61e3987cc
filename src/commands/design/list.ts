import { TesseraCommand } from '../../cli/base-command.js'
import { formatBytes } from '../../cli/render/numbers.js'
import { table } from '../../cli/render/table.js'

export default class DesignList extends TesseraCommand<typeof DesignList> {
  static override summary = 'List the designs of this launch.'
  static override description =
    'Every folder designs/NAME.pkpasstemplate. A design with a mistake is listed with what is wrong.'
  static override examples = [
    { description: 'All designs', command: '<%= config.bin %> design list' },
    { description: 'For a script', command: '<%= config.bin %> design list --json' },
  ]

  async run(): Promise<object> {
    const { describeDesigns } = await import('../../app/designs.js')
    const designs = await describeDesigns(await this.openLaunch())
    if (designs.length === 0) this.say('There are no designs yet. Next: tessera design new --kind bonus')
    this.print(
      table(designs, [
        { title: 'NAME', value: ({ name }) => name },
        { title: 'STYLE', value: (design) => (design.ok ? design.style : '-') },
        { title: 'WEIGHT', value: (design) => (design.ok ? formatBytes(design.bytes) : '-'), align: 'right' },
        { title: 'FIELDS', value: (design) => (design.ok ? design.fields.join(', ') : design.problem) },
      ]),
    )
    return designs
  }
}
