import { Args, Flags } from '@oclif/core'
import type { GoogleDesign } from '../../app/design-google.js'
import { TesseraCommand } from '../../cli/base-command.js'
import { renderGoogleReport } from '../../cli/render/google.js'
import { definitions } from '../../cli/render/table.js'

export default class DesignGoogle extends TesseraCommand<typeof DesignGoogle> {
  static override summary = 'Show what a design becomes in Google Wallet, and what cannot be carried over.'
  static override description =
    'Makes the class and the object that Google Wallet would get for a card with sample values, and reports for ' +
    'everything in the design where it goes, what changes and what is lost. Nothing is sent. The section google of ' +
    'design.yaml changes the mapping.'
  static override examples = [
    { description: 'What becomes of the design "bonus"', command: '<%= config.bin %> design google bonus' },
    { description: 'The class and the object', command: '<%= config.bin %> design google bonus --json' },
    {
      description: 'Files and a picture, with Russian sample values',
      command: '<%= config.bin %> design google stamp --locale ru --out google',
    },
  ]
  static override args = { name: Args.string({ required: true, description: 'Name of the design.' }) }
  static override flags = {
    locale: Flags.string({
      char: 'l',
      summary: 'Language of the sample values and of the picture; that of tessera.yaml otherwise.',
      helpValue: 'LANG',
    }),
    out: Flags.string({
      char: 'o',
      summary: 'Folder for class.json, object.json and google-wallet.png.',
      helpValue: 'DIR',
    }),
  }

  async run(): Promise<GoogleDesign> {
    const { googleDesign } = await import('../../app/design-google.js')
    const { locale, out } = this.flags
    const { cwd } = await this.environment()
    const made = await googleDesign(await this.openLaunch(), { name: this.args.name, locale, out, cwd })
    this.print(
      definitions([
        ['design', made.design],
        ['kind', made.type],
        ['class', String(made.class.id)],
        ['object', String(made.object.id)],
      ]),
    )
    this.print()
    this.print(renderGoogleReport(made.report))
    for (const file of made.files) this.say(`Wrote ${file}`)
    return made
  }
}
