/** Numbers that look random and are the same for the same seed (mulberry32), and choices made with them. */
export interface Random {
  /** 0 to below `below`. */
  int(below: number): number
  chance(probability: number): boolean
  pick<Item>(items: readonly Item[]): Item
  bytes(length: number): Buffer
}

export function seeded(seed: number): Random {
  let state = seed | 0
  const next = (): number => {
    state = (state + 0x6d2b79f5) | 0
    let t = Math.imul(state ^ (state >>> 15), 1 | state)
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296
  }
  const int = (below: number): number => Math.floor(next() * below)
  return {
    int,
    chance: (probability) => next() < probability,
    pick: (items) => items[int(items.length)] as (typeof items)[number],
    bytes: (length) => Buffer.from(Array.from({ length }, () => int(256))),
  }
}

/** The bytes with one to four small things changed: a bit, a byte, a run left out, sent twice, or put in. */
export function mutateBytes(random: Random, input: Uint8Array): Buffer {
  let bytes = Buffer.from(input)
  for (let times = 1 + random.int(4); times > 0; times--) {
    const at = random.int(bytes.length + 1)
    const length = 1 + random.int(random.chance(0.8) ? 8 : 400)
    const [before, run, after] = [bytes.subarray(0, at), bytes.subarray(at, at + length), bytes.subarray(at + length)]
    const kind = random.int(7)
    if (kind <= 1 && at < bytes.length) bytes[at] = (bytes[at] ?? 0) ^ (1 << random.int(8))
    else if (kind === 2 && at < bytes.length) bytes[at] = random.pick([0, 1, 0x7f, 0x80, 0xff, random.int(256)])
    else if (kind === 3) bytes = Buffer.concat([before, after])
    else if (kind === 4) bytes = Buffer.concat([before, run, run, after])
    else if (kind === 5) bytes = Buffer.concat([before, random.bytes(Math.min(length, 16)), run, after])
    else if (random.chance(0.2)) bytes = Buffer.from(before)
  }
  return bytes
}
