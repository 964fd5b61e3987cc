import { Args } from '@oclif/core'
import type { JobView } from '../../app/jobs.js'
import { TesseraCommand } from '../../cli/base-command.js'
import { definitions } from '../../cli/render/table.js'

export default class JobShow extends TesseraCommand<typeof JobShow> {
  static override summary = 'Show a long job: how far it came and how to continue it.'
  static override description = 'Times are UTC.'
  static override examples = [
    { description: 'The first job of the launch:', command: '<%= config.bin %> job show 1' },
    { description: 'For a script:', command: '<%= config.bin %> job show 1 --json' },
  ]

  static override args = { id: Args.integer({ required: true, description: 'Number of the job.' }) }

  async run(): Promise<JobView> {
    const { showJob } = await import('../../app/jobs.js')
    const job = await showJob(await this.openLaunch(), this.args.id)
    this.print(
      definitions([
        ['Job', `${job.id} (${job.kind})`],
        ['State', job.state],
        ['Started', job.startedAt],
        ['Last sign', job.updatedAt],
        ['Finished', job.finishedAt ?? undefined],
        ['Checkpoint', JSON.stringify(job.checkpoint)],
        [job.state === 'open' ? 'Continue with' : 'Command', job.command],
      ]),
    )
    return job
  }
}
