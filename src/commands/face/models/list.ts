import { TesseraCommand } from '../../../cli/base-command.js'
import { formatBytes } from '../../../cli/render/numbers.js'
import { table } from '../../../cli/render/table.js'

export default class FaceModelsList extends TesseraCommand<typeof FaceModelsList> {
  static override summary = 'List the recognition models that were added.'
  static override description =
    "Those of the launch, and those in the user's data folder, which serve all launches. --json prints an array of {name, " +
    'id, file, bytes, added, recipe}; of a damaged one {name, problem}.'
  static override examples = [
    { description: 'All models', command: '<%= config.bin %> face models list' },
    { description: 'For a script', command: '<%= config.bin %> face models list --json' },
  ]

  async run(): Promise<object> {
    const { listOwnModels } = await import('../../../app/faces/own-models.js')
    const models = await listOwnModels({
      dataDir: this.config.dataDir,
      openLaunch: () => this.openLaunch(),
      launchNamed: this.flags.launch !== undefined,
    })
    if (models.length === 0)
      this.say('No model was added yet. Next: tessera face models add FILE.onnx --recipe arcface')
    else
      this.print(
        table(models, [
          { title: 'NAME', value: ({ name }) => name },
          { title: 'ID', value: (model) => ('id' in model ? model.id : '-') },
          {
            title: 'VECTOR',
            value: (model) => ('id' in model ? String(model.recipe.output.length) : '-'),
            align: 'right',
          },
          { title: 'WEIGHT', value: (model) => ('id' in model ? formatBytes(model.bytes) : '-'), align: 'right' },
          { title: 'FILE', value: (model) => ('id' in model ? model.file : model.problem) },
        ]),
      )
    return models
  }
}
