import { mutateBytes, type Random } from './random.js'

const VALUES: readonly unknown[] = [
  null,
  true,
  '',
  'x'.repeat(5000),
  '\u0000',
  '\ud800',
  '%@',
  -1,
  1e308,
  0.1,
  [],
  {},
  [[[[]]]],
  { value: { value: 1 } },
  'rgb(255-255-255)',
  'https: //example.com',
  '2027-02-30T25:61Z',
  Array.from({ length: 500 }, (_, key) => ({ key: String(key), value: key })),
]
const KEYS = ['storeCard', 'barcodes', 'nfc', '__proto__', 'constructor', 'locations', 'relevantDates', 'semantics', '']
const TEXTS = ['/* */', '// x\n', ',', '{', '[', '"', '\\u', '﻿', ' ', '[[[[[[[['.repeat(2000), '1e999', 'NaN']

/** A file of a pass, changed in a way that fits its kind. */
export function mutateContent(random: Random, path: string, content: Buffer): Buffer {
  if (random.chance(0.15)) return mutateBytes(random, content)
  if (path.endsWith('.json')) return random.chance(0.7) ? mutateJson(random, content) : mutateText(random, content)
  if (path.endsWith('.png')) return mutatePng(random, content)
  return mutateText(random, content)
}

/** Members and elements are replaced, removed, moved, renamed or put in, at any depth. */
function mutateJson(random: Random, content: Buffer): Buffer {
  const root = JSON.parse(content.toString('utf8')) as unknown
  for (let times = 1 + random.int(4); times > 0; times--) {
    const holders = holdersOf(root)
    const holder = random.pick(holders)
    const keys = Object.keys(holder)
    const key = random.pick(keys.length > 0 ? keys : KEYS)
    const kind = random.int(5)
    if (kind === 0) delete holder[key]
    else if (kind === 1) define(holder, key, structuredClone(random.pick(VALUES)))
    else if (kind === 2) define(holder, random.pick(KEYS), structuredClone(random.pick(VALUES)))
    else if (kind === 3) define(holder, key, structuredClone(random.pick(holders)))
    else
      define(
        holder,
        `${key}${random.pick(['', 's', ' ', '\u0000'])}`,
        structuredClone(Object.hasOwn(holder, key) ? holder[key] : null),
      )
  }
  return encode(random, JSON.stringify(root))
}

type Holder = Record<string, unknown>

function holdersOf(value: unknown, found: Holder[] = []): Holder[] {
  if (typeof value !== 'object' || value === null) return found
  found.push(value as Holder)
  for (const inner of Object.values(value)) if (found.length < 1000) holdersOf(inner, found)
  return found
}

/** As an own member (or one more element), whatever the key is called. */
function define(holder: Holder, key: string, value: unknown): void {
  if (Array.isArray(holder)) holder.push(value)
  else Object.defineProperty(holder, key, { value, enumerable: true, configurable: true, writable: true })
}

function mutateText(random: Random, content: Buffer): Buffer {
  let text = content.toString('utf8')
  for (let times = 1 + random.int(3); times > 0; times--) {
    const at = random.int(text.length + 1)
    const gone = random.chance(0.5) ? 0 : random.int(20)
    text = text.slice(0, at) + (random.chance(0.7) ? random.pick(TEXTS) : '') + text.slice(at + gone)
  }
  return encode(random, text)
}

function encode(random: Random, text: string): Buffer {
  if (random.chance(0.9)) return Buffer.from(text)
  const kind = random.int(3)
  if (kind === 0) return Buffer.from(`\ufeff${text}`)
  const bytes = Buffer.from(`\ufeff${text}`, 'utf16le')
  return kind === 1 ? bytes : bytes.swap16()
}

/** Lengths, sizes and kinds of chunks; a chunk twice or left out. */
function mutatePng(random: Random, content: Buffer): Buffer {
  const bytes = Buffer.from(content)
  if (bytes.length < 33) return mutateBytes(random, bytes)
  const kind = random.int(4)
  if (kind === 0) bytes.writeUInt32BE(random.pick([0, 1, 0xffff, 0x7fffffff, 0xffffffff]), random.pick([8, 16, 20]))
  else if (kind === 1) bytes[24 + random.int(5)] = random.int(256)
  else if (kind === 2) return bytes.subarray(0, random.int(bytes.length))
  else return mutateBytes(random, bytes)
  return bytes
}
