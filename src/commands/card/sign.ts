import { Args, Flags } from '@oclif/core'
import { TesseraCommand } from '../../cli/base-command.js'
import { formatBytes, plural } from '../../cli/render/numbers.js'

export default class CardSign extends TesseraCommand<typeof CardSign> {
  static override summary = 'Sign one card into a .pkpass file, or several into a .pkpasses bundle.'
  static override description = 'A bundle holds at most 10 cards and 150 MB: what Apple Wallet accepts.'
  static override examples = [
    { description: 'One card:', command: '<%= config.bin %> card sign 1001 -o ada.pkpass' },
    { description: 'A family, in one file:', command: '<%= config.bin %> card sign 1001 1003 1005 -o family.pkpasses' },
  ]

  static override strict = false
  static override args = {
    card: Args.string({ required: true, description: 'Serials (or values that name one card).' }),
  }
  static override flags = {
    out: Flags.string({
      char: 'o',
      required: true,
      summary: 'The file to write; - for standard output.',
      helpValue: 'FILE',
    }),
  }

  async run(): Promise<object> {
    const { signCards, writeOutput } = await import('../../app/cards.js')
    const { out } = this.flags
    const bundle = out.endsWith('.pkpasses') || (out === '-' && this.words.length > 1)
    const launch = await this.openLaunch()
    const { serials, bytes } = await signCards(launch, this.words, { bundle })
    if (out === '-') this.printBytes(bytes)
    else {
      const { cwd } = await this.environment()
      const file = await writeOutput(launch, { cwd, file: out, bytes })
      this.print(`${plural(serials.length, 'card')} signed into ${file} (${formatBytes(bytes.length)}).`)
    }
    return { serials, file: out, bytes: bytes.length }
  }
}
