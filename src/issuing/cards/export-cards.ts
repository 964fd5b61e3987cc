import { hash } from 'node:crypto'
import { existsSync } from 'node:fs'
import { beginJob, type FilesMark, finishJob, saveCheckpoint } from '../../jobs/journal.js'
import { AppError } from '../../kit/errors/index.js'
import type { JobEvent } from '../../kit/events.js'
import type { HeldLock } from '../../store/index.js'
import { lockArchive } from '../archive-lock.js'
import { type ArchiveCheckpoint, archiveIntact, CardArchive } from '../card-archive.js'
import type { IssueDeps } from '../issue-types.js'
import { type CurrentDesign, currentDesigns, prepareCurrent } from '../published-designs.js'
import { rowToCard } from '../record-batch.js'
import type { SignResult, SignTarget } from '../sign-task.js'
import { type SignerPool, startSigners } from '../signers.js'
import { signingStart } from '../signing-start.js'
import { type Selection, selectCards } from './select-cards.js'

/** Where exported cards go; absolute. */
export type ExportTarget =
  | { readonly kind: 'folder'; readonly path: string }
  | { readonly kind: 'archive'; readonly path: string }

export interface ExportInput {
  readonly selection: Selection
  readonly target: ExportTarget
  readonly command: string
}

export interface ExportSummary {
  readonly exported: number
  readonly out: string | null
  readonly zip: string | null
  readonly seconds: number
}

interface ExportCheckpoint extends FilesMark {
  readonly design: string
  /** The last card that is written. */
  readonly cardId: number
  readonly exported: number
  readonly zip: ArchiveCheckpoint | null
}

/**
 * Signs the selected cards as they are now. Continues after a stop or a kill; two exports into one place are refused.
 *
 * @throws AppError JOB_RUNNING, CARD_NOT_FOUND, OUTPUT_UNWRITABLE, DISK_FULL
 */
export async function* exportCards(input: ExportInput, deps: IssueDeps): AsyncGenerator<JobEvent<ExportSummary>> {
  const begun = deps.now()
  const { store, signal } = deps
  const { selection, target } = input
  const lock = await store.lock('export', `process ${process.pid}, ${input.command}`)
  if (!lock.held) throw new AppError('JOB_RUNNING', `another export is going on in this launch: ${lock.holder}`)
  let zipLock: HeldLock | undefined
  try {
    zipLock = await lockArchive(store, target.kind === 'archive' ? target.path : undefined, input.command)
    const designs = await currentDesigns(store, deps.folders, selection.design)
    const key = jobKey(input, { designs, since: (await signingStart(store, deps)).since })
    const files = target.kind === 'archive' ? [target.path] : []
    const description = { kind: 'export', key, command: input.command, files, now: begun }
    const job = await beginJob<ExportCheckpoint>(store, description)
    const intact = job.resumeFrom !== undefined && targetIntact(target, job.resumeFrom)
    const from = intact ? job.resumeFrom : undefined
    let exported = from?.exported ?? 0
    const archive = target.kind === 'archive' ? new CardArchive(target.path, from?.zip ?? undefined) : undefined
    const signTarget: SignTarget =
      target.kind === 'archive' ? { kind: 'archive' } : { kind: 'folder', dir: target.path }
    try {
      yield {
        type: 'start',
        job: String(job.id),
        kind: 'export',
        unit: 'cards',
        ...(from ? { resumedAt: exported } : {}),
      }
      for (const current of designs) {
        if (signal.aborted || (from !== undefined && current.name < from.design)) continue
        const design = await prepareCurrent(current, deps.folders)
        const after = current.name === from?.design ? from.cardId : 0
        const pool = startSigners(design, deps)
        try {
          const pages = selectCards(store, { ...selection, design: current.name }, { now: begun, after })
          for await (const { count, cardId, results } of signPages(pages, { pool, target: signTarget, deps })) {
            for (const result of results) if (result.kind === 'archive') archive?.append(result)
            exported += count
            const checkpoint = { design: current.name, cardId, exported, zip: archive?.checkpoint ?? null, files }
            await store.write((trx) => saveCheckpoint(trx, { id: job.id, checkpoint, now: deps.now() }))
            yield { type: 'progress', done: exported, failed: 0 }
            if (signal.aborted) break
          }
        } finally {
          await pool.close()
        }
      }
      if (!signal.aborted) {
        archive?.finish()
        await store.write((trx) => finishJob(trx, { id: job.id, now: deps.now() }))
      }
      yield {
        type: 'summary',
        state: signal.aborted ? 'stopped' : 'done',
        summary: {
          exported,
          out: target.kind === 'folder' ? target.path : null,
          zip: target.kind === 'archive' ? target.path : null,
          seconds: Math.round((deps.now() - begun) / 10) / 100,
        },
      }
    } finally {
      archive?.stop()
    }
  } finally {
    zipLock?.release()
    lock.release()
  }
}

/** Equal for two commands that lead to the same files: with another design or certificate, those made are of no use. */
function jobKey(
  { selection, target }: ExportInput,
  { designs, since }: { designs: readonly CurrentDesign[]; since: number },
): string {
  const versions = designs.map(({ dir }) => dir)
  const where = [...(selection.where ?? [])]
  return hash('sha256', JSON.stringify([target, { ...selection, where }, versions, since]))
}

function targetIntact(target: ExportTarget, checkpoint: ExportCheckpoint): boolean {
  return target.kind === 'folder' ? existsSync(target.path) : archiveIntact(target.path, checkpoint.zip)
}

type Pages = ReturnType<typeof selectCards>

/** Signs page after page, each split over the workers, with the next page under way while one is written. */
async function* signPages(
  pages: Pages,
  { pool, target, deps }: { pool: SignerPool; target: SignTarget; deps: IssueDeps },
): AsyncGenerator<{ count: number; cardId: number; results: readonly SignResult[] }> {
  const underway: { count: number; cardId: number; results: Promise<SignResult[]> }[] = []
  for await (const page of pages) {
    const share = Math.ceil(page.length / deps.workers)
    const tasks: Promise<SignResult>[] = []
    for (let at = 0; at < page.length; at += share) {
      tasks.push(pool.run({ cards: page.slice(at, at + share).map(rowToCard), now: deps.now(), target }))
    }
    const results = Promise.all(tasks)
    results.catch(() => {})
    underway.push({ count: page.length, cardId: page.at(-1)?.id ?? 0, results })
    const oldest = underway.length > 1 ? underway.shift() : undefined
    if (oldest) yield { ...oldest, results: await oldest.results }
  }
  for (const last of underway) yield { ...last, results: await last.results }
}
