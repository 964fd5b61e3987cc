import { existsSync } from 'node:fs'
import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { AppendFile } from '../../src/jobs/append-file.js'
import { smallDisk } from '../support/small-disk.js'
import { tempDir } from '../support/temp-dir.js'

const dir = await tempDir('append')
let number = 0
const fresh = (): string => join(dir, `file-${++number}`)

describe('a file that grows', () => {
  test('has its own name only when it is finished', async () => {
    const path = join(fresh(), 'deep', 'file')
    const file = AppendFile.open(path, 0)
    file.append(Buffer.from('one,'), Buffer.alloc(0), Buffer.from('two'))
    expect(file.length).toBe(7)
    expect(existsSync(path)).toBe(false)
    file.finish()
    expect(await readFile(path, 'utf8')).toBe('one,two')
    expect(existsSync(`${path}.partial`)).toBe(false)
  })

  test('loses what came after the checkpoint, and goes on from there', async () => {
    const path = fresh()
    const before = AppendFile.open(path, 0)
    before.append(Buffer.from('kept'))
    const mark = before.length
    before.append(Buffer.from(' and lost'))
    before.close()
    expect(AppendFile.covers(path, mark)).toBe(true)
    expect(AppendFile.covers(path, 1000)).toBe(false)
    const after = AppendFile.open(path, mark)
    after.append(Buffer.from(' and new'))
    after.finish()
    expect(await readFile(path, 'utf8')).toBe('kept and new')
    expect(AppendFile.covers(path, mark)).toBe(false)
    expect(AppendFile.covers(path, 0)).toBe(true)
  })

  test('starts afresh at 0, whatever was there', async () => {
    const path = fresh()
    await writeFile(`${path}.partial`, 'of another run')
    AppendFile.open(path, 0).finish()
    expect(await readFile(path, 'utf8')).toBe('')
  })

  test('takes many large chunks at once', async () => {
    const path = fresh()
    const file = AppendFile.open(path, 0)
    // More than one writev takes (IOV_MAX is 1024), and more than a pipe or page cache takes in one go.
    const chunks = Array.from({ length: 3000 }, (_, index) => Buffer.alloc(5000, index % 251))
    file.append(...chunks)
    file.finish()
    expect((await readFile(path)).equals(Buffer.concat(chunks))).toBe(true)
  })

  test('can be discarded, and closed twice', () => {
    const path = fresh()
    const file = AppendFile.open(path, 0)
    file.append(Buffer.from('x'))
    file.discard()
    file.close()
    expect(existsSync(path) || existsSync(`${path}.partial`)).toBe(false)
  })

  test('that cannot be made says where', async () => {
    const path = fresh()
    await writeFile(path, '')
    expect(() => AppendFile.open(join(path, 'below'), 0)).toThrow(
      expect.objectContaining({ code: 'OUTPUT_UNWRITABLE', message: expect.stringContaining(path) }),
    )
    const folder = fresh()
    await mkdir(folder)
    expect(() => AppendFile.open(folder, 0)).toThrow(
      expect.objectContaining({ code: 'OUTPUT_UNWRITABLE', message: `cannot write ${folder}: it is a folder` }),
    )
  })
})

const disk = (await smallDisk(join(dir, 'small'), '1m')) ?? ''

describe.runIf(disk !== '')('a full disk', () => {
  test('is DISK_FULL, and what was vouched for is still there when there is space again', async () => {
    const path = join(disk, 'file')
    await writeFile(join(disk, 'other'), Buffer.alloc(600_000))
    const file = AppendFile.open(path, 0)
    file.append(Buffer.alloc(200_000, 'a'))
    const mark = file.length
    expect(() => file.append(Buffer.alloc(600_000, 'b'))).toThrow(
      expect.objectContaining({ code: 'DISK_FULL', exitCode: 7, message: expect.stringContaining(`${path}.partial`) }),
    )
    file.close()
    await writeFile(join(disk, 'other'), '')
    const again = AppendFile.open(path, mark)
    again.append(Buffer.alloc(600_000, 'c'))
    again.finish()
    expect((await readFile(path)).equals(Buffer.concat([Buffer.alloc(200_000, 'a'), Buffer.alloc(600_000, 'c')]))).toBe(
      true,
    )
  })
})
