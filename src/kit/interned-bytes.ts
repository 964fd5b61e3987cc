/** Hands out one object for equal bytes, so that what was found out about them can be kept by the object. */
export interface InternedBytes {
  /**
   * @param key a digest of the bytes or anything else that equal ones have in common; bytes are compared all the same
   * @returns the bytes that were given first with that key, when they are equal; else a copy of these
   */
  of(key: string, bytes: Uint8Array): Uint8Array
}

/** A table of limited weight; what was not asked for longest goes first. */
export function createInternedBytes(limit: number): InternedBytes {
  const table = new Map<string, Uint8Array>()
  let weight = 0
  return {
    of(key, bytes) {
      const known = table.get(key)
      if (known !== undefined) {
        if (Buffer.compare(known, bytes) !== 0) return bytes
        table.delete(key)
        table.set(key, known)
        return known
      }
      // One large file does not push out many small ones.
      if (bytes.length > limit / 8) return bytes
      // A copy: the bytes may be a part of a whole archive, which then could not be forgotten.
      const own = new Uint8Array(bytes)
      table.set(key, own)
      weight += own.length
      for (const [oldest, old] of table) {
        if (weight <= limit) break
        table.delete(oldest)
        weight -= old.length
      }
      return own
    },
  }
}
