import { Args, Flags } from '@oclif/core'
import { TesseraCommand } from '../../cli/base-command.js'
import { drawPicture, pixelWidth } from '../../cli/picture/draw-picture.js'
import { swatchesOf, terminalPlan } from '../../cli/picture/terminal-plan.js'
import { PICTURE_PROTOCOLS } from '../../cli/picture/types.js'
import { renderPass } from '../../cli/render/pass-show.js'

export default class PassShow extends TesseraCommand<typeof PassShow> {
  static override summary = 'Show what a pass is: fields, barcode, pictures, and who signed it.'
  static override description =
    'Opens anybody’s passes, valid or not: a .pkpass, a .pkpasses, a folder, an address, or a pipe (-). Tells what a ' +
    'phone shows, in one language of the pass, and in one sentence whether phones accept it; `pass verify` tells why. ' +
    'Secrets are not shown. --json prints {passes, more, picture}, with {file, verdict, sentence, style, fields, ' +
    'barcodes, times, places, nfc, webService, colours, pictures, signer, …} for each pass.'
  static override examples = [
    { description: 'One pass', command: '<%= config.bin %> pass show card.pkpass' },
    {
      description: 'A picture of both sides, in Russian',
      command: '<%= config.bin %> pass show card.pkpass --picture card.png --back --locale ru',
    },
    {
      description: 'With the barcode and all texts',
      command: '<%= config.bin %> pass show card.pkpass --barcode --strings',
    },
    { description: 'From a pipe, for a script', command: '<%= config.bin %> pass show - --json < card.pkpass' },
  ]
  static override args = {
    pass: Args.string({ required: true, description: 'A file, a folder, an address, or - for a pipe.' }),
  }
  static override flags = {
    locale: Flags.string({ summary: 'A language of the pass; English or its first otherwise.', helpValue: 'TAG' }),
    strings: Flags.boolean({ summary: 'List the texts of all languages too.' }),
    barcode: Flags.boolean({ summary: 'Draw the barcode in the terminal.' }),
    picture: Flags.string({ summary: 'Draw the pass.', helpValue: 'FILE.png' }),
    back: Flags.boolean({ summary: 'With --picture or --terminal: the back beside the front.' }),
    terminal: Flags.boolean({ summary: 'Draw the pass in the terminal.', exclusive: ['json'] }),
    'terminal-protocol': Flags.option({
      options: ['auto', ...PICTURE_PROTOCOLS] as const,
      summary: 'How the terminal is sent pictures; found out otherwise. Implies --terminal.',
      exclusive: ['json'],
    })(),
    trust: Flags.string({
      summary: 'Trust this certificate beside Apple’s. May be repeated.',
      helpValue: 'FILE',
      multiple: true,
      multipleNonGreedy: true,
    }),
  }

  async run(): Promise<object> {
    const { showPasses } = await import('../../app/passes/show-pass.js')
    const { terminal, 'terminal-protocol': wanted, trust = [], ...flags } = this.flags
    const environment = await this.environment()
    const protocol = wanted ?? (terminal ? 'auto' : undefined)
    const plan = protocol === undefined ? undefined : terminalPlan({ env: environment.env, protocol })
    const {
      result,
      terminal: picture,
      barcodes,
    } = await showPasses({
      ...flags,
      name: this.args.pass,
      environment,
      fetch,
      stdin: this.input,
      trust,
      pictureWidth: plan && pixelWidth(plan),
      openLaunch: () => this.openLaunch(),
    })
    if (plan !== undefined && picture !== undefined) this.print(`${drawPicture(picture, plan)}\n`)
    const swatches = swatchesOf(environment.env)
    const texts = result.passes.map((pass, index) => renderPass(pass, { swatches, barcode: barcodes[index] }))
    this.print(texts.join('\n\n\n'))
    if (result.more) this.say(`\nThere are more passes; these are the first ${result.passes.length}.`)
    if (result.picture !== null) this.say(`\nPicture: ${result.picture}`)
    return result
  }
}
