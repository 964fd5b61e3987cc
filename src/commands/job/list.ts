import { Flags } from '@oclif/core'
import type { JobView } from '../../app/jobs.js'
import { TesseraCommand } from '../../cli/base-command.js'
import { table } from '../../cli/render/table.js'

export default class JobList extends TesseraCommand<typeof JobList> {
  static override summary = 'List the long jobs of this launch, the newest first.'
  static override description = 'An open job is running now or was interrupted; its command, typed again, continues it.'
  static override examples = [
    { description: 'The last jobs:', command: '<%= config.bin %> job list' },
    { description: 'For a script:', command: '<%= config.bin %> job list --limit 1 --json' },
  ]

  static override flags = {
    limit: Flags.integer({ summary: 'How many at most.', min: 1, default: 20, helpValue: 'N' }),
  }

  async run(): Promise<readonly JobView[]> {
    const { listJobs } = await import('../../app/jobs.js')
    const jobs = await listJobs(await this.openLaunch(), this.flags.limit)
    this.print(
      table(jobs, [
        { title: 'Job', value: (job) => job.id },
        { title: 'State', value: (job) => job.state },
        { title: 'Started', value: (job) => job.startedAt.slice(0, 19).replace('T', ' ') },
        { title: 'Command', value: (job) => job.command },
      ]) || 'No jobs yet.',
    )
    return jobs
  }
}
