import { hash } from 'node:crypto'
import { LruCache } from '../../kit/lru.js'

/** What is kept of the files of many passes, in bytes. */
const MOST_BYTES = 64 * 1024 * 1024
/** Larger files are rare, and dear to keep. */
const LARGEST_FILE = 4 * 1024 * 1024

const known = new LruCache<string, Uint8Array>(MOST_BYTES, ({ length }) => length)

/**
 * The same files, but those whose bytes were seen before are the very object seen then: the cards of a launch share all
 * pictures and translations, so that what is found out about one, kept in a WeakMap beside its bytes, holds for all.
 */
export function internFiles(files: ReadonlyMap<string, Uint8Array>): Map<string, Uint8Array> {
  return new Map([...files].map(([path, bytes]) => [path, intern(bytes)]))
}

function intern(bytes: Uint8Array): Uint8Array {
  if (bytes.length > LARGEST_FILE) return bytes
  const digest = hash('sha256', bytes, 'base64')
  const found = known.get(digest)
  if (found !== undefined) return found
  // A view would keep the whole archive in memory that it lies in.
  const own = bytes.byteLength === bytes.buffer.byteLength ? bytes : Uint8Array.prototype.slice.call(bytes)
  known.set(digest, own)
  return own
}

/** Computes something of the bytes of a file once, for as long as they are in memory. */
export function oncePerFile<Result>(compute: (bytes: Uint8Array) => Result): (bytes: Uint8Array) => Result {
  const results = new WeakMap<Uint8Array, { readonly result: Result }>()
  return (bytes) => {
    const found = results.get(bytes) ?? { result: compute(bytes) }
    results.set(bytes, found)
    return found.result
  }
}
