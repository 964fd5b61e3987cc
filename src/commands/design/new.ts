import { Args, Flags } from '@oclif/core'
import { TesseraCommand } from '../../cli/base-command.js'
import { DESIGN_KINDS, type DesignKind, KIND_NAMES } from '../../kit/design-kinds.js'

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
    const kind = this.flags.kind ?? (await this.askKind())
    const name = this.args.name ?? (await this.askName(kind))
    const { newDesign } = await import('../../app/designs.js')
    const { brand: logo, hero, color } = this.flags
    const { cwd } = await this.environment()
    const design = await newDesign(launch, { kind, name, brand: { cwd, logo, hero, color } })
    this.print(design.created ? `Made ${design.dir}` : `${design.dir} is there already, as this command would make it.`)
    for (const note of design.notes ?? []) this.print(`Note: ${note}`)
    const asked = this.interactive() && (this.flags.kind === undefined || this.args.name === undefined)
    if (asked) this.say(`The same without questions: tessera design new ${name} --kind ${kind}`)
    this.say(`Next: tessera design show ${design.name}`)
    return design
  }

  private async askKind(): Promise<DesignKind> {
    if (!this.interactive()) return this.requireAnswers({ kind: this.flags.kind }).kind
    const prompts = await this.prompts()
    const choices = DESIGN_KINDS.map(({ kind, title, description }) => ({
      name: `${title}: ${description}`,
      value: kind,
    }))
    return prompts.select({ message: 'What kind of card?', choices })
  }

  private async askName(kind: string): Promise<string> {
    if (!this.interactive()) return kind
    return (await this.prompts()).input({ message: 'Name of the design?', default: kind })
  }
}
