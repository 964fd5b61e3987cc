import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { crc32 } from 'node:zlib'
import { expect, test } from 'vitest'
import {
  centralRecordSize,
  endRecords,
  writeCentralRecord,
  writeLocalHeader,
} from '../../../src/signing/archive/zip-records.js'
import { openArchiveFile, readArchiveEntry } from '../../../src/signing/verify/archive/archive-file.js'
import { tempDir } from '../../support/temp-dir.js'
import { zipFiles } from '../../support/zip-files.js'

const dir = await tempDir('archive-file')

async function saved(name: string, bytes: Uint8Array): Promise<string> {
  const path = join(dir, name)
  await writeFile(path, bytes)
  return path
}

test('entries are read one by one, also by somebody who has only their plain data', async () => {
  const inner = { 'a.pkpass': zipFiles({ 'pass.json': '{}' }), 'b/c.pkpass': 'x'.repeat(100_000), 'folder/': '' }
  const path = await saved('set.pkpasses', zipFiles(inner))
  const archive = await openArchiveFile(path)
  try {
    expect(archive.findings).toEqual([])
    expect(archive.entries.map(({ name, size }) => [name, size])).toEqual([
      ['a.pkpass', inner['a.pkpass'].length],
      ['b/c.pkpass', 100_000],
    ])
    for (const entry of archive.entries) {
      const wanted = Buffer.from(inner[entry.name as 'a.pkpass'])
      expect(Buffer.from(await archive.read(entry)).equals(wanted)).toBe(true)
      expect(Buffer.from(await readArchiveEntry(path, structuredClone(entry))).equals(wanted)).toBe(true)
    }
  } finally {
    await archive.close()
  }
})

test('70,000 entries with zip64 records', async () => {
  const content = Buffer.from('content')
  const count = 70_000
  const parts: Buffer[] = []
  const central: Buffer[] = []
  let offset = 0
  for (let index = 0; index < count; index++) {
    const name = Buffer.from(`${index}.pkpass`)
    const entry = { name, crc: crc32(content), compressedSize: 7, size: 7, method: 0 } as const
    const local = Buffer.alloc(30 + name.length)
    writeLocalHeader(local, 0, entry)
    const record = Buffer.alloc(centralRecordSize(entry, offset))
    writeCentralRecord(record, 0, entry, offset)
    parts.push(local, content)
    central.push(record)
    offset += local.length + content.length
  }
  const directory = Buffer.concat(central)
  const path = await saved(
    'many.zip',
    Buffer.concat([...parts, directory, endRecords(count, directory.length, offset)]),
  )
  const archive = await openArchiveFile(path)
  expect(archive.entries).toHaveLength(count)
  expect(archive.findings.map(({ rule, severity }) => [rule, severity])).toEqual([['archive.zip64', 'advice']])
  const last = archive.entries.at(-1)
  expect(last && Buffer.from(await archive.read(last)).toString()).toBe('content')
  await archive.close()
  await expect(openArchiveFile(path, { entries: 10, entryBytes: 10, totalBytes: 10 })).rejects.toMatchObject({
    rule: 'archive.too-many',
  })
})

test('what is no archive, is cut off, or lies about an entry is refused', async () => {
  const good = zipFiles({ 'a.pkpass': 'content '.repeat(100), 'b.pkpass': 'x' })
  await expect(openArchiveFile(await saved('page.zip', Buffer.from('<html>')))).rejects.toMatchObject({
    rule: 'archive.other-format',
  })
  await expect(openArchiveFile(await saved('cut.zip', good.subarray(0, -30)))).rejects.toMatchObject({
    rule: 'archive.truncated',
  })
  await expect(openArchiveFile(join(dir, 'absent.zip'))).rejects.toMatchObject({ code: 'ENOENT' })
  const bad = Buffer.from(good)
  bad.write('zz', 30)
  const archive = await openArchiveFile(await saved('bad.zip', bad))
  const [first, second] = archive.entries
  if (first === undefined || second === undefined) throw new Error('no entries')
  await expect(archive.read(first)).rejects.toMatchObject({ rule: 'archive.header-mismatch' })
  await expect(archive.read({ ...second, size: 2 ** 31 })).rejects.toMatchObject({ rule: 'archive.size' })
  await expect(archive.read({ ...second, offset: 2 ** 40 })).rejects.toMatchObject({ rule: 'archive.entry' })
  await archive.close()
})
