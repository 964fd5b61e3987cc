import type { Finding } from '../../../kit/findings.js'

/** One file of an archive, as its directory states it. Plain data: may be sent to a worker thread. */
export interface ArchiveEntry {
  /** Path in the archive. */
  readonly name: string
  /** Bytes when unpacked. */
  readonly size: number
  /** Bytes in the archive. */
  readonly packed: number
  /** 0 stored, 8 deflated. */
  readonly method: number
  readonly crc: number
  readonly flags: number
  /** Where its local header begins, counted from the beginning of the file. */
  readonly offset: number
}

/**
 * An archive of passes on disk (`.pkpasses`, or a `.zip` of any size), read entry by entry.
 *
 * ```ts
 * const archive = await openArchiveFile('cards.zip')
 * try {
 *   for (const entry of archive.entries) verifyPass(await archive.read(entry), { file: entry.name })
 * } finally {
 *   await archive.close()
 * }
 * ```
 */
export interface ArchiveFile {
  /** Files only, in the order of the directory; those with names that are not allowed are left out and reported. */
  readonly entries: readonly ArchiveEntry[]
  /** What is wrong with the archive around its files; reading an entry adds nothing to it. */
  readonly findings: readonly Finding[]
  /**
   * The content of one entry, with size, checksum and local header checked. May be called many times at once.
   * @throws {ZipError} when it cannot be unpacked or exceeds the limits; its message continues the name: "is encrypted".
   */
  read(entry: ArchiveEntry): Promise<Uint8Array>
  close(): Promise<void>
}
