import { hash } from 'node:crypto'
import { setImmediate } from 'node:timers/promises'
import { prepareVariants } from '../cards/pictures/prepare-variants.js'
import { beginJob } from '../jobs/journal.js'
import { AppError } from '../kit/errors/index.js'
import type { JobEvent } from '../kit/events.js'
import type { HeldLock } from '../store/index.js'
import { lockArchive } from './archive-lock.js'
import { type IssueCheckpoint, IssueRun } from './issue-run.js'
import type { IssueDeps, IssuedItem, IssueInput, IssueSummary } from './issue-types.js'
import { assertSeparate, growingFiles, openOutputs, outputsIntact, stopOutputs } from './outputs.js'
import { publishDesign } from './publish-design.js'
import { type OpenMembers, openMembers } from './row-reader.js'
import { startSigners } from './signers.js'
import { signingStart } from './signing-start.js'

/** The lock that everything that writes many cards takes. */
export const ISSUE_LOCK = 'cards'

/**
 * The main job: records a card for every good row of a CSV and, where asked, signs them into a folder or an archive.
 * Run again after a stop or a kill, it continues; run again after its end, it finds everything done.
 *
 * @throws AppError CSV_UNREADABLE, CSV_HEADER, JOB_RUNNING, STORE_…, OUTPUT_UNWRITABLE, DISK_FULL, and what loading the
 * design or drawing its pictures throws
 */
export async function* issueMembers(
  input: IssueInput,
  deps: IssueDeps,
): AsyncGenerator<JobEvent<IssueSummary, IssuedItem>> {
  const begun = deps.now()
  const { store } = deps
  if (input.links !== undefined && deps.pass.webServiceURL === undefined) {
    throw new AppError(
      'LINKS_NEED_ADDRESS',
      'links need the address of the service, and tessera.yaml has no service.url',
    )
  }
  assertSeparate(input)
  const secret = await store.secret()
  const members = await openMembers(input, { secret, values: deps.values })
  const lock = await store.lock(ISSUE_LOCK, `process ${process.pid}, ${input.command}`)
  if (!lock.held) throw new AppError('JOB_RUNNING', `another run is working on this launch: ${lock.holder}`)
  let zipLock: HeldLock | undefined
  try {
    zipLock = await lockArchive(store, input.zip, input.command)
    const published = await publishDesign(store, input.design, {
      snapshotsDir: deps.folders.snapshots,
      now: begun,
      author: { actor: deps.actor, source: 'issue' },
    })
    if (published.changed) yield designChanged(input.design.name, published.version)
    await prepareVariants(input.design, deps.folders.cache)
    const job = await beginJob<IssueCheckpoint>(store, {
      kind: 'issue',
      key: jobKey(input, members),
      command: input.command,
      files: growingFiles(input),
      now: begun,
    })
    const signs = input.out !== undefined || input.zip !== undefined
    const since = Math.max(published.since, signs ? (await signingStart(store, deps)).since : 0)
    // Cards signed with another version of the design, or with other certificates, are signed again; the store knows
    // which ones it has.
    const sameCards = job.resumeFrom?.version === published.version && job.resumeFrom.since === since
    const usable = sameCards && outputsIntact(input, job.resumeFrom)
    const from = usable ? job.resumeFrom : undefined
    const outputs = openOutputs(input, {
      file: members.file,
      header: members.plan.header,
      mark: from,
      secret,
      serviceUrl: deps.pass.webServiceURL,
    })
    const pool = outputs.target && startSigners(input.design, deps)
    try {
      const run = new IssueRun({ input, deps, job, published, since, outputs, pool, from })
      const resumed = job.resumeFrom !== undefined
      yield {
        type: 'start',
        job: String(job.id),
        kind: 'issue',
        unit: 'rows',
        ...(resumed ? { resumedAt: from?.row ?? 0 } : {}),
      }
      for await (const batch of members.batches()) {
        if (deps.signal.aborted) break
        yield* run.batch(batch)
        // Recording never waits for anything, so without this the loop would run as one task: signals would come late,
        // and what each batch leaves behind would be collected late.
        await setImmediate()
      }
      yield* run.settle()
      const rejectedFile = deps.signal.aborted ? null : await run.finish()
      yield {
        type: 'summary',
        state: deps.signal.aborted ? 'stopped' : 'done',
        summary: {
          ...run.counts,
          job: job.id,
          design: input.design.name,
          designVersion: published.version,
          rows: run.rows,
          out: input.out ?? null,
          zip: input.zip ?? null,
          links: input.links ?? null,
          rejectedFile,
          seconds: Math.round((deps.now() - begun) / 10) / 100,
          resumed,
        },
      }
    } finally {
      await pool?.close()
      stopOutputs(outputs)
    }
  } finally {
    zipLock?.release()
    lock.release()
  }
}

/** Equal for two commands that lead to the same cards and files. */
function jobKey({ design, map, ifExists, out, zip, links }: IssueInput, { file, plan }: OpenMembers): string {
  const facts = [
    file.sha256,
    file.encoding,
    file.delimiter,
    design.name,
    [...map],
    plan.header,
    ifExists,
    out,
    zip,
    links,
  ]
  return hash('sha256', JSON.stringify(facts))
}

function designChanged(name: string, version: number): JobEvent<never, never> {
  return {
    type: 'warning',
    code: 'DESIGN_CHANGED',
    message: `the design "${name}" has changed: this is its version ${version} now, for cards issued before as well`,
  }
}
