import { existsSync, statSync } from 'node:fs'
import { type ArchiveCheckpoint, CardArchive } from './card-archive.js'
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
  const expected: [string | undefined, number][] = [
    [rejectedPath(input.csv), mark.rejected],
    [input.links, mark.links],
    [input.zip, mark.zip?.length ?? 0],
    [input.zip && `${input.zip}.central`, mark.zip?.central ?? 0],
  ]
  if (input.out !== undefined && !existsSync(input.out)) return false
  return expected.every(([path, length]) => path === undefined || length === 0 || sizeOf(`${path}.partial`) >= length)
}

function sizeOf(path: string): number {
  return statSync(path, { throwIfNoEntry: false })?.size ?? -1
}

export function stopOutputs({ rejected, links, archive }: Outputs): void {
  rejected.stop()
  links?.stop()
  archive?.stop()
}
