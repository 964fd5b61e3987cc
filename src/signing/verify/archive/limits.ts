/** What an archive may cost to open. */
export interface ZipLimits {
  readonly entries: number
  /** Uncompressed bytes of one file, and of all together. */
  readonly entryBytes: number
  readonly totalBytes: number
}

const MEGABYTE = 1024 * 1024

/** Of one pass. Apple's largest samples are below a megabyte. */
export const ZIP_LIMITS: ZipLimits = { entries: 2000, entryBytes: 32 * MEGABYTE, totalBytes: 128 * MEGABYTE }

/** Of an archive of passes on disk. Its size in all does not matter, since only its directory is held in memory. */
export const ARCHIVE_FILE_LIMITS: ZipLimits = {
  entries: 1_000_000,
  entryBytes: 128 * MEGABYTE,
  totalBytes: Number.POSITIVE_INFINITY,
}
