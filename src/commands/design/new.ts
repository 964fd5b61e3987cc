import { Args, Flags } from '@oclif/core'
import type { DesignAnswers } from '../../app/design-wizard.js'
import type { Launch } from '../../app/launch.js'
import { TesseraCommand } from '../../cli/base-command.js'
import { DESIGN_KINDS, KIND_NAMES } from '../../kit/design-kinds.js'

export default class DesignNew extends TesseraCommand<typeof DesignNew> {
  static override summary = 'Make a design from a template.'
  static override description =
    'Writes the folder designs/NAME.pkpasstemplate of this launch: pass.json, pictures, English and Russian texts, and ' +
    'design.yaml, which says what feeds the fields. A design that is there is never overwritten. With ' +
    "--brand, --hero or --color it becomes the brand's own: colours from the logo, its pictures, texts that are read."
  static override examples = [
    { description: 'A bonus card', command: '<%= config.bin %> design new gold --kind bonus' },
    { description: 'A stamp card, named after its kind', command: '<%= config.bin %> design new --kind stamp' },
    {
      description: "A client's own, from the logo",
      command: '<%= config.bin %> design new client --kind bonus --brand logo.svg --color "#1f6f5c"',
    },
  ]
  static override args = {
    name: Args.string({ description: 'Name of the design; its kind when absent.' }),
  }
  static override flags = {
    kind: Flags.option({
      options: KIND_NAMES,
      summary: 'Kind of card.',
      description: DESIGN_KINDS.map(({ kind, description }) => `${kind}: ${description}.`).join('\n'),
    })(),
    brand: Flags.string({ helpValue: 'FILE', summary: 'Logo of the brand, of any format; SVG is best.' }),
    hero: Flags.string({ helpValue: 'FILE', summary: 'Photo for the strip, the background or the thumbnail.' }),
    color: Flags.string({ helpValue: 'COLOR', summary: 'Background of the card; taken from the logo when absent.' }),
  }

  async run(): Promise<object> {
    const launch = await this.openLaunch()
    const { newDesign } = await import('../../app/designs.js')
    const { cwd } = await this.environment()
    const { brand, hero, color } = this.flags
    const asked = this.interactive() && (this.flags.kind === undefined || this.args.name === undefined)
    const answers = asked ? await this.ask(launch, cwd) : this.withoutQuestions({ brand, hero, color })
    const { kind, name } = answers
    const request = { cwd, logo: answers.brand, hero: answers.hero, color: answers.color }
    const design = await newDesign(launch, { kind, name, brand: request })
    this.print(design.created ? `Made ${design.dir}` : `${design.dir} is there already, as this command would make it.`)
    for (const note of design.notes ?? []) this.print(`Note: ${note}`)
    this.say(`Next: tessera design preview ${design.name}`)
    return design
  }

  private async ask(launch: Launch, cwd: string): Promise<DesignAnswers> {
    const { askDesign, sameDesignCommand } = await import('../../app/design-wizard.js')
    const { designNames } = await import('../../app/designs.js')
    const given = { ...this.flags, name: this.args.name }
    const answers = await askDesign(await this.prompts(), given, { cwd, taken: await designNames(launch) })
    this.say(`\nThe same without questions:\n  ${sameDesignCommand(answers)}`)
    return answers
  }

  private withoutQuestions(pictures: Pick<DesignAnswers, 'brand' | 'hero' | 'color'>): DesignAnswers {
    const { kind } = this.requireAnswers({ kind: this.flags.kind })
    return { kind, name: this.args.name ?? kind, ...pictures }
  }
}
