import { Args } from '@oclif/core'
import { TesseraCommand } from '../../cli/base-command.js'
import { formatBytes } from '../../cli/render/numbers.js'
import { definitions, table } from '../../cli/render/table.js'

export default class DesignShow extends TesseraCommand<typeof DesignShow> {
  static override summary = 'Show a design: its fields, what feeds them, its pictures.'
  static override description = 'Reads and checks the whole design, so it also tells whether the design is in order.'
  static override examples = [
    { description: 'The design "bonus"', command: '<%= config.bin %> design show bonus' },
    { description: 'The columns its CSV needs', command: '<%= config.bin %> design show bonus --json' },
  ]
  static override args = { name: Args.string({ required: true, description: 'Name of the design.' }) }

  async run(): Promise<object> {
    const { showDesign } = await import('../../app/designs.js')
    const design = await showDesign(await this.openLaunch(), this.args.name)
    const { title, dir, style, serial, barcode, stamps, languages, ignored } = design
    this.print(
      definitions([
        ['title', title],
        ['folder', dir],
        ['version', design.version.slice(0, 12)],
        ['style', style],
        ['serial', serial],
        ['barcode', barcode],
        ['stamps', stamps && `${stamps.field}, 0 to ${stamps.total}`],
        ['languages', languages.join(', ') || 'none'],
        ['weight', formatBytes(design.bytes)],
        ['not in cards', ignored.length > 0 ? ignored.join(', ') : undefined],
      ]),
    )
    this.print()
    this.print(
      table(design.fields, [
        { title: 'FIELD', value: ({ key }) => key },
        { title: 'COLUMN', value: ({ column }) => column },
        { title: 'TYPE', value: ({ type, options }) => (options ? `${type}: ${options.join(', ')}` : type) },
        { title: 'SHOWN', value: ({ shown }) => shown ?? '-' },
        { title: 'WHEN EMPTY', value: (field) => field.default ?? (field.required ? 'rejected' : 'as designed') },
      ]),
    )
    for (const [picture, column] of Object.entries(design.memberPictures)) {
      this.print(`Column "${column}" names the ${picture} of each member.`)
    }
    this.print()
    this.print(
      table(design.pictures, [
        { title: 'PICTURE', value: ({ file }) => file },
        { title: 'PIXELS', value: ({ width, height }) => (width === undefined ? '-' : `${width} x ${height}`) },
        { title: 'WEIGHT', value: ({ bytes }) => formatBytes(bytes), align: 'right' },
      ]),
    )
    for (const warning of design.warnings) this.print(`Warning: ${warning}`)
    return design
  }
}
