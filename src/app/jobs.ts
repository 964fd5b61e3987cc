import type { JobRecord } from '../jobs/journal.js'
import { AppError } from '../kit/errors/index.js'
import type { Launch } from './launch.js'

/** A job as commands show it. Times are ISO 8601. */
export interface JobView {
  readonly id: number
  readonly kind: string
  /** `open`: running now, or interrupted; its command continues it. */
  readonly state: 'open' | 'done'
  readonly command: string
  readonly startedAt: string
  readonly updatedAt: string
  readonly finishedAt: string | null
  /** How far it came, as its kind notes it. */
  readonly checkpoint: unknown
}

/** The newest jobs first. */
export async function listJobs(launch: Launch, limit: number): Promise<readonly JobView[]> {
  const { listJobs: list } = await import('../jobs/journal.js')
  return (await list(await launch.store(), limit)).map(toView)
}

/** @throws AppError JOB_NOT_FOUND */
export async function showJob(launch: Launch, id: number): Promise<JobView> {
  const { findJob } = await import('../jobs/journal.js')
  const job = await findJob(await launch.store(), id)
  if (job === undefined) throw new AppError('JOB_NOT_FOUND', `there is no job ${id}`)
  return toView(job)
}

function toView(job: JobRecord): JobView {
  return {
    id: job.id,
    kind: job.kind,
    state: job.state === 'done' ? 'done' : 'open',
    command: job.command,
    startedAt: new Date(job.startedAt).toISOString(),
    updatedAt: new Date(job.updatedAt).toISOString(),
    finishedAt: job.finishedAt === undefined ? null : new Date(job.finishedAt).toISOString(),
    checkpoint: job.checkpoint,
  }
}
