import { Args, Flags } from '@oclif/core'
import { jobFlags, TesseraCommand } from '../../cli/base-command.js'
import { measureFlags } from '../../cli/face-evaluate-flags.js'
import { engineFlags, findFlags, findOptions } from '../../cli/face-flags.js'
import { renderCalibration } from '../../cli/render/face-calibration.js'
import { AppError } from '../../kit/errors/index.js'

export default class FaceCalibrate extends TesseraCommand<typeof FaceCalibrate> {
  static override summary = 'Measure what scores mean on your own photos: how often two people reach them.'
  static override description =
    'Compares every photo with every other one and keeps a table of scores and false match rates for the model, in the ' +
    'launch (.tessera/face-models) or, without one, in your data folder. It takes the place of the one that comes with the ' +
    'model. DIR holds a folder of photos per person; --pairs takes the photos that a file in LFW’s format names. Rates ' +
    'rest on 30 false matches or more; what lies beyond is continued and said to be. Photos without a face are left out. ' +
    '--json prints {calibration, thresholds, failed, file, written}.'
  static override examples = [
    { description: 'Own photos, a folder for each person', command: '<%= config.bin %> face calibrate people' },
    {
      description: 'Look first',
      command: '<%= config.bin %> face calibrate people --dry-run --json',
    },
    {
      description: 'LFW’s photos, into a file',
      command: '<%= config.bin %> face calibrate lfw --pairs pairs.txt --out calibration.json',
    },
  ]
  static override args = {
    dir: Args.string({ description: 'Folder with a folder of photos per person.' }),
  }
  static override flags = {
    ...jobFlags,
    pairs: Flags.string({ summary: 'Take the photos that this file names, in LFW’s format.', helpValue: 'FILE' }),
    images: Flags.string({ summary: 'The same as DIR.', helpValue: 'DIR' }),
    out: Flags.string({ summary: 'Write the table to this file instead.', helpValue: 'FILE' }),
    'dry-run': Flags.boolean({ char: 'n', summary: 'Keep nothing.' }),
    ...measureFlags,
    ...findFlags,
    ...engineFlags,
  }

  async run(): Promise<object> {
    const { calibrateFaces } = await import('../../app/faces/calibrate.js')
    const { backend, model, recogniser, mirror, jobs: workers, vectors, pairs, out, 'dry-run': dryRun } = this.flags
    const images = this.args.dir ?? this.flags.images
    if (images === undefined) throw new AppError('USAGE', 'Give the folder of photos as DIR.')
    const { cacheDir, dataDir } = this.config
    const events = calibrateFaces({
      ...{ pairs, images, out, dryRun, workers, vectors, dataDir, signal: this.signal },
      environment: await this.environment(),
      engine: { cacheDir, backend, model, recogniser, mirror, find: findOptions(this.flags) },
      openLaunch: () => this.openLaunch(),
      launchNamed: this.flags.launch !== undefined,
    })
    const { summary } = await this.follow(events, { resumable: false })
    this.print(renderCalibration(summary))
    if (summary.written) this.say(`Written: ${summary.file}`)
    return summary
  }
}
