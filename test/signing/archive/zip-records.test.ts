import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { crc32 } from 'node:zlib'
import { execa } from 'execa'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { fromBuffer } from 'yauzl'
import { buildPass, compileFiles } from '../../../src/signing/archive/pass-archive.js'
import {
  centralRecordSize,
  endRecords,
  localHeaderSize,
  writeCentralRecord,
  writeLocalHeader,
  type ZipEntry,
} from '../../../src/signing/archive/zip-records.js'
import { manifestProblems, unzip } from '../../support/open-pass.js'
import { tempDir } from '../../support/temp-dir.js'

const dir = await tempDir('zip')
const GB = 1024 ** 3
const entry = (name: string, data: Buffer): ZipEntry => ({
  name: Buffer.from(name),
  crc: crc32(data),
  compressedSize: data.length,
  size: data.length,
  method: 0,
})

function central(of: ZipEntry, offset: number): Buffer {
  const record = Buffer.alloc(centralRecordSize(of, offset))
  if (writeCentralRecord(record, 0, of, offset) !== record.length) throw new Error('the size was wrong')
  return record
}

/** A zip of many small entries, laid out by the records under test. */
function zipOf(names: readonly string[], data: Buffer): Buffer {
  const entries = names.map((name) => entry(name, data))
  const local = Buffer.alloc(entries.reduce((sum, one) => sum + localHeaderSize(one) + data.length, 0))
  const records: Buffer[] = []
  let at = 0
  for (const one of entries) {
    records.push(central(one, at))
    at = writeLocalHeader(local, at, one)
    at += data.copy(local, at)
  }
  const directory = Buffer.concat(records)
  return Buffer.concat([local, directory, endRecords(entries.length, directory.length, local.length)])
}

/** The names in an archive, as yauzl finds them. */
function list(bytes: Buffer): Promise<string[]> {
  return new Promise((resolve, reject) => {
    fromBuffer(bytes, (error, zip) => {
      if (error) return reject(error)
      const names: string[] = []
      zip.on('error', reject).on('end', () => resolve(names))
      zip.on('entry', ({ fileName }: { fileName: string }) => names.push(fileName))
    })
  })
}

describe('records past what 16 and 32 bits hold', () => {
  test.each([0, 1, GB, 4 * GB - 2])('an entry at %d has its offset in the record', (offset) => {
    const record = central(entry('a', Buffer.from('x')), offset)
    expect(record.readUInt32LE(42)).toBe(offset)
    expect(record.readUInt16LE(30)).toBe(0)
    expect(record.readUInt16LE(6)).toBe(20)
  })

  test.each([4 * GB - 1, 4 * GB, 5 * GB, 40 * GB])('an entry at %d has it in the zip64 field', (offset) => {
    const record = central(entry('a', Buffer.from('x')), offset)
    expect(record.readUInt32LE(42)).toBe(0xffffffff)
    expect(record.readUInt16LE(6)).toBe(45)
    // APPNOTE 4.5.3: id 1, then only the fields whose record has all ones.
    expect(record.subarray(47).readUInt16LE(0)).toBe(1)
    expect(record.subarray(47).readUInt16LE(2)).toBe(8)
    expect(record.subarray(47).readBigUInt64LE(4)).toBe(BigInt(offset))
    expect(record.readUInt16LE(30)).toBe(record.length - 47)
  })

  test.each([
    [65_534, 100, 200, false],
    [65_535, 100, 200, true],
    [3, 100, 4 * GB - 2, false],
    [3, 100, 4 * GB - 1, true],
    [3, 4 * GB, 200, true],
  ])('%d entries, a directory of %d bytes at %d', (count, size, offset, zip64) => {
    const end = endRecords(count, size, offset)
    expect(end).toHaveLength(zip64 ? 98 : 22)
    const last = end.subarray(-22)
    expect(last.readUInt32LE(0)).toBe(0x06054b50)
    expect(last.readUInt16LE(10)).toBe(Math.min(count, 0xffff))
    expect(last.readUInt32LE(12)).toBe(Math.min(size, 0xffffffff))
    expect(last.readUInt32LE(16)).toBe(Math.min(offset, 0xffffffff))
    if (!zip64) return
    expect(end.readUInt32LE(0)).toBe(0x06064b50)
    expect(end.readBigUInt64LE(4)).toBe(44n)
    expect(end.readBigUInt64LE(24)).toBe(BigInt(count))
    expect(end.readBigUInt64LE(32)).toBe(BigInt(count))
    expect(end.readBigUInt64LE(40)).toBe(BigInt(size))
    expect(end.readBigUInt64LE(48)).toBe(BigInt(offset))
    expect(end.readUInt32LE(56)).toBe(0x07064b50)
    expect(end.readBigUInt64LE(64)).toBe(BigInt(offset + size))
  })

  test('an archive of 70,000 entries is opened by yauzl and unzip', async () => {
    const names = Array.from({ length: 70_000 }, (_, index) => `${index}.pkpass`)
    const file = join(dir, 'many.zip')
    const bytes = zipOf(names, Buffer.from('card'))
    await writeFile(file, bytes)
    const { stdout } = await execa('unzip', ['-Z', '-t', file])
    expect(stdout).toMatch(/^70000 files, 280000 bytes uncompressed/)
    const listed = await list(bytes)
    expect(listed).toHaveLength(70_000)
    expect(listed.at(-1)).toBe('69999.pkpass')
    const last = await execa('unzip', ['-p', file, '69999.pkpass'])
    expect(last.stdout).toBe('card')
  })
})

describe('a pass', () => {
  const signer = (manifest: Uint8Array): Buffer => Buffer.concat([Buffer.from('signed:'), manifest])
  const now = new Date('2027-01-01T00:00:00Z')

  test('of any files is opened by others, with every byte and digest right', async () => {
    const name = fc.stringMatching(/^[a-z]{1,8}(@2x)?\.(png|strings)$/)
    const path = fc.oneof(
      name,
      name.map((file) => `ru.lproj/${file}`),
      fc.constant('ünï.png'),
    )
    const content = fc.oneof(
      fc.uint8Array({ maxLength: 50 }),
      fc.nat(3000).map((n) => Buffer.alloc(n, 'a')),
    )
    const files = fc.array(fc.tuple(path, content), { maxLength: 6 }).map((all) => new Map(all))
    await fc.assert(
      fc.asyncProperty(files, files, fc.string({ unit: 'grapheme' }), async (shared, own, text) => {
        const common = new Map([...shared].filter(([file]) => !own.has(file)))
        const json = JSON.stringify({ text })
        const { head, tail, crc } = buildPass(compileFiles(common), json, { signer, now, extra: own })
        const bytes = Buffer.concat([head, tail])
        expect(crc).toBe(crc32(bytes))
        const found = await unzip(bytes)
        const { size } = new Set([...common.keys(), ...own.keys()])
        expect(found.size).toBe(size + 3)
        for (const [file, data] of [...common, ...own]) expect(found.get(file)).toEqual(Buffer.from(data))
        expect(String(found.get('pass.json'))).toBe(json)
        expect(manifestProblems(found)).toEqual([])
        expect(found.get('signature')).toEqual(signer(found.get('manifest.json') as Buffer))
        expect(
          Buffer.concat(
            Object.values(buildPass(compileFiles(common), json, { signer, now, extra: own })).slice(0, 2) as Buffer[],
          ),
        ).toEqual(bytes)
      }),
      { numRuns: 60 },
    )
  })

  test('takes none of the three names that it makes itself from the design', async () => {
    const taken = ['pass.json', 'manifest.json', 'signature'].map((file) => [file, Buffer.from('x')] as const)
    const { head, tail } = buildPass(compileFiles(new Map(taken)), '{}', { signer, now })
    expect([...(await unzip(Buffer.concat([head, tail]))).keys()]).toEqual(['pass.json', 'manifest.json', 'signature'])
  })
})
