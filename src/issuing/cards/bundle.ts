import { AppError } from '../../kit/errors/index.js'
import type { SignedPass } from '../../signing/archive/pass-archive.js'
import { endRecords } from '../../signing/archive/zip-records.js'
import { centralDirectory, entryBytes, layOutEntries, SharedHeads } from '../card-archive.js'

/** What Apple Wallet takes in one `.pkpasses` file. */
export const BUNDLE_LIMITS = { passes: 10, bytes: 150_000_000 } as const

export interface NamedPass {
  readonly serial: string
  readonly pass: SignedPass
}

/**
 * A `.pkpasses` bundle: a zip of whole .pkpass files, MIME type application/vnd.apple.pkpasses.
 *
 * @throws AppError BUNDLE_TOO_LARGE
 */
export function buildBundle(passes: readonly NamedPass[]): Buffer {
  if (passes.length > BUNDLE_LIMITS.passes) {
    throw new AppError(
      'BUNDLE_TOO_LARGE',
      `${passes.length} cards do not fit into one bundle of at most ${BUNDLE_LIMITS.passes}`,
    )
  }
  const chunk = layOutEntries(passes, { count: passes.length, heads: new SharedHeads() })
  const data = Buffer.concat(entryBytes(chunk, chunk.heads))
  const central = centralDirectory(chunk.entries, 0)
  const bundle = Buffer.concat([data, central, endRecords(chunk.entries.length, central.length, data.length)])
  if (bundle.length > BUNDLE_LIMITS.bytes) {
    const size = Math.ceil(bundle.length / 1_000_000)
    throw new AppError('BUNDLE_TOO_LARGE', `the bundle would have ${size} MB; Apple Wallet takes at most 150 MB`)
  }
  return bundle
}
