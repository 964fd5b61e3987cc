import { Args, Flags } from '@oclif/core'
import { TesseraCommand } from '../../../cli/base-command.js'
import { AppError } from '../../../kit/errors/index.js'

export default class FaceModelsRemove extends TesseraCommand<typeof FaceModelsRemove> {
  static override summary = 'Remove a recognition model.'
  static override description =
    'Vectors that were made with it stay, but no new ones can be compared with them. Asks first; --yes answers.'
  static override examples = [
    { description: 'Remove the model "r50"', command: '<%= config.bin %> face models remove r50 --yes' },
    { description: 'The same, for a script', command: '<%= config.bin %> face models remove r50 --yes --json' },
  ]
  static override args = { name: Args.string({ required: true, description: 'Name of the model.' }) }
  static override flags = { yes: Flags.boolean({ char: 'y', summary: 'Do not ask.' }) }

  async run(): Promise<object> {
    const { removeOwnModel } = await import('../../../app/faces/own-models.js')
    const { name } = this.args
    if (!this.flags.yes) {
      if (!this.interactive()) {
        const hints = [`Add --yes: tessera face models remove ${name} --yes`]
        throw new AppError('INPUT_REQUIRED', `The model ${name} is only removed when that is confirmed.`, { hints })
      }
      const prompts = await this.prompts()
      if (!(await prompts.confirm({ message: `Remove the model ${name}?`, default: false }))) {
        this.say('Nothing was removed.')
        return { removed: null }
      }
    }
    const places = {
      dataDir: this.config.dataDir,
      openLaunch: () => this.openLaunch(),
      launchNamed: this.flags.launch !== undefined,
    }
    const folder = await removeOwnModel(places, name)
    this.print(`Removed ${folder}`)
    return { removed: folder }
  }
}
