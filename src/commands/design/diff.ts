import { Args, Flags } from '@oclif/core'
import { TesseraCommand } from '../../cli/base-command.js'
import { renderDiff } from '../../cli/render/design-diff.js'

export default class DesignDiff extends TesseraCommand<typeof DesignDiff> {
  static override summary = 'Tell what changed between two designs, versions of a design, or passes.'
  static override description =
    'OLD and NEW are designs, design folders, .pkpass files, or versions that cards were issued with: bonus@1, ' +
    'bonus@published. With one design alone, what cards are signed with now is compared with the folder as edited. ' +
    'Tells changed fields, colours, barcodes, pictures, texts of each language and what feeds the card, and what ' +
    'holders will notice. White space and the order of keys are no changes. The exit code is 0 whether there are ' +
    'differences or not; a script looks at "same" of --json.'
  static override examples = [
    { description: 'What publishing the edited design would change', command: '<%= config.bin %> design diff bonus' },
    {
      description: 'Two designs, with a picture of both',
      command: '<%= config.bin %> design diff bonus stamp --picture difference.png',
    },
    {
      description: 'A version and the folder, for a script',
      command: '<%= config.bin %> design diff bonus@1 bonus --json',
    },
  ]
  static override args = {
    old: Args.string({ required: true, description: 'A design, NAME@VERSION, a design folder or a .pkpass.' }),
    new: Args.string({ description: 'The same; the design as edited when absent.' }),
  }
  static override flags = {
    picture: Flags.string({ summary: 'Draw both fronts side by side.', helpValue: 'FILE.png' }),
    locale: Flags.string({
      summary: 'The language of the picture and of what holders see; otherwise all languages are told.',
      helpValue: 'LANGUAGE',
    }),
  }

  async run(): Promise<object> {
    const { diffDesigns } = await import('../../app/design-diff.js')
    const { cwd } = await this.environment()
    const { picture, locale } = this.flags
    const { old: before, new: after } = this.args
    const diff = await diffDesigns(await this.openLaunch(), { cwd, before, after, picture, locale })
    this.print(renderDiff(diff))
    if (diff.picture !== null) this.say(`\nPicture: ${diff.picture}`)
    return diff
  }
}
