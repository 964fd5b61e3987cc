import { Args, Flags } from '@oclif/core'
import type { DetectedPhoto, DetectItem, PhotoFailure } from '../../app/faces/detected.js'
import { EXIT, jobFlags, TesseraCommand } from '../../cli/base-command.js'
import { engineFlags, findFlags, findOptions } from '../../cli/face-flags.js'
import { FaceTable } from '../../cli/render/detected-faces.js'
import { heardItems } from '../../kit/heard-items.js'

export default class FaceDetect extends TesseraCommand<typeof FaceDetect> {
  static override summary = 'Find the faces on photos, with age, gender and quality.'
  static override description =
    'Photos are JPEG, PNG, WebP, AVIF, TIFF or GIF files, and folders of them with all that lies below. They are turned ' +
    'upright first. Places are in pixels of the upright photo; quality tells how well somebody can be recognised by the ' +
    'face, and why not better. Photos that cannot be read are listed with the reason, and the exit code is then 6. --json ' +
    'prints {photos, problems, model, backend}: photos are {file, width, height, turned, found, faces}, faces {box, score, ' +
    'points, pose, quality, age, gender, real, live}, problems {file, reason, message}.'
  static override examples = [
    { description: 'One photo', command: '<%= config.bin %> face detect group.jpg' },
    {
      description: 'Draw the faces, to look at what was found',
      command: '<%= config.bin %> face detect group.jpg --draw faces.png',
    },
    { description: 'A folder, for a script', command: '<%= config.bin %> face detect photos --json' },
    {
      description: 'A long run, a line for each photo as soon as it is done',
      command: '<%= config.bin %> face detect photos --output ndjson --vectors',
    },
    {
      description: 'Only large faces, and whether they look like photos of photos',
      command: '<%= config.bin %> face detect group.jpg --min-face 100 --real',
    },
  ]
  static override strict = false
  static override args = {
    photo: Args.string({ required: true, description: 'Photos, and folders of photos.' }),
  }
  static override flags = {
    ...jobFlags,
    draw: Flags.string({
      summary: 'Draw the faces found: into this picture for one photo, into this folder for several.',
      helpValue: 'FILE|DIR',
    }),
    vectors: Flags.boolean({ summary: 'Add the vector of each face to --json and --output ndjson.' }),
    real: Flags.boolean({
      summary: 'Tell how real and how alive a face looks, 0 to 1: advice, and no proof of either.',
    }),
    ...findFlags,
    ...engineFlags,
  }

  async run(): Promise<object> {
    const { detectFaces } = await import('../../app/faces/detect.js')
    const { draw, vectors, real, backend, model, jobs: workers } = this.flags
    const photos: DetectedPhoto[] = []
    const problems: PhotoFailure[] = []
    const faces = new FaceTable()
    const take = (item: DetectItem): void => {
      if (this.flags.output === 'ndjson') return
      if (!this.jsonEnabled()) faces.add(item)
      else if ('reason' in item) problems.push(item)
      else photos.push(item)
    }
    const events = detectFaces({
      names: this.words,
      environment: await this.environment(),
      engine: { cacheDir: this.config.cacheDir, backend, model, find: findOptions(this.flags), realLive: real },
      workers,
      vectors: vectors && (this.jsonEnabled() || this.flags.output === 'ndjson'),
      draw,
      dataDir: this.config.dataDir,
      openLaunch: () => this.openLaunch(),
      launchNamed: this.flags.launch !== undefined,
      signal: this.signal,
    })
    const { summary, state } = await this.follow(heardItems(events, take), { resumable: false })
    this.print(faces.render(summary, { stopped: state === 'stopped' }))
    if (draw !== undefined && summary.photos > summary.problems) this.say(`Drawn: ${draw}`)
    if (summary.problems > 0 && state !== 'stopped') this.endWith(EXIT.badInput)
    return { photos, problems, model: summary.model, backend: summary.backend }
  }
}
