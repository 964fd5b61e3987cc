/**
 * A cache of the last `most` keys that were asked for; the one not asked for longest goes first. A promise that fails is
 * not kept.
 */
export function createRecent<T>(most: number): (key: string, make: () => T) => T {
  const kept = new Map<string, T>()
  return (key, make) => {
    const known = kept.get(key)
    if (known !== undefined) {
      kept.delete(key)
      kept.set(key, known)
      return known
    }
    const made = make()
    kept.set(key, made)
    if (made instanceof Promise) made.catch(() => kept.delete(key))
    if (kept.size > most) kept.delete(kept.keys().next().value ?? key)
    return made
  }
}
