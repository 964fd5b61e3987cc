import type { Selectable } from 'kysely'
import type { JobTable, Store, Trx } from '../store/index.js'

/** A long job as the journal knows it. */
export interface JournaledJob<Checkpoint> {
  readonly id: number
  /** When it was begun first, epoch milliseconds. */
  readonly startedAt: number
  /** Where an interrupted run of the same job stopped; undefined for a fresh one. */
  readonly resumeFrom: Checkpoint | undefined
}

export interface JobDescription {
  readonly kind: string
  /** Fingerprint of everything that decides the outcome: the same key means the same job. */
  readonly key: string
  /** What a person types to continue. */
  readonly command: string
  /** Files that grow while the job runs, absolute: another interrupted job with one of them has to start over. */
  readonly files?: readonly string[]
  readonly now: number
}

/** A checkpoint that speaks of growing files names them, since only one job at a time can go on with a file. */
export interface FilesMark {
  readonly files: readonly string[]
}

/** Starts a job, or takes up the one with the same key that was interrupted. Hold the launch's lock around it. */
export async function beginJob<Checkpoint>(store: Store, job: JobDescription): Promise<JournaledJob<Checkpoint>> {
  return store.write(async (trx) => {
    await releaseFiles(trx, job)
    const open = await trx
      .selectFrom('jobs')
      .select(['id', 'checkpoint', 'started_at'])
      .where('job_key', '=', job.key)
      .where('state', '=', 'running')
      .orderBy('id', 'desc')
      .executeTakeFirst()
    if (open) return { id: open.id, startedAt: open.started_at, resumeFrom: JSON.parse(open.checkpoint) ?? undefined }
    const { id } = await trx
      .insertInto('jobs')
      .values({
        kind: job.kind,
        job_key: job.key,
        state: 'running',
        command: job.command,
        checkpoint: 'null',
        started_at: job.now,
        updated_at: job.now,
        finished_at: null,
      })
      .returning('id')
      .executeTakeFirstOrThrow()
    return { id, startedAt: job.now, resumeFrom: undefined }
  })
}

/** Makes other interrupted jobs forget how far they came with files that this job is about to write. */
async function releaseFiles(trx: Trx, { key, files = [] }: JobDescription): Promise<void> {
  if (files.length === 0) return
  const others = await trx
    .selectFrom('jobs')
    .select(['id', 'checkpoint'])
    .where('state', '=', 'running')
    .where('job_key', '!=', key)
    .execute()
  for (const { id, checkpoint } of others) {
    const mark: Partial<FilesMark> | null = JSON.parse(checkpoint)
    if (!mark?.files?.some((file) => files.includes(file))) continue
    await trx.updateTable('jobs').set({ checkpoint: 'null' }).where('id', '=', id).execute()
  }
}

/** Notes how far a job has come, in the same transaction as the work it describes. */
export async function saveCheckpoint(
  trx: Trx,
  { id, checkpoint, now }: { id: number; checkpoint: unknown; now: number },
): Promise<void> {
  await trx
    .updateTable('jobs')
    .set({ checkpoint: JSON.stringify(checkpoint), updated_at: now })
    .where('id', '=', id)
    .execute()
}

export async function finishJob(trx: Trx, { id, now }: { id: number; now: number }): Promise<void> {
  await trx.updateTable('jobs').set({ state: 'done', updated_at: now, finished_at: now }).where('id', '=', id).execute()
}

/** One line of `tessera job list`. */
export interface JobRecord {
  readonly id: number
  readonly kind: string
  readonly state: 'running' | 'done'
  readonly command: string
  readonly checkpoint: unknown
  /** Epoch milliseconds. */
  readonly startedAt: number
  readonly updatedAt: number
  readonly finishedAt: number | undefined
}

/** The newest jobs first. */
export async function listJobs(store: Store, limit: number): Promise<readonly JobRecord[]> {
  const rows = await store.db.selectFrom('jobs').selectAll().orderBy('id', 'desc').limit(limit).execute()
  return rows.map(toRecord)
}

export async function findJob(store: Store, id: number): Promise<JobRecord | undefined> {
  const row = await store.db.selectFrom('jobs').selectAll().where('id', '=', id).executeTakeFirst()
  return row && toRecord(row)
}

function toRecord(row: Selectable<JobTable>): JobRecord {
  return {
    id: row.id,
    kind: row.kind,
    state: row.state,
    command: row.command,
    checkpoint: JSON.parse(row.checkpoint),
    startedAt: row.started_at,
    updatedAt: row.updated_at,
    finishedAt: row.finished_at ?? undefined,
  }
}
