import { Args } from '@oclif/core'
import { TesseraCommand } from '../../../cli/base-command.js'
import { formatBytes } from '../../../cli/render/numbers.js'
import { definitions } from '../../../cli/render/table.js'

export default class FaceModelsShow extends TesseraCommand<typeof FaceModelsShow> {
  static override summary = 'Show a recognition model and its recipe.'
  static override description = 'Also checks that the file is what was added.'
  static override examples = [
    { description: 'The model "r50"', command: '<%= config.bin %> face models show r50' },
    { description: 'Its whole recipe', command: '<%= config.bin %> face models show r50 --json' },
  ]
  static override args = { name: Args.string({ required: true, description: 'Name or id of the model.' }) }

  async run(): Promise<object> {
    const { findOwnModel } = await import('../../../app/faces/own-models.js')
    const places = {
      dataDir: this.config.dataDir,
      openLaunch: () => this.openLaunch(),
      launchNamed: this.flags.launch !== undefined,
    }
    const model = await findOwnModel(places, this.args.name)
    const { input, output, align, mirror, license } = model.recipe
    this.print(
      definitions([
        ['model', model.id],
        ['file', `${model.file} (${formatBytes(model.bytes)})`],
        ['added', model.added],
        ['input', `${input.width} x ${input.height}, ${input.channels}, ${input.layout}`],
        ['colours', `(value - ${input.mean}) * ${input.scale}`],
        [
          'aligned to',
          typeof align === 'string' ? align : 'box' in align ? `box, margin ${align.box.margin}` : 'points',
        ],
        ['vectors', `${output.length} numbers${mirror ? ', averaged with the mirrored face' : ''}`],
        ['licence', license ?? 'not noted'],
      ]),
    )
    return model
  }
}
