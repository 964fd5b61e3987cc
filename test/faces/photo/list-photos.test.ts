import { chmod, mkdir, symlink, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { beforeAll, describe, expect, test } from 'vitest'
import { listPhotos } from '../../../src/faces/photo/list-photos.js'
import { tempDir } from '../../support/temp-dir.js'

const cwd = await tempDir('list-photos')
const none = (): never => {
  throw new Error('no folder is unreadable here')
}

beforeAll(async () => {
  await mkdir(join(cwd, 'all', 'b'), { recursive: true })
  await mkdir(join(cwd, 'all', '.hidden'))
  await mkdir(join(cwd, 'empty'))
  for (const name of ['z.JPG', 'a.png', 'b/c.webp', 'b/d.heic', 'notes.txt', '.x.jpg', '.hidden/y.jpg', 'noname'])
    await writeFile(join(cwd, 'all', name), '')
  await symlink(join(cwd, 'all'), join(cwd, 'all', 'b', 'circle'))
  await symlink(join(cwd, 'all', 'a.png'), join(cwd, 'all', 'b', 'link.png'))
  await writeFile(join(cwd, 'single'), '')
})

describe('photos of names', () => {
  test('folders sorted, with all below, in the order of the names', async () => {
    const photos = await listPhotos(['single', 'all/', 'all/a.png'], { cwd, unreadable: none })
    expect(photos.map(({ file }) => file)).toEqual([
      'single',
      'all/a.png',
      'all/b/c.webp',
      'all/b/d.heic',
      'all/b/link.png',
      'all/z.JPG',
      'all/a.png',
    ])
    expect(photos[2]).toEqual({ file: 'all/b/c.webp', within: 'b/c.webp', path: join(cwd, 'all', 'b', 'c.webp') })
    expect(photos[0]).toEqual({ file: 'single', path: join(cwd, 'single') })
  })

  test('the folder that one is in', async () => {
    const [first] = await listPhotos(['.'], { cwd: join(cwd, 'all'), unreadable: none })
    expect(first).toMatchObject({ file: 'a.png', within: 'a.png' })
  })

  test('a name that leads nowhere, and a folder without photos', async () => {
    const list = (name: string): Promise<unknown> => listPhotos([name], { cwd, unreadable: none })
    await expect(list('gone.jpg')).rejects.toMatchObject({ code: 'PHOTO_NOT_FOUND', message: 'gone.jpg is not there.' })
    await expect(list('empty')).rejects.toMatchObject({ code: 'PHOTO_NOT_FOUND', message: 'empty holds no photo.' })
    await expect(list('single/x')).rejects.toMatchObject({ code: 'PHOTO_NOT_FOUND' })
  })

  test.skipIf(process.getuid?.() === 0)(
    'a folder that may not be read is told, and the others are listed',
    async () => {
      const closed = join(cwd, 'partly', 'closed')
      await mkdir(closed, { recursive: true })
      await writeFile(join(cwd, 'partly', 'open.jpg'), '')
      await chmod(closed, 0)
      const told: string[][] = []
      const photos = await listPhotos(['partly'], { cwd, unreadable: (...words) => told.push(words) })
      await chmod(closed, 0o700)
      expect(photos.map(({ file }) => file)).toEqual(['partly/open.jpg'])
      expect(told).toEqual([['partly/closed', 'EACCES']])
    },
  )
})
