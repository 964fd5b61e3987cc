import { Flags } from '@oclif/core'
import type { EvaluateTask } from '../../app/faces/evaluate.js'
import { jobFlags, TesseraCommand } from '../../cli/base-command.js'
import { measureFlags } from '../../cli/face-evaluate-flags.js'
import { engineFlags, findFlags, findOptions } from '../../cli/face-flags.js'
import { renderEvaluation } from '../../cli/render/face-evaluation.js'
import { AppError } from '../../kit/errors/index.js'

const TASKS = ['--images DIR', '--identify GALLERY PROBES', '--cluster DIR', '--attributes DIR'].join(', ')

export default class FaceEvaluate extends TesseraCommand<typeof FaceEvaluate> {
  static override summary = 'Measure how well faces are recognised, on labelled photos.'
  static override description =
    'One of four measures. --pairs with --images: pairs in LFW’s format (View 2: accuracy over folds with its standard ' +
    'error; FNMR at FMR 0.01, 0.001 and 0.0001 with 95 % intervals by bootstrap over people). --images alone, or ' +
    '--all-pairs: every photo with every other one. --identify: people of PROBES looked for among those of GALLERY, ' +
    'whoever is not there is a stranger (FNIR at FPIR 0.003, 0.01 and 0.1, rank-1 misses). --cluster: photos grouped by ' +
    'face (BCubed, pairwise). --attributes: age and gender, photos named as UTKFace does. Folders hold a folder of photos ' +
    'per person. Of several faces on a photo the one nearest to its centre is taken; a photo without a face is an error ' +
    'of recognition: no match. --json prints {model, photos, measured}; measured is {kind, listed, all}, {kind, ' +
    'identification}, {kind, threshold, clustering} or {kind, attributes}.'
  static override examples = [
    {
      description: 'LFW’s protocol, all pairs beside, and a plot',
      command: '<%= config.bin %> face evaluate --pairs pairs.txt --images lfw --all-pairs --plot det.png',
    },
    {
      description: 'Own photos, a folder for each person, and every score',
      command: '<%= config.bin %> face evaluate --images people --scores scores.csv',
    },
    {
      description: 'Who of a gallery is on other photos',
      command: '<%= config.bin %> face evaluate --identify gallery probes --json',
    },
    {
      description: 'Grouping of photos, at a threshold',
      command: '<%= config.bin %> face evaluate --cluster people --threshold 0.45',
    },
    {
      description: 'Age and gender, with vectors kept for the next run',
      command: '<%= config.bin %> face evaluate --attributes utkface --vectors utkface.ndjson',
    },
  ]
  static override flags = {
    ...jobFlags,
    pairs: Flags.string({
      summary: 'File of pairs in the format of LFW’s pairs.txt.',
      helpValue: 'FILE',
      dependsOn: ['images'],
    }),
    images: Flags.string({ summary: 'Folder with a folder of photos per person.', helpValue: 'DIR' }),
    'all-pairs': Flags.boolean({ summary: 'Compare all photos that the pairs name with each other.' }),
    identify: Flags.string({
      summary: 'Two folders with a folder per person: the people known, and photos to look for them on.',
      helpValue: 'GALLERY PROBES',
      multiple: true,
    }),
    cluster: Flags.string({ summary: 'Folder with a folder of photos per person, to be grouped.', helpValue: 'DIR' }),
    threshold: Flags.string({
      summary: 'Mean score that holds a group together; otherwise that of FMR 0.0001.',
      helpValue: 'SCORE',
      dependsOn: ['cluster'],
      parse: async (text) => {
        if (!/^-?\d*\.?\d+$/.test(text) || Math.abs(Number(text)) > 1)
          throw new Error(`Expected a number from -1 to 1 but received: ${text}`)
        return text
      },
    }),
    attributes: Flags.string({ summary: 'Folder of photos named as UTKFace does.', helpValue: 'DIR' }),
    scores: Flags.string({
      summary: 'Write the score of every pair as CSV.',
      helpValue: 'FILE',
      dependsOn: ['images'],
    }),
    plot: Flags.string({
      summary: 'Draw the curve of FMR and FNMR, as .svg or .png.',
      helpValue: 'FILE',
      dependsOn: ['images'],
    }),
    ...measureFlags,
    ...findFlags,
    ...engineFlags,
  }

  async run(): Promise<object> {
    const task = this.#task()
    const { evaluateFaces } = await import('../../app/faces/evaluate.js')
    const { backend, model, recogniser, mirror, jobs: workers, vectors, scores, plot } = this.flags
    const { cacheDir, dataDir } = this.config
    const events = evaluateFaces({
      ...{ task, workers, vectors, scores, plot, dataDir, signal: this.signal, environment: await this.environment() },
      engine: { cacheDir, backend, model, recogniser, mirror, find: findOptions(this.flags) },
      openLaunch: () => this.openLaunch(),
      launchNamed: this.flags.launch !== undefined,
    })
    const { summary, state } = await this.follow(events, { resumable: false })
    this.print(renderEvaluation(summary))
    if (state === 'done') for (const file of [scores, plot]) if (file !== undefined) this.say(`Written: ${file}`)
    return summary
  }

  #task(): EvaluateTask {
    const { pairs, images, identify, cluster, attributes, threshold, 'all-pairs': all } = this.flags
    const tasks: EvaluateTask[] = []
    if (images !== undefined) tasks.push({ kind: 'pairs', pairs, images, all })
    if (cluster !== undefined)
      tasks.push({ kind: 'cluster', dir: cluster, threshold: threshold === undefined ? undefined : Number(threshold) })
    if (attributes !== undefined) tasks.push({ kind: 'attributes', dir: attributes })
    if (identify !== undefined) {
      const [gallery, probes, ...more] = identify
      if (gallery === undefined || probes === undefined || more.length > 0)
        throw new AppError('USAGE', `--identify takes two folders, GALLERY PROBES; it was given ${identify.length}.`)
      tasks.push({ kind: 'identify', gallery, probes })
    }
    const [task, ...others] = tasks
    if (task !== undefined && others.length === 0) return task
    throw new AppError('USAGE', task === undefined ? 'Nothing is said to measure.' : 'One measure at a time.', {
      hints: [`Give one of ${TASKS}.`],
    })
  }
}
