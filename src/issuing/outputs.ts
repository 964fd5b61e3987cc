import { existsSync } from 'node:fs'
import { AppendFile } from '../jobs/append-file.js'
import { type ArchiveCheckpoint, archiveIntact, CardArchive } from './card-archive.js'
import type { CsvFile } from './csv/inspect.js'
import type { IssueInput } from './issue-types.js'
import { createLinkMaker, LinksFile } from './links-file.js'
import { RejectedFile, rejectedPath } from './rejected-file.js'
import type { SignTarget } from './sign-task.js'

/** How far the growing files of a run had come; 0 or null for files that the run does not write. */
export interface OutputMark {
  readonly rejected: number
  readonly links: number
  readonly zip: ArchiveCheckpoint | null
}

/** The files that one run writes besides the store. */
export interface Outputs {
  readonly rejected: RejectedFile
  readonly links: LinksFile | undefined
  readonly archive: CardArchive | undefined
  /** Where signing workers put cards; undefined when the run only records. */
  readonly target: SignTarget | undefined
}

/** @param mark - of the checkpoint to go on from; undefined starts all files afresh. */
export function openOutputs(
  input: IssueInput,
  {
    file,
    header,
    mark,
    secret,
    serviceUrl,
  }: {
    file: CsvFile
    header: readonly string[]
    mark: OutputMark | undefined
    secret: Buffer
    serviceUrl: string | undefined
  },
): Outputs {
  const rejected = new RejectedFile(file, { header, path: rejectedPath(input.csv), length: mark?.rejected ?? 0 })
  const links =
    input.links !== undefined && serviceUrl !== undefined
      ? new LinksFile(input.links, { length: mark?.links ?? 0, linkOf: createLinkMaker(secret, serviceUrl) })
      : undefined
  const archive = input.zip === undefined ? undefined : new CardArchive(input.zip, mark?.zip ?? undefined)
  return { rejected, links, archive, target: targetOf(input) }
}

function targetOf({ out, zip }: IssueInput): SignTarget | undefined {
  if (out !== undefined) return { kind: 'folder', dir: out }
  return zip === undefined ? undefined : { kind: 'archive' }
}

/**
 * Whether the files are still there that a checkpoint speaks of. If somebody moved one away, the run starts over: the
 * store knows which cards it made, so nothing is issued twice.
 */
export function outputsIntact(input: IssueInput, mark: OutputMark): boolean {
  if (input.out !== undefined && !existsSync(input.out)) return false
  if (input.zip !== undefined && !archiveIntact(input.zip, mark.zip)) return false
  if (input.links !== undefined && !AppendFile.covers(input.links, mark.links)) return false
  return AppendFile.covers(rejectedPath(input.csv), mark.rejected)
}

export function stopOutputs({ rejected, links, archive }: Outputs): void {
  rejected.stop()
  links?.stop()
  archive?.stop()
}
