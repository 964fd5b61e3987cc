/** Numbers from 0 to below 1, always the same for a seed: mulberry32 of Tommy Ettinger, which is in the public domain. */
export function seededRandom(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296
  }
}

/** A new list in an order that depends on the seed only (Fisher and Yates). */
export function shuffled<T>(values: readonly T[], seed: number): T[] {
  const random = seededRandom(seed)
  const list = [...values]
  for (let index = list.length - 1; index > 0; index--) {
    const other = Math.floor(random() * (index + 1))
    const [a, b] = [list[index], list[other]]
    if (a === undefined || b === undefined) continue
    list[index] = b
    list[other] = a
  }
  return list
}
