import type { Finding } from '../../kit/findings.js'
import { createFindings } from '../../signing/verify/findings.js'
import { readZip, ZIP_LIMITS, type ZipLimits } from '../../signing/verify/zip.js'
import { isPassName } from './pass-names.js'
import { LARGEST_FILE } from './pass-source.js'

/** Bundles are archives of archives: up to ten passes, and room to say that there are more. */
const BUNDLE_LIMITS: ZipLimits = { ...ZIP_LIMITS, totalBytes: LARGEST_FILE }

export interface ReadArchive {
  readonly files: ReadonlyMap<string, Uint8Array>
  readonly found: readonly Finding[]
  /** Names of the passes in a bundle; empty for one pass. */
  readonly passes: readonly string[]
}

/**
 * Reads an archive that is one pass or a bundle of passes; what is in it says which, and how much it may hold.
 * @throws {ZipError} when it is not an archive at all
 */
export function readPassOrBundle(bytes: Uint8Array): ReadArchive {
  const wide = read(bytes, BUNDLE_LIMITS)
  const passes = [...wide.files.keys()].filter(isPassName)
  if (passes.length > 0 && !wide.files.has('pass.json')) return { ...wide, passes }
  const total = wide.files.values().reduce((sum, { length }) => sum + length, 0)
  return { ...(total > ZIP_LIMITS.totalBytes ? read(bytes, ZIP_LIMITS) : wide), passes: [] }
}

function read(bytes: Uint8Array, limits: ZipLimits): Omit<ReadArchive, 'passes'> {
  const findings = createFindings()
  const files = readZip(bytes, { findings, limits })
  return { files, found: findings.list }
}
