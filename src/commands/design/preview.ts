import { Args } from '@oclif/core'
import type { PreviewResult } from '../../app/preview/preview-design.js'
import { TesseraCommand } from '../../cli/base-command.js'
import { pixelWidth } from '../../cli/picture/draw-picture.js'
import { terminalPlan } from '../../cli/picture/terminal-plan.js'
import { previewFlags } from '../../cli/preview-flags.js'
import { renderPreview, renderPreviewEvent } from '../../cli/render/preview.js'

export default class DesignPreview extends TesseraCommand<typeof DesignPreview> {
  static override summary = 'Draw a design as a phone shows it, front and back.'
  static override description =
    'Without flags, NAME.png: both sides in the language of the launch, filled with the `sample` of design.yaml. A page ' +
    '(--out FILE.html) holds all languages, light and dark, both wallets and all texts, in one file that can be sent around.' +
    '\n\n--serve shows that page in the browser and keeps it up to date while the design is edited; a mistake is shown ' +
    'with its place and goes away when it is mended. Only this computer is answered.'

  static override examples = [
    { description: 'A picture of both sides: bonus.png', command: '<%= config.bin %> design preview bonus' },
    {
      description: 'Edit the design and see it in the browser:',
      command: '<%= config.bin %> design preview bonus --serve',
    },
    {
      description: 'A page with all languages, to send to the client:',
      command: '<%= config.bin %> design preview bonus --out bonus.html',
    },
    {
      description: 'The card of a member, and what a long name would look like:',
      command: '<%= config.bin %> design preview bonus --card 1001 --set "name=Maximiliana Featherstonehaugh"',
    },
    {
      description: 'The back in Russian, dark:',
      command: '<%= config.bin %> design preview stamp --side back --locale ru --appearance dark --out back.png',
    },
    {
      description: 'In the terminal, drawn of blocks:',
      command: '<%= config.bin %> design preview bonus --terminal-protocol blocks',
    },
  ]

  static override args = {
    name: Args.string({
      required: true,
      description: 'Name of the design, or the path of a design folder or .pkpass.',
    }),
  }

  static override flags = previewFlags

  async run(): Promise<PreviewResult> {
    const { flags } = this
    const environment = await this.environment()
    const request = {
      ...flags,
      name: this.args.name,
      environment,
      openLaunch: () => this.openLaunch(),
      launchNamed: flags.launch !== undefined,
      locales: flags.locale,
      ios: flags.ios === '26' ? (26 as const) : (27 as const),
      scale: flags.scale === undefined ? undefined : Number(flags.scale),
    }
    const protocol = flags['terminal-protocol'] ?? (flags.terminal ? 'auto' : undefined)
    const plan = protocol === undefined ? undefined : terminalPlan({ env: environment.env, protocol })
    const pictureWidth = plan && pixelWidth(plan)
    if (flags.serve || flags.watch) {
      const { watchPreview } = await import('../../app/preview/watch-preview.js')
      const serve = flags.serve ? { port: flags.port ?? 0, open: flags.open } : undefined
      let last: PreviewResult = { design: this.args.name, locales: [], files: [], warnings: [], milliseconds: 0 }
      for await (const event of watchPreview(request, { signal: this.signal, serve, pictureWidth })) {
        if (event.type === 'note') this.say(event.text)
        else this.print(renderPreviewEvent(event, plan))
        if (event.type === 'built') last = event.result
      }
      return last
    }
    const { previewDesign } = await import('../../app/preview/preview-design.js')
    const { result, picture } = await previewDesign(request, pictureWidth)
    const text = renderPreview(result, { picture, plan })
    if (text !== '') this.print(text)
    return result
  }
}
