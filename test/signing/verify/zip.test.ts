import { crc32, deflateRawSync } from 'node:zlib'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { visibleText } from '../../../src/kit/visible-text.js'
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
    local.writeUInt16LE(part.flags ?? 0, 6)
    local.writeUInt16LE(method, 8)
    local.writeUInt32LE(crc32(content), 14)
    local.writeUInt32LE(data.length, 18)
    local.writeUInt32LE(content.length, 22)
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
    ['../pass.json', 'archive.traversal', 'The path leads out of the pass'],
    ['a/../../b', 'archive.traversal', 'The path leads out of the pass'],
    ['a\\..\\..\\b', 'archive.traversal', 'The path leads out of the pass'],
    ['/etc/passwd', 'archive.traversal', 'The path is absolute'],
    ['\\\\host\\x', 'archive.traversal', 'The path is absolute'],
    ['C:/x', 'archive.traversal', 'The path is absolute'],
    ['a\\b', 'archive.backslash', 'The path has backslashes'],
    ['a//b', 'archive.name', 'The path has empty parts'],
    ['a/./b', 'archive.name', 'The path has a part that is a dot only'],
    ['./pass.json', 'archive.name', 'The path has a part that is a dot only'],
    ['a\0b', 'archive.name', 'The name has control characters'],
    ['a\u0085b', 'archive.name', 'The name has control characters'],
    ['', 'archive.name', 'A file has no name'],
  ])('the name %j is refused by %s', (name, rule, message) => {
    const { files, found } = read(zip([{ name }]))
    expect(files.size).toBe(0)
    expect(found).toEqual([[rule, { file: name }, `${message}: ${visibleText(JSON.stringify(name))}.`]])
  })

  test('a name that occurs twice is refused the second time', () => {
    const { files, found } = read(
      zip([
        { name: 'a', content: '1' },
        { name: 'a', content: '2' },
      ]),
    )
    expect(Buffer.from(files.get('a') ?? []).toString()).toBe('1')
    expect(found).toEqual([['archive.name-twice', { file: 'a' }, 'The name occurs twice: "a".']])
  })

  test.each([
    ['icon.png', 'Icon.png', 'archive.name-case'],
    ['caf\u00e9.png', 'cafe\u0301.png', 'archive.name-unicode'],
  ])('%j and %j are told as %s, and both are read', (one, other, rule) => {
    const { files, found } = read(zip([{ name: one }, { name: other }]))
    expect(files.size).toBe(2)
    expect(found.map(([id]) => id)).toEqual([rule])
  })

  test.each<[string, Omit<Part, 'name'>, string, string]>([
    ['checksum', { crc: 1 }, 'archive.entry', 'is damaged (checksum)'],
    ['size', { size: 3 }, 'archive.entry', 'unpacks to more than the 3 bytes that are stated'],
    ['size, larger', { size: 30 }, 'archive.entry', 'has 7 bytes, not 30 as the directory says'],
    ['size, absurd', { size: 30_000 }, 'archive.entry', 'states 30000 bytes, more than its 9 packed bytes can hold'],
    ['encryption', { flags: 1 }, 'archive.encrypted', 'is encrypted'],
    ['strong encryption', { flags: 0x40 }, 'archive.encrypted', 'is encrypted'],
    ['masking of headers', { flags: 0x2000 }, 'archive.encrypted', 'is encrypted'],
    ['method', { method: 12 }, 'archive.method', 'is compressed by method 12; phones read 0 and 8'],
    ['place', { offset: 1 }, 'archive.entry', 'is not where the directory says'],
    ['length', { packed: 5000 }, 'archive.entry', 'is cut off'],
  ])('a wrong %s is reported', (_, part, rule, message) => {
    const { files, found } = read(zip([{ name: 'a', ...part }]))
    expect(files.size).toBe(0)
    expect(found.filter(([id]) => id === rule)).toEqual([[rule, { file: 'a' }, `a ${message}.`]])
  })

  test('another name in front of the content is refused, and the content still checked', () => {
    const { files, found } = read(zip([{ name: 'a', localName: 'b' }]))
    expect([...files.keys()]).toEqual(['a'])
    expect(found).toEqual([
      ['archive.header-mismatch', { file: 'a' }, 'a has another name, "b", in front of its content.'],
    ])
  })

  test.each([
    ['a part of several', 4, 1],
    ['a part that a zip64 record would name, without one', 4, 0xffff],
    ['a directory on another disk', 6, 1],
  ])('%s is refused', (_, at, value) => {
    const bytes = zip([{ name: 'a' }])
    bytes.writeUInt16LE(value, bytes.length - 22 + at)
    expect(() => read(bytes)).toThrow(expect.objectContaining({ rule: 'archive.multi-part' }))
  })

  test('limits: one file, all files, number of files', () => {
    const limits = { entries: 3, entryBytes: 100, totalBytes: 150 }
    const big = { name: 'big', content: 'x'.repeat(101) }
    expect(read(zip([big]), limits).found).toEqual([
      ['archive.size', { file: 'big' }, 'big unpacks to more than is sensible for a pass.'],
    ])
    const parts = ['a', 'b'].map((name) => ({ name, content: 'x'.repeat(90) }))
    expect(read(zip(parts), limits).found).toHaveLength(1)
    expect(() => read(zip(['a', 'b', 'c', 'd'].map((name) => ({ name }))), limits)).toThrow(ZipError)
    // A megabyte of zeros stated as 50 bytes: unpacking stops there.
    const bomb = zip([{ name: 'bomb', content: '\0'.repeat(1_000_000), size: 50 }])
    expect(read(bomb, limits).found[0]?.slice(0, 1)).toEqual(['archive.entry'])
    expect(read(bomb, limits).found[0]?.[2]).toBe('bomb unpacks to more than the 50 bytes that are stated.')
  })

  test('files that share their bytes are reported and not unpacked twice', () => {
    const { files, found } = read(zip([{ name: 'a' }, { name: 'a2', offset: 0 }]))
    expect([...files.keys()]).toEqual(['a'])
    expect(found.map(([rule]) => rule)).toContain('archive.overlap')
  })

  test('a claim of 2 GB, and 65,535 entries on one kernel, cost next to nothing', () => {
    const before = process.memoryUsage().arrayBuffers
    const started = performance.now()
    const claim = read(zip([{ name: 'a', size: 0x7fffffff }]))
    expect(claim.found.map(([rule]) => rule)).toEqual(['archive.size'])
    const many = Array.from({ length: 65_534 }, (_, index) => ({
      name: String(index),
      content: '',
      method: 0,
      offset: 0,
    }))
    expect(() => read(zip(many))).toThrow(expect.objectContaining({ rule: 'archive.too-many' }))
    const kernel = { name: 'k', content: '\0'.repeat(16 * 1024 * 1024) }
    const bomb = zip([kernel, ...many.slice(0, 1900).map((part) => ({ ...part, size: 16 * 1024 * 1024 }))])
    const { files, found } = read(bomb)
    expect(files.size).toBe(1)
    expect(found.filter(([rule]) => rule === 'archive.overlap')).toHaveLength(26)
    expect(performance.now() - started).toBeLessThan(10_000)
    expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(256 * 1024 * 1024)
  })

  test.each<[string, (good: Buffer) => Uint8Array, string]>([
    ['bytes after the end', (good) => Buffer.concat([good, Buffer.from('<b>Warning</b>')]), 'archive.trailing-data'],
    ['bytes in front', (good) => Buffer.concat([Buffer.from('\ufeff'), good]), 'archive.prefix'],
  ])('%s are told, and the files read', (_, change, rule) => {
    const { files, found } = read(change(zip([{ name: 'pass.json' }])))
    expect(found.map(([id]) => id)).toEqual([rule])
    expect(files.size).toBe(1)
  })

  test('a folder around the files is told and taken away; litter is told', () => {
    const names = ['club/pass.json', 'club/en.lproj/pass.strings', '__MACOSX/club/._pass.json']
    const { files, found } = read(zip(names.map((name) => ({ name }))))
    expect(found.map(([rule]) => rule).sort()).toEqual(['archive.litter', 'archive.parent-folder'])
    expect([...files.keys()]).toEqual(['pass.json', 'en.lproj/pass.strings', '__MACOSX/club/._pass.json'])
  })

  const good = zip([
    { name: 'pass.json', content: 'x'.repeat(50) },
    ...['a', 'b', 'c'].map((name) => ({
      name,
      content: Buffer.from(Array.from({ length: 300 }, (_, i) => (i * 7919) % 251)).toString('latin1'),
      method: 8,
    })),
  ])
  test.each<[string, Uint8Array | string, string]>([
    ['nothing', '', 'archive.empty'],
    ['an HTML page', '<!DOCTYPE html><title>Log in</title>', 'archive.other-format'],
    ['JSON', '{"error":"not found"}', 'archive.other-format'],
    ['PDF', '%PDF-1.7', 'archive.other-format'],
    ['gzip', Buffer.from([0x1f, 0x8b, 8, 0]), 'archive.other-format'],
    ['base64', good.toString('base64'), 'archive.mangled'],
    ['UTF-8 of lost bytes', good.toString('utf8'), 'archive.mangled'],
    ['UTF-8 of Latin-1', good.toString('latin1'), 'archive.mangled'],
    ['half of it', good.subarray(0, good.length / 2), 'archive.truncated'],
    ['noise', Buffer.from([1, 2, 3, 4]), 'archive.unreadable'],
  ])('%s is no archive', (_, bytes, rule) => {
    expect(() => read(Buffer.from(bytes as string))).toThrow(expect.objectContaining({ name: 'ZipError', rule }))
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
