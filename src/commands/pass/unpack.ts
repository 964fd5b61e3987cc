import { Args, Flags } from '@oclif/core'
import { EXIT, TesseraCommand } from '../../cli/base-command.js'
import { renderUnpacked } from '../../cli/render/unpack.js'
import { shellQuote } from '../../kit/shell-quote.js'

export default class PassUnpack extends TesseraCommand<typeof PassUnpack> {
  static override summary = 'Write the files of a pass into a folder.'
  static override description =
    'Takes any .pkpass, signed or not, damaged ones as far as they can be read; of a .pkpasses or a zip of passes each ' +
    'gets a folder of its own. Names that lead elsewhere, links and litter of file managers are not written. A folder ' +
    'with something in it is refused without --force. Ends with 6 when something had to be left out.'
  static override examples = [
    { description: 'Into the folder "card"', command: '<%= config.bin %> pass unpack card.pkpass' },
    { description: 'Look first', command: '<%= config.bin %> pass unpack card.pkpass --dry-run' },
    {
      description: 'Many passes, one folder each',
      command: '<%= config.bin %> pass unpack cards.pkpasses cards-by-name',
    },
  ]
  static override args = {
    file: Args.string({
      required: true,
      ignoreStdin: true,
      description: 'A .pkpass, .pkpasses or .zip; - reads what is piped in.',
    }),
    // What is piped in is the pass, not the argument that is missing.
    dir: Args.string({ ignoreStdin: true, description: 'The folder to make; called after the file otherwise.' }),
  }
  static override flags = {
    'dry-run': Flags.boolean({ char: 'n', summary: 'Tell what would be written, and write nothing.' }),
    force: Flags.boolean({ summary: 'Write into a folder that is not empty; files of the same name are replaced.' }),
  }

  async run(): Promise<object> {
    const { unpackPass } = await import('../../app/unpack-pass.js')
    const { cwd } = await this.environment()
    const unpacked = await unpackPass({
      cwd,
      file: this.args.file,
      dir: this.args.dir,
      force: this.flags.force,
      dryRun: this.flags['dry-run'],
      stdin: this.input,
    })
    this.print(renderUnpacked(unpacked))
    if (unpacked.leftOut.length > 0 || unpacked.passes.length === 0) this.endWith(EXIT.badInput)
    else if (this.args.file !== '-')
      this.say(`To edit it as a design: tessera design import ${shellQuote([this.args.file])}`)
    return unpacked
  }
}
