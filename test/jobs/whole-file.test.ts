import { readdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { writeWholeFile } from '../../src/jobs/whole-file.js'
import { tempDir } from '../support/temp-dir.js'

const temp = await tempDir('whole-file')

test('a file is written with the folders it lies in, and nothing is left beside it', async () => {
  const path = join(temp, 'a', 'b', 'c.txt')
  await writeWholeFile(path, Buffer.from('one'))
  await writeWholeFile(path, Buffer.from('two'))
  expect(await readFile(path, 'utf8')).toBe('two')
  expect(await readdir(join(temp, 'a', 'b'))).toEqual(['c.txt'])
})

test('a file that stands where a folder is needed is an error that can be acted on', async () => {
  await writeFile(join(temp, 'file'), '')
  await expect(writeWholeFile(join(temp, 'file', 'c.txt'), Buffer.from('x'))).rejects.toThrow(
    expect.objectContaining({ code: 'OUTPUT_UNWRITABLE' }),
  )
})
