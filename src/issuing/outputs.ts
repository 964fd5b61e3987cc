import { existsSync } from 'node:fs'
import { AppendFile } from '../jobs/append-file.js'
import type { FilesMark } from '../jobs/journal.js'
import { AppError } from '../kit/errors/index.js'
import { type ArchiveCheckpoint, archiveIntact, CardArchive } from './card-archive.js'
import type { CsvFile } from './csv/inspect.js'
import type { IssueInput } from './issue-types.js'
import { createLinkMaker, LinksFile } from './links-file.js'
import { RejectedFile, rejectedPath } from './rejected-file.js'
import type { SignTarget } from './sign-task.js'

/** How far the growing files of a run had come; 0 or null for files that the run does not write. */
export interface OutputMark extends FilesMark {
  readonly rejected: number
  readonly links: number
  readonly zip: ArchiveCheckpoint | null
}

/** The files that one run writes besides the store. */
export interface Outputs {
  readonly rejected: RejectedFile
  readonly links: LinksFile | undefined
  readonly archive: CardArchive | undefined
  /** Those of them that grow under a `.partial` name. */
  readonly files: readonly string[]
  /** Where signing workers put cards; undefined when the run only records. */
  readonly target: SignTarget | undefined
}

/**
 * Refuses a run whose files would overwrite each other or the members' file.
 *
 * @throws AppError OUTPUT_UNWRITABLE
 */
export function assertSeparate({ csv, out, zip, links }: IssueInput): void {
  const uses = new Map([[csv, 'the file of members']])
  const outputs = { 'the rejected rows': rejectedPath(csv), '--links': links, '--zip': zip, '--out': out }
  for (const [use, path] of Object.entries(outputs)) {
    if (path === undefined) continue
    const other = uses.get(path)
    if (other !== undefined) {
      throw new AppError('OUTPUT_UNWRITABLE', `${path} cannot be ${other} and take ${use} at once`, {
        hints: ['Give each output a path of its own.'],
      })
    }
    uses.set(path, use)
  }
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
  let links: LinksFile | undefined
  try {
    if (input.links !== undefined && serviceUrl !== undefined) {
      links = new LinksFile(input.links, { length: mark?.links ?? 0, linkOf: createLinkMaker(secret, serviceUrl) })
    }
    const archive = input.zip === undefined ? undefined : new CardArchive(input.zip, mark?.zip ?? undefined)
    return { rejected, links, archive, files: growingFiles(input), target: targetOf(input) }
  } catch (error) {
    rejected.stop()
    links?.stop()
    throw error
  }
}

/** The files of a run that a later one must not go on with in its place. */
export function growingFiles({ csv, zip, links }: IssueInput): readonly string[] {
  return [rejectedPath(csv), zip, links].filter((path) => path !== undefined)
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
