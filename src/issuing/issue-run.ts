import { finishJob, type JournaledJob, saveCheckpoint } from '../jobs/journal.js'
import type { JobEvent } from '../kit/events.js'
import type { Trx } from '../store/index.js'
import type { IssueCounts, IssueDeps, IssuedItem, IssueInput, IssueSummary } from './issue-types.js'
import { linkRows } from './links-file.js'
import type { RowProblem } from './map-row.js'
import type { OutputMark, Outputs } from './outputs.js'
import { preparePictures } from './prepare-pictures.js'
import { problemText } from './problem-text.js'
import type { PublishedDesign } from './publish-design.js'
import { type ReadyDraft, type Recorded, recordBatch } from './record-batch.js'
import type { ReadRow, RowBatch } from './row-reader.js'
import type { SignerPool } from './signers.js'
import { SigningLine } from './signing-line.js'

/** How far a run has come, as the journal keeps it. */
export interface IssueCheckpoint extends OutputMark {
  /** Ordinal of the last row whose card is recorded, signed and written. */
  readonly row: number
  readonly counts: IssueCounts
  /** Version of the design that the cards so far were signed with. */
  readonly version: number
  /** Since when cards are signed as they were signed so far, epoch milliseconds. */
  readonly since: number
}

type Event = JobEvent<IssueSummary, IssuedItem>

/**
 * One run of the main job. Batches are recorded in file order by this thread and signed by workers; a checkpoint moves
 * on only when a batch and all before it are written, so a kill at any moment repeats at most a few batches, and
 * repeating a batch changes nothing.
 */
export class IssueRun {
  readonly #input: IssueInput
  readonly #deps: IssueDeps
  readonly #job: JournaledJob<IssueCheckpoint>
  readonly #published: PublishedDesign
  readonly #since: number
  readonly #outputs: Outputs
  readonly #signing: SigningLine<Omit<IssueCheckpoint, 'zip'>>
  readonly #counts: { -readonly [K in keyof IssueCounts]: number }
  /** Settled but not yet in the journal. */
  #settled: IssueCheckpoint | undefined
  #row: number
  #settledRow: number
  /** Share of the file that was read, 0…1. */
  #readShare = 0

  constructor(parts: {
    input: IssueInput
    deps: IssueDeps
    job: JournaledJob<IssueCheckpoint>
    published: PublishedDesign
    /** Since when cards are signed as they are now, epoch milliseconds: files from before are written again. */
    since: number
    outputs: Outputs
    pool: SignerPool | undefined
    from: IssueCheckpoint | undefined
  }) {
    this.#input = parts.input
    this.#deps = parts.deps
    this.#job = parts.job
    this.#published = parts.published
    this.#since = parts.since
    this.#outputs = parts.outputs
    const { target, archive } = parts.outputs
    this.#signing = new SigningLine({ pool: parts.pool, target, archive, since: parts.since, now: parts.deps.now })
    this.#counts = { ...(parts.from?.counts ?? { issued: 0, updated: 0, skipped: 0, rejected: 0 }) }
    this.#row = parts.from?.row ?? 0
    this.#settledRow = this.#row
  }

  get counts(): IssueCounts {
    return { ...this.#counts }
  }

  get rows(): number {
    return this.#row
  }

  /** Takes one batch of rows through; those before the checkpoint were done already. */
  async *batch({ rows, share }: RowBatch): AsyncGenerator<Event> {
    this.#readShare = share
    const fresh = rows.filter(({ ordinal }) => ordinal > this.#row)
    if (fresh.length > 0) {
      const recorded = yield* this.#record(yield* this.#ready(fresh), fresh)
      this.#row = fresh.at(-1)?.ordinal ?? this.#row
      this.#sign(recorded)
      if (this.#input.items) yield* itemsOf(recorded)
    }
    while (this.#signing.length > this.#deps.workers * 2) await this.#settleNext()
    yield this.#progress()
  }

  /** The drafts of a batch that become cards; the other rows are reported. */
  async *#ready(rows: readonly ReadRow[]): AsyncGenerator<Event, ReadyDraft[]> {
    const { design, csv, ifExists } = this.#input
    const drafts = rows.flatMap(({ draft, repeat }) => (draft === undefined || repeat !== undefined ? [] : [draft]))
    const prepared = await preparePictures(drafts, { design, csv, picturesDir: this.#deps.folders.pictures })
    const ready: ReadyDraft[] = []
    for (const { row, draft, repeat, problems } of rows) {
      const pictures = draft === undefined ? undefined : prepared.get(draft)
      if (draft === undefined) yield* this.#reject(row, problems)
      else if (pictures?.ok === false) yield* this.#reject(row, pictures.problems)
      else if (repeat === undefined) ready.push({ ...draft, pictures: pictures?.pictures })
      else {
        const problem = { line: row.line, column: 'serial', value: draft.serial, reason: repeat }
        if (ifExists === 'fail') yield* this.#reject(row, [problem])
        else {
          this.#counts.skipped++
          yield this.#warning('ROW_REPEATED', problem)
        }
      }
    }
    return ready
  }

  async *#record(drafts: ReadyDraft[], rows: readonly ReadRow[]): AsyncGenerator<Event, readonly Recorded[]> {
    if (drafts.length === 0) return []
    const { store, now } = this.#deps
    const { recorded, links } = await store.write(async (trx) => {
      const context = {
        store,
        jobId: this.#job.id,
        jobStartedAt: this.#job.startedAt,
        designId: this.#published.id,
        ifExists: this.#input.ifExists,
        now: now(),
        author: { actor: this.#deps.actor, source: 'issue' },
      }
      const outcome = await recordBatch(trx, drafts, context)
      await this.#saveSettled(trx)
      return { recorded: outcome, links: this.#outputs.links && (await linkRows(trx, outcome)) }
    })
    if (links) this.#outputs.links?.add(links)
    for (const { draft, outcome, reason } of recorded) {
      if (outcome !== 'refused') this.#counts[outcome]++
      else {
        const row = rows.find(({ ordinal }) => ordinal === draft.row)?.row
        const problem = { line: draft.line, column: 'serial', value: draft.serial, reason: reason ?? '' }
        if (row) yield* this.#reject(row, [problem])
      }
    }
    return recorded
  }

  *#reject(row: ReadRow['row'], problems: readonly RowProblem[]): Generator<Event> {
    this.#counts.rejected++
    this.#outputs.rejected.add(row, problems.map(problemText))
    for (const problem of problems) yield this.#warning('ROW_REJECTED', problem)
  }

  #warning(code: string, problem: RowProblem): Event {
    const { line, column, value } = problem
    const where = {
      file: this.#input.csv,
      line,
      ...(column === undefined ? {} : { column }),
      ...(value === undefined ? {} : { value }),
    }
    return { type: 'warning', code, message: `line ${line}: ${problemText(problem)}`, where }
  }

  #sign(recorded: readonly Recorded[]): void {
    const { rejected, links, files } = this.#outputs
    this.#signing.push(recorded, {
      row: this.#row,
      counts: this.counts,
      version: this.#published.version,
      since: this.#since,
      files,
      rejected: rejected.length,
      links: links?.length ?? 0,
    })
  }

  /** Counts what is written, not what is read: reading is far ahead of signing. */
  #progress(): Event {
    const done = this.#settledRow
    const share = this.#row === 0 ? 0 : (this.#readShare * done) / this.#row
    return { type: 'progress', done, failed: this.#counts.rejected, share }
  }

  async #settleNext(): Promise<void> {
    const mark = await this.#signing.settleNext()
    if (mark === undefined) return
    this.#settled = { ...mark, zip: this.#outputs.archive?.checkpoint ?? null }
    this.#settledRow = mark.row
  }

  async #saveSettled(trx: Trx): Promise<void> {
    if (this.#settled === undefined) return
    await saveCheckpoint(trx, { id: this.#job.id, checkpoint: this.#settled, now: this.#deps.now() })
    this.#settled = undefined
  }

  /** Waits for what is underway and notes it in the journal. */
  async *settle(): AsyncGenerator<Event> {
    while (this.#signing.length > 0) {
      await this.#settleNext()
      yield this.#progress()
    }
    await this.#deps.store.write((trx) => this.#saveSettled(trx))
  }

  /** Gives the files their names and closes the job. @returns the path of the rejected rows, if there are any. */
  async finish(): Promise<string | null> {
    this.#outputs.archive?.finish()
    this.#outputs.links?.finish()
    const rejectedFile = this.#outputs.rejected.finish() ?? null
    await this.#deps.store.write((trx) => finishJob(trx, { id: this.#job.id, now: this.#deps.now() }))
    return rejectedFile
  }
}

function* itemsOf(recorded: readonly Recorded[]): Generator<Event> {
  for (const { draft, outcome } of recorded) {
    if (outcome !== 'refused') yield { type: 'item', item: { serial: draft.serial, line: draft.line, outcome } }
  }
}
