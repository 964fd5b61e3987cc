import { type PackedEntry, packEntries } from './pack.js'
import { mutateBytes, type Random } from './random.js'

const NAMES = [
  '../pass.json',
  '/pass.json',
  'pass.json',
  'PASS.JSON',
  'pass.json/',
  './pass.json',
  'pass.json\0.png',
  'a\\b',
  '',
  'signature',
  'manifest.json',
  '__MACOSX/._pass.json',
  'card/pass.json',
  'x'.repeat(10_000),
  'en.lproj/../pass.json',
  'icon\u0301.png',
]
const NUMBERS = [0, 1, 22, 0xffff, 0x7fffffff, 0x80000000, 0xfffffffe, 0xffffffff]

type Step = (random: Random, entries: PackedEntry[]) => PackedEntry[]

const replace = (entries: PackedEntry[], at: number, change: Partial<PackedEntry>): PackedEntry[] =>
  entries.map((entry, index) => (index === at ? { ...entry, ...change } : entry))

/** What is done to the entries before they are packed. */
const STEPS: Readonly<Record<string, Step>> = {
  rename: (random, entries) => replace(entries, random.int(entries.length), { name: random.pick(NAMES) }),
  'swap names': (random, entries) => {
    const [a, b] = [random.int(entries.length), random.int(entries.length)]
    const [first, second] = [entries[a], entries[b]]
    if (first === undefined || second === undefined) return entries
    return replace(replace(entries, a, { name: second.name }), b, { name: first.name })
  },
  duplicate: (random, entries) => {
    const entry = random.pick(entries)
    const content = random.chance(0.5) ? entry.content : mutateBytes(random, entry.content)
    return entries.toSpliced(random.int(entries.length + 1), 0, { ...entry, content })
  },
  drop: (random, entries) => entries.toSpliced(random.int(entries.length), 1),
  add: (random, entries) =>
    entries.toSpliced(random.int(entries.length + 1), 0, { name: random.pick(NAMES), content: random.bytes(20) }),
  content: (random, entries) => {
    const at = random.int(entries.length)
    return replace(entries, at, { content: mutateBytes(random, entries[at]?.content ?? Buffer.alloc(0)) })
  },
  'other local name': (random, entries) =>
    replace(entries, random.int(entries.length), { localName: random.pick([...NAMES, 'icon.png']) }),
  overlap: (random, entries) => {
    const at = random.int(entries.length)
    return replace(entries, at, { sharesWith: random.int(at + 1) })
  },
  lie: (random, entries) =>
    replace(entries, random.int(entries.length), {
      says: { [random.pick([4, 8, 12, 16, 20, 24, 28, 34, 38, 42])]: random.pick(NUMBERS) },
    }),
  flags: (random, entries) => replace(entries, random.int(entries.length), { flags: 1 << random.int(16) }),
  method: (random, entries) => replace(entries, random.int(entries.length), { method: random.pick([1, 8, 9, 12, 99]) }),
  stored: (random, entries) => replace(entries, random.int(entries.length), { stored: true }),
  bomb: (random, entries) =>
    replace(entries, random.int(entries.length), { content: Buffer.alloc(random.pick([1, 4, 40]) * 1024 * 1024) }),
  shuffle: (random, entries) => entries.toSorted(() => random.int(3) - 1),
}

/** Packs files as an archive that is wrong, or only unusual, in one or two ways. */
export function mutateArchive(random: Random, files: ReadonlyMap<string, Buffer>, other: Buffer): [string, Buffer] {
  let entries: PackedEntry[] = [...files].map(([name, content]) => ({ name, content }))
  const did: string[] = []
  for (let times = 1 + random.int(2); times > 0 && entries.length > 0; times--) {
    const name = random.pick(Object.keys(STEPS))
    entries = STEPS[name]?.(random, entries) ?? entries
    did.push(name)
  }
  let bytes = packEntries(entries, random.chance(0.1) ? random.bytes(10) : undefined)
  if (random.chance(0.2)) {
    did.push('bytes')
    bytes = mutateBytes(random, bytes)
  }
  return [did.join(' + '), random.chance(0.05) ? splice(random, bytes, other) : bytes]
}

/** The bytes of a packed pass, changed anywhere or in one number of one record. */
export function mutatePacked(random: Random, packed: Buffer, other: Buffer): [string, Buffer] {
  const kind = random.int(6)
  if (kind === 0) return ['splice', splice(random, packed, other)]
  if (kind === 1) return ['before or after', around(random, packed, other)]
  if (kind > 3) return ['bytes', mutateBytes(random, packed)]
  const bytes = Buffer.from(packed)
  const magic = random.pick([0x02014b50, 0x04034b50, 0x06054b50])
  const starts = recordsOf(bytes, magic)
  const at = (starts[random.int(starts.length)] ?? 0) + 4 + random.int(40)
  if (at + 4 > bytes.length) return ['truncate', bytes.subarray(0, random.int(bytes.length))]
  if (random.chance(0.5)) bytes.writeUInt32LE(random.pick(NUMBERS), at)
  else bytes.writeUInt16LE(random.pick(NUMBERS) & 0xffff, at)
  return ['record', bytes]
}

function splice(random: Random, bytes: Buffer, other: Buffer): Buffer {
  return Buffer.concat([bytes.subarray(0, random.int(bytes.length)), other.subarray(random.int(other.length))])
}

function around(random: Random, bytes: Buffer, other: Buffer): Buffer {
  const more = random.pick([random.bytes(30), other, Buffer.alloc(100)])
  return Buffer.concat(random.chance(0.5) ? [more, bytes] : [bytes, more])
}

function recordsOf(bytes: Buffer, magic: number): number[] {
  const found: number[] = []
  for (let at = 0; at + 4 <= bytes.length; at++) if (bytes.readUInt32LE(at) === magic) found.push(at)
  return found
}
