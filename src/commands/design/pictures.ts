import { Args, Flags } from '@oclif/core'
import { TesseraCommand } from '../../cli/base-command.js'
import { renderWeight } from '../../cli/render/weight.js'

export default class DesignPictures extends TesseraCommand<typeof DesignPictures> {
  static override summary = 'Replace the pictures of a design, and weigh them.'
  static override description =
    'From one logo and one photo of any size and format it makes every picture that the style of the design shows, at ' +
    'all three scales and light enough for a card of 150 KB. Without --logo, --hero and --color it only says what ' +
    'weighs what. Cards that were issued keep the pictures that they have.'
  static override examples = [
    { description: 'What weighs what', command: '<%= config.bin %> design pictures bonus' },
    { description: 'Another logo', command: '<%= config.bin %> design pictures bonus --logo logo.svg' },
    {
      description: 'Look first what a photo and a colour would change',
      command: '<%= config.bin %> design pictures bonus --hero photo.jpg --color "#1f6f5c" --dry-run',
    },
  ]
  static override args = { name: Args.string({ required: true, description: 'Name of the design.' }) }
  static override flags = {
    logo: Flags.string({ helpValue: 'FILE', summary: 'For icon and logo: SVG, PNG, JPEG, WebP, AVIF, GIF or TIFF.' }),
    hero: Flags.string({ helpValue: 'FILE', summary: 'Photo for the strip, the background or the thumbnail.' }),
    color: Flags.string({ helpValue: 'COLOR', summary: 'Background of the card; the other colours are made to fit.' }),
    'dry-run': Flags.boolean({ char: 'n', summary: 'Say what would change; write nothing.' }),
  }

  async run(): Promise<object> {
    const { designPictures } = await import('../../app/design-pictures.js')
    const { logo, hero, color } = this.flags
    const { cwd } = await this.environment()
    const launch = await this.openLaunch()
    const dryRun = this.flags['dry-run'] === true
    const result = await designPictures(launch, { name: this.args.name, cwd, logo, hero, color, dryRun })
    const { changed, notes, weight } = result
    const asked = (logo ?? hero ?? color) !== undefined
    if (asked && changed.length === 0) this.print('Nothing changes: the design has these pictures already.')
    else if (asked) this.print(`${dryRun ? 'Would change' : 'Changed'} ${changed.join(', ')}`)
    for (const note of notes) this.print(`Note: ${note}`)
    if (asked) this.print()
    this.print(renderWeight(weight))
    return result
  }
}
