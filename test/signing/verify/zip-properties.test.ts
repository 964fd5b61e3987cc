import { crc32, deflateRawSync } from 'node:zlib'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { fromBuffer, type ZipFile } from 'yauzl'
import { createFindings } from '../../../src/signing/verify/findings.js'
import { readZip, ZipError } from '../../../src/signing/verify/zip.js'

interface Part {
  readonly name: string
  readonly content: Uint8Array
  readonly deflated: boolean
  /** Sizes and checksum behind the content, as writers to a pipe do it; with or without the signature. */
  readonly streamed: false | 'signed' | 'bare'
  readonly extra: number
}

/** A valid archive in any of the forms that honest writers use. */
function archive(parts: readonly Part[], comment: string): Buffer {
  const out: Buffer[] = []
  const central: Buffer[] = []
  let offset = 0
  for (const { name, content, deflated, streamed, extra } of parts) {
    const data = deflated ? deflateRawSync(content) : Buffer.from(content)
    const encoded = Buffer.from(name)
    const numbers = Buffer.alloc(12)
    numbers.writeUInt32LE(crc32(content), 0)
    numbers.writeUInt32LE(data.length, 4)
    numbers.writeUInt32LE(content.length, 8)
    const common = Buffer.alloc(10)
    common.writeUInt16LE(20, 0)
    common.writeUInt16LE(0x800 | (streamed ? 8 : 0), 2)
    common.writeUInt16LE(deflated ? 8 : 0, 4)
    common.writeUInt16LE(0x21, 8)
    const lengths = Buffer.alloc(4)
    lengths.writeUInt16LE(encoded.length, 0)
    lengths.writeUInt16LE(extra, 2)
    const padding = Buffer.alloc(extra)
    if (extra >= 4) padding.writeUInt16LE(extra - 4, 2)
    const local = [
      Buffer.from('PK\x03\x04'),
      common,
      streamed ? Buffer.alloc(12) : numbers,
      lengths,
      encoded,
      padding,
      data,
    ]
    if (streamed) local.push(...(streamed === 'signed' ? [Buffer.from('PK\x07\x08')] : []), numbers)
    const rest = Buffer.alloc(14)
    rest.writeUInt32LE(offset, 10)
    const short = Buffer.from(lengths)
    short.writeUInt16LE(0, 2)
    central.push(Buffer.concat([Buffer.from('PK\x01\x02\x14\x00'), common, numbers, short, rest, encoded]))
    const bytes = Buffer.concat(local)
    out.push(bytes)
    offset += bytes.length
  }
  const directory = Buffer.concat(central)
  const text = Buffer.from(comment)
  const end = Buffer.alloc(22)
  end.write('PK\x05\x06', 0, 'latin1')
  end.writeUInt16LE(parts.length, 8)
  end.writeUInt16LE(parts.length, 10)
  end.writeUInt32LE(directory.length, 12)
  end.writeUInt32LE(offset, 16)
  end.writeUInt16LE(text.length, 20)
  return Buffer.concat([...out, directory, end, text])
}

const parts = fc.uniqueArray(
  fc.record({
    name: fc.stringMatching(/^[a-z]{1,8}(?:\.lproj\/[a-zа-я]{1,8})?\.(?:png|json)$/u),
    content: fc.uint8Array({ maxLength: 600 }),
    deflated: fc.boolean(),
    streamed: fc.constantFrom<Part['streamed']>(false, 'signed', 'bare'),
    extra: fc.constantFrom(0, 4, 9, 200),
  }),
  { selector: ({ name }) => name, minLength: 1, maxLength: 8 },
)
const comment = fc.string({ maxLength: 30 })

function read(bytes: Uint8Array) {
  const findings = createFindings()
  return { files: readZip(bytes, { findings }), findings: findings.list }
}

async function withYauzl(bytes: Buffer): Promise<Map<string, Buffer>> {
  const zip = await new Promise<ZipFile>((done, fail) =>
    fromBuffer(bytes, { lazyEntries: true }, (error, file) => (error ? fail(error) : done(file as ZipFile))),
  )
  const files = new Map<string, Buffer>()
  return new Promise((done, fail) => {
    zip.on('error', fail).on('end', () => done(files))
    zip.on('entry', (entry) =>
      zip.openReadStream(entry, async (error, stream) => {
        if (error) return fail(error)
        files.set(entry.fileName, Buffer.concat(await stream.toArray()))
        zip.readEntry()
      }),
    )
    zip.readEntry()
  })
}

test('whatever honest writers make is read without a finding, as yauzl reads it', async () => {
  await fc.assert(
    fc.asyncProperty(parts, comment, async (given, text) => {
      const bytes = archive(given, text)
      const { files, findings } = read(bytes)
      expect(findings).toEqual([])
      const other = await withYauzl(bytes)
      expect([...files.keys()]).toEqual(given.map(({ name }) => name))
      expect([...other.keys()]).toEqual([...files.keys()])
      for (const { name, content } of given) {
        expect(Buffer.compare(files.get(name) ?? Buffer.alloc(0), content)).toBe(0)
        expect(Buffer.compare(other.get(name) ?? Buffer.alloc(0), content)).toBe(0)
      }
    }),
    { numRuns: 300 },
  )
})

test('changed archives are read or refused with a ZipError, never anything else', () => {
  const change = fc.array(fc.tuple(fc.nat(), fc.constantFrom(0, 1, 0x50, 0x7f, 0x80, 0xff), fc.nat({ max: 8 })), {
    minLength: 1,
    maxLength: 6,
  })
  fc.assert(
    fc.property(parts, comment, change, fc.nat({ max: 40 }), (given, text, changes, cut) => {
      const bytes = archive(given, text)
      for (const [place, value, length] of changes) {
        const at = place % bytes.length
        bytes.fill(value, at, Math.min(bytes.length, at + length))
      }
      try {
        const { files } = read(bytes.subarray(0, bytes.length - (cut > 30 ? cut : 0)))
        expect(files.size).toBeLessThanOrEqual(given.length)
      } catch (error) {
        expect(error).toBeInstanceOf(ZipError)
      }
    }),
    { numRuns: 3000 },
  )
})
