import type { Finding } from '../../kit/findings.js'
import type { ArchiveEntry } from '../../signing/verify/archive/types.js'

/** Something to be verified. Plain data, so that it can be handed to a worker thread, which reads it there. */
export type PassSource =
  /** A .pkpass or .pkpasses on the disk. */
  | { readonly kind: 'file'; readonly file: string; readonly path: string }
  /** A folder that holds the files of one pass. */
  | { readonly kind: 'folder'; readonly file: string; readonly path: string }
  /** A pass in an archive of passes on the disk, of which only the directory was read. */
  | { readonly kind: 'entry'; readonly file: string; readonly path: string; readonly entry: ArchiveEntry }
  /** What is wrong with an archive of passes as such. */
  | { readonly kind: 'archive'; readonly file: string; readonly found: readonly Finding[] }
  /** What is there but cannot be read; `reason` completes `The file cannot be opened: …`. */
  | { readonly kind: 'unreadable'; readonly file: string; readonly reason: string }
  /** What came by a pipe or over the network, and what was noticed on the way. */
  | { readonly kind: 'bytes'; readonly file: string; readonly bytes: Uint8Array; readonly found: readonly Finding[] }

/** Far above what a pass weighs, and what several of them in one archive may (Apple: 150 MB). */
export const LARGEST_FILE = 192 * 1024 * 1024
