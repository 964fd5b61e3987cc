import { crc32, deflateRawSync } from 'node:zlib'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { createFindings } from '../../../src/signing/verify/findings.js'
import { readZip, ZipError, type ZipLimits } from '../../../src/signing/verify/zip.js'

interface Part {
  readonly name: string
  readonly content?: string
  readonly method?: number
  readonly flags?: number
  /** Overrides of what the directory says. */
  readonly crc?: number
  readonly size?: number
  readonly packed?: number
  readonly offset?: number
  readonly localName?: string
}

/** An archive by hand, so that it can lie. */
function zip(parts: readonly Part[], comment = ''): Buffer {
  const locals: Buffer[] = []
  const central: Buffer[] = []
  let offset = 0
  for (const part of parts) {
    const content = Buffer.from(part.content ?? 'content')
    const method = part.method ?? 8
    const data = method === 8 ? deflateRawSync(content) : content
    const name = Buffer.from(part.name)
    const localName = Buffer.from(part.localName ?? part.name)
    const local = Buffer.alloc(30)
    local.writeUInt32LE(0x04034b50, 0)
    local.writeUInt16LE(localName.length, 26)
    const entry = Buffer.alloc(46)
    entry.writeUInt32LE(0x02014b50, 0)
    entry.writeUInt16LE(part.flags ?? 0, 8)
    entry.writeUInt16LE(method, 10)
    entry.writeUInt32LE(part.crc ?? crc32(content), 16)
    entry.writeUInt32LE(part.packed ?? data.length, 20)
    entry.writeUInt32LE(part.size ?? content.length, 24)
    entry.writeUInt16LE(name.length, 28)
    entry.writeUInt32LE(part.offset ?? offset, 42)
    locals.push(local, localName, data)
    central.push(entry, name)
    offset += local.length + localName.length + data.length
  }
  const directory = Buffer.concat(central)
  const end = Buffer.alloc(22)
  end.writeUInt32LE(0x06054b50, 0)
  end.writeUInt16LE(parts.length, 8)
  end.writeUInt16LE(parts.length, 10)
  end.writeUInt32LE(directory.length, 12)
  end.writeUInt32LE(offset, 16)
  end.writeUInt16LE(comment.length, 20)
  return Buffer.concat([...locals, directory, end, Buffer.from(comment)])
}

function read(bytes: Uint8Array, limits?: ZipLimits) {
  const findings = createFindings()
  const files = readZip(bytes, { findings, ...(limits === undefined ? {} : { limits }) })
  return { files, found: findings.list.map(({ rule, place, message }) => [rule, place, message]) }
}

describe('reading an archive', () => {
  test('stored and deflated files, folders, names in UTF-8, a comment', () => {
    const parts = [
      { name: 'pass.json', content: '{}' },
      { name: 'ru.lproj/', content: '', method: 0 },
      { name: 'ru.lproj/логотип.png', content: 'x'.repeat(5000), method: 0 },
    ]
    const { files, found } = read(zip(parts, 'a comment PK\x05\x06'))
    expect(found).toEqual([])
    expect([...files].map(([name, content]) => [name, content.length])).toEqual([
      ['pass.json', 2],
      ['ru.lproj/логотип.png', 5000],
    ])
  })

  test.each([
    ['../pass.json', 'the path leads out of the pass'],
    ['a/../../b', 'the path leads out of the pass'],
    ['/etc/passwd', 'the path is absolute'],
    ['C:/x', 'the path is absolute'],
    ['a\\b', 'the path has backslashes'],
    ['a//b', 'the path has empty parts'],
    ['a/./b', 'the path has empty parts'],
    ['a\0b', 'the name has control characters'],
    ['', 'a file has no name'],
  ])('the name %j is refused: %s', (name, message) => {
    const { files, found } = read(zip([{ name }]))
    expect(files.size).toBe(0)
    expect(found).toEqual([['zip.name', name, message]])
  })

  test('a name that occurs twice is refused the second time', () => {
    const { files, found } = read(
      zip([
        { name: 'a', content: '1' },
        { name: 'a', content: '2' },
      ]),
    )
    expect(Buffer.from(files.get('a') ?? []).toString()).toBe('1')
    expect(found).toEqual([['zip.name', 'a', 'the name occurs twice']])
  })

  test.each<[string, Omit<Part, 'name'>, string]>([
    ['checksum', { crc: 1 }, 'is damaged (checksum)'],
    ['size', { size: 3 }, 'cannot be unpacked'],
    ['size, larger', { size: 30 }, 'has 7 bytes, not 30 as the directory says'],
    ['encryption', { flags: 1 }, 'is encrypted'],
    ['method', { method: 12 }, 'is compressed by method 12; phones read 0 and 8'],
    ['place', { offset: 1 }, 'is not where the directory says'],
    ['length', { packed: 5000 }, 'is cut off'],
    ['local name', { localName: 'b' }, 'has another name in front of its content'],
  ])('a wrong %s is reported', (_, part, message) => {
    expect(read(zip([{ name: 'a', ...part }])).found).toEqual([['zip.entry', 'a', message]])
  })

  test('limits: one file, all files, number of files', () => {
    const limits = { entries: 3, entryBytes: 100, totalBytes: 150 }
    const big = { name: 'big', content: 'x'.repeat(101) }
    expect(read(zip([big]), limits).found).toEqual([['zip.size', 'big', expect.stringContaining('101 bytes')]])
    const parts = ['a', 'b'].map((name) => ({ name, content: 'x'.repeat(90) }))
    expect(read(zip(parts), limits).found).toHaveLength(1)
    expect(() => read(zip(['a', 'b', 'c', 'd'].map((name) => ({ name }))), limits)).toThrow(ZipError)
    // 100 MB of zeros stated as 50 bytes: unpacking stops there.
    const bomb = zip([{ name: 'bomb', content: '\0'.repeat(1_000_000), size: 50 }])
    expect(read(bomb, limits).found).toEqual([['zip.entry', 'bomb', 'cannot be unpacked']])
  })

  test('files that share their bytes are reported', () => {
    const { found } = read(zip([{ name: 'a' }, { name: 'a2', offset: 0, localName: 'a2' }]))
    expect(found).toHaveLength(1)
    const twice = zip([{ name: 'same' }, { name: 'same', offset: 0 }])
    expect(read(twice).found[0]?.[0]).toBe('zip.name')
  })

  test('any bytes are read or refused, never anything else', () => {
    const good = zip([{ name: 'pass.json' }, { name: 'icon.png', method: 0 }])
    const bytes = fc.oneof(
      fc.uint8Array({ maxLength: 300 }),
      fc.tuple(fc.nat({ max: good.length - 1 }), fc.nat({ max: 255 })).map(([at, value]) => {
        const copy = Buffer.from(good)
        copy[at] = value
        return copy
      }),
      fc.nat({ max: good.length }).map((length) => good.subarray(0, length)),
    )
    fc.assert(
      fc.property(bytes, (input) => {
        try {
          read(input)
        } catch (error) {
          expect(error).toBeInstanceOf(ZipError)
        }
      }),
      { numRuns: 2000 },
    )
  })
})
