import { Args, Flags } from '@oclif/core'
import { TesseraCommand } from '../../../cli/base-command.js'
import { definitions } from '../../../cli/render/table.js'

export default class FaceModelsAdd extends TesseraCommand<typeof FaceModelsAdd> {
  static override summary = 'Add a recognition model of your own, an ONNX file.'
  static override description =
    'A recipe says how a face becomes the input of the model. `arcface` and `sface` are known; a YAML file serves any ' +
    'other: input {width, height, layout: nchw|nhwc, channels: rgb|bgr, mean, scale, tensor}, output {length, tensor}, ' +
    'align: arcface, sface, {box: {margin}} or {points: five [x, y]}, mirror, license. The model is run once to see ' +
    'whether it does what the recipe says, and copied: into .tessera/face-models of the launch, or outside of one into ' +
    "the user's data folder. Whether you may use it, its licence says: many published models are for research only. " +
    'Vectors carry the id of their model, and those of different models are never compared.'
  static override examples = [
    {
      description: 'A model of the ArcFace kind',
      command: '<%= config.bin %> face models add r50.onnx --recipe arcface',
    },
    {
      description: 'Another kind, with a recipe of its own, under a shorter name',
      command: '<%= config.bin %> face models add own-model-2027.onnx --recipe recipe.yaml --name own',
    },
  ]
  static override args = { file: Args.string({ required: true, description: 'The .onnx file.' }) }
  static override flags = {
    recipe: Flags.string({ summary: 'arcface, sface, or a YAML file.', helpValue: 'RECIPE', required: true }),
    name: Flags.string({ summary: 'Name of the model; otherwise that of the file.', helpValue: 'NAME' }),
  }

  async run(): Promise<object> {
    const { addOwnModel } = await import('../../../app/faces/own-models.js')
    const model = await addOwnModel({
      file: this.args.file,
      recipe: this.flags.recipe,
      name: this.flags.name,
      environment: await this.environment(),
      dataDir: this.config.dataDir,
      openLaunch: () => this.openLaunch(),
      launchNamed: this.flags.launch !== undefined,
    })
    this.print(
      definitions([
        ['model', model.id],
        ['file', model.file],
        ['vectors', `${model.recipe.output.length} numbers`],
      ]),
    )
    return model
  }
}
