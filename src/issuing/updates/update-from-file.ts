import { hash } from 'node:crypto'
import { setImmediate } from 'node:timers/promises'
import { AppendFile } from '../../jobs/append-file.js'
import { beginJob, type FilesMark, finishJob, type JournaledJob, saveCheckpoint } from '../../jobs/journal.js'
import { AppError } from '../../kit/errors/index.js'
import type { JobEvent } from '../../kit/events.js'
import { ISSUE_LOCK } from '../issue-members.js'
import { problemText } from '../problem-text.js'
import { RejectedFile, rejectedPath } from '../rejected-file.js'
import { type EditedRow, editRows } from './edit-rows.js'
import { type ChangeBatch, type OpenChanges, openChanges } from './open-changes.js'
import { SilenceTally, type SilentCards } from './silence.js'
import type { UpdateCounts, UpdateDeps, UpdatedItem, UpdateInput, UpdateSummary } from './update-types.js'
import { writeEdits } from './write-edits.js'

/** How far a run has come. Saved in the transaction that changes the cards, so that no row is taken twice. */
interface UpdateCheckpoint extends FilesMark {
  /** Ordinal of the last row that is done. */
  readonly row: number
  readonly counts: UpdateCounts
  readonly silent: SilentCards
  /** Bytes of the rejected rows so far. */
  readonly rejected: number
}

type Event = JobEvent<UpdateSummary, UpdatedItem>

/**
 * Changes cards by the rows of a CSV. Run again after a stop or a kill, it continues; run again after its end, it finds
 * the cards as they should be and touches none.
 *
 * @throws AppError CSV_UNREADABLE, CSV_HEADER, JOB_RUNNING, CARD_NOT_FOUND, STORE_…, OUTPUT_UNWRITABLE, DISK_FULL
 */
export async function* updateFromFile(input: UpdateInput, deps: UpdateDeps): AsyncGenerator<Event> {
  const begun = deps.now()
  const { store } = deps
  const lock = await store.lock(ISSUE_LOCK, `process ${process.pid}, ${input.command}`)
  if (!lock.held) throw new AppError('JOB_RUNNING', `another run is working on this launch: ${lock.holder}`)
  try {
    const changes = await openChanges(input, deps)
    const path = rejectedPath(input.csv)
    const job = await beginJob<UpdateCheckpoint>(store, {
      kind: 'update',
      key: jobKey(input, changes),
      command: input.command,
      files: [path],
      now: begun,
    })
    const intact = job.resumeFrom !== undefined && AppendFile.covers(path, job.resumeFrom.rejected)
    const from = intact ? job.resumeFrom : undefined
    const rejected = new RejectedFile(changes.file, {
      header: changes.context.plan.header,
      path,
      length: from?.rejected ?? 0,
    })
    const run = new UpdateRun({ input, deps, changes, job, rejected, from, files: [path] })
    const resumed = job.resumeFrom !== undefined
    try {
      yield {
        type: 'start',
        job: String(job.id),
        kind: 'update',
        unit: 'rows',
        ...(resumed ? { resumedAt: from?.row ?? 0 } : {}),
      }
      for await (const batch of changes.batches()) {
        if (deps.signal.aborted) break
        yield* run.batch(batch)
        // Without this the loop would run as one task, and signals would come late.
        await setImmediate()
      }
      const rejectedFile = deps.signal.aborted ? null : await run.finish()
      yield {
        type: 'summary',
        state: deps.signal.aborted ? 'stopped' : 'done',
        summary: {
          ...run.counts,
          job: job.id,
          rows: run.rows,
          silent: run.silent,
          rejectedFile,
          seconds: Math.round((deps.now() - begun) / 10) / 100,
          resumed,
        },
      }
    } finally {
      rejected.stop()
    }
  } finally {
    lock.release()
  }
}

/** Equal for two commands that ask the same of the same cards. */
function jobKey({ csv, empty }: UpdateInput, { file }: OpenChanges): string {
  return hash('sha256', JSON.stringify(['update', csv, file.sha256, file.encoding, file.delimiter, empty]))
}

class UpdateRun {
  readonly #input: UpdateInput
  readonly #deps: UpdateDeps
  readonly #changes: OpenChanges
  readonly #job: JournaledJob<UpdateCheckpoint>
  readonly #rejected: RejectedFile
  readonly #files: readonly string[]
  readonly #silence: SilenceTally
  readonly #counts: { -readonly [K in keyof UpdateCounts]: number }
  #row: number

  constructor(parts: {
    input: UpdateInput
    deps: UpdateDeps
    changes: OpenChanges
    job: JournaledJob<UpdateCheckpoint>
    rejected: RejectedFile
    from: UpdateCheckpoint | undefined
    files: readonly string[]
  }) {
    this.#input = parts.input
    this.#deps = parts.deps
    this.#changes = parts.changes
    this.#job = parts.job
    this.#rejected = parts.rejected
    this.#files = parts.files
    this.#silence = new SilenceTally(parts.from?.silent)
    this.#counts = { ...(parts.from?.counts ?? { changed: 0, unchanged: 0, rejected: 0 }) }
    this.#row = parts.from?.row ?? 0
  }

  get counts(): UpdateCounts {
    return { ...this.#counts }
  }

  get silent(): SilentCards {
    return this.#silence.result
  }

  get rows(): number {
    return this.#row
  }

  async *batch({ rows, share }: ChangeBatch): AsyncGenerator<Event> {
    const fresh = rows.filter(({ ordinal }) => ordinal > this.#row)
    const last = fresh.at(-1)
    if (last !== undefined) {
      const done = await this.#write(
        fresh.map(({ row }) => row),
        last.ordinal,
      )
      for (const row of done) yield* this.#told(row)
    }
    yield { type: 'progress', done: this.#row, failed: this.#counts.rejected, share }
  }

  /** The cards, who changed them, the rejected rows and how far the run has come: all of it, or nothing. */
  #write(rows: readonly EditedRow['row'][], ordinal: number): Promise<readonly EditedRow[]> {
    const { store, now, actor } = this.#deps
    return store.write(async (trx) => {
      const time = now()
      const { context, book } = this.#changes
      const edited = await editRows(trx, rows, { ...context, book, now: time })
      await writeEdits(store, trx, { cards: edited.cards, now: time, author: { actor, source: 'update' } })
      for (const card of edited.cards) if (card.things.length > 0) this.#silence.add(card)
      for (const { row, outcome, problems } of edited.rows) {
        this.#counts[outcome]++
        if (outcome === 'rejected') this.#rejected.add(row, problems.map(problemText))
      }
      this.#row = ordinal
      const checkpoint: UpdateCheckpoint = {
        row: ordinal,
        counts: this.counts,
        silent: this.silent,
        rejected: this.#rejected.length,
        files: this.#files,
      }
      await saveCheckpoint(trx, { id: this.#job.id, checkpoint, now: time })
      return edited.rows
    })
  }

  *#told({ row, outcome, serial, problems }: EditedRow): Generator<Event> {
    for (const problem of problems) {
      const { line, column, value } = problem
      const where = {
        file: this.#input.csv,
        line,
        ...(column === undefined ? {} : { column }),
        ...(value === undefined ? {} : { value }),
      }
      yield { type: 'warning', code: 'ROW_REJECTED', message: `line ${line}: ${problemText(problem)}`, where }
    }
    if (this.#input.items && outcome !== 'rejected' && serial !== undefined)
      yield { type: 'item', item: { serial, line: row.line, outcome } }
  }

  /** Closes the job. @returns the path of the rejected rows, if there are any. */
  async finish(): Promise<string | null> {
    const rejectedFile = this.#rejected.finish() ?? null
    await this.#deps.store.write((trx) => finishJob(trx, { id: this.#job.id, now: this.#deps.now() }))
    return rejectedFile
  }
}
