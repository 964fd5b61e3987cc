import type { Finding } from '../../kit/findings.js'

/** Something to be verified. Plain data, so that it can be handed to a worker thread, which reads it there. */
export type PassSource =
  /** A .pkpass or .pkpasses on the disk. */
  | { readonly kind: 'file'; readonly file: string; readonly path: string }
  /** A folder that holds the files of one pass. */
  | { readonly kind: 'folder'; readonly file: string; readonly path: string }
  /** What came by a pipe or over the network, and what was noticed on the way. */
  | { readonly kind: 'bytes'; readonly file: string; readonly bytes: Uint8Array; readonly found: readonly Finding[] }

/** Far above what a pass weighs, and what several of them in one archive may (Apple: 150 MB). */
export const LARGEST_FILE = 192 * 1024 * 1024
