import { mkdir, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { photoKey, placePairs, readPeople } from '../../../../src/faces/evaluate/read/folders.js'
import { parsePairs } from '../../../../src/faces/evaluate/read/pairs.js'
import { parseUtkface, readUtkface, UTKFACE_GROUPS } from '../../../../src/faces/evaluate/read/utkface.js'
import { tempDir } from '../../../support/temp-dir.js'

const root = await tempDir('face-folders')
let made = 0

async function folder(...names: string[]): Promise<string> {
  const dir = join(root, `f${made++}`)
  await mkdir(dir)
  for (const name of names) {
    await mkdir(dirname(join(dir, name)), { recursive: true })
    await writeFile(join(dir, name), '')
  }
  return dir
}

describe('a folder of people', () => {
  test('has a folder of photos for each, sorted; other files and hidden ones are passed over', async () => {
    const dir = await folder(
      'Ben/b.PNG',
      'Ann/2.jpg',
      'Ann/1.jpeg',
      'Ann/old/0.webp',
      'Ann/notes.txt',
      'Ann/.x.jpg',
      'x.jpg',
      '.git/a.jpg',
    )
    const photos = await readPeople(dir)
    expect(photos.map(({ person, path }) => [person, path.slice(dir.length)])).toEqual([
      ['Ann', '/Ann/1.jpeg'],
      ['Ann', '/Ann/2.jpg'],
      ['Ann', '/Ann/old/0.webp'],
      ['Ben', '/Ben/b.PNG'],
    ])
  })

  test.each([
    ['missing', 'is not there.'],
    ['file.jpg', 'is not a folder.'],
    ['', 'holds no folder with photos.'],
  ])('%j is refused: it %s', async (name, why) => {
    const dir = await folder('file.jpg', 'empty/notes.txt')
    await expect(readPeople(join(dir, name))).rejects.toMatchObject({
      code: 'FACES_FOLDER_UNREADABLE',
      message: `${join(dir, name)} ${why}`,
    })
  })
})

describe('the photos of a file of pairs', () => {
  const file = parsePairs('1\nAnn_B\t1\t12\nAnn_B\t1\tCy\t3\n', 'p')

  test('are found by number, whatever their ending and zeros, in a folder per person or in one for all', async () => {
    for (const names of [
      ['Ann_B/Ann_B_0001.jpg', 'Ann_B/Ann_B_12.PNG', 'Cy/Cy_0003.webp'],
      ['Ann_B_0001.jpg', 'Ann_B_0012.jpg', 'Cy_3.png'],
    ]) {
      const dir = await folder(...names)
      const places = await placePairs(file, dir, 'p')
      expect([...places.values()]).toEqual(names.map((name) => join(dir, name)))
      expect(places.get(photoKey({ person: 'Cy', number: 3 }))).toBe(join(dir, names[2] ?? ''))
    }
  })

  test('that are missing are named with the line, and a name cannot lead out of the folder', async () => {
    const dir = await folder('Ann_B/Ann_B_0001.jpg', 'Ann_B/Ann_B_0012.jpg')
    await expect(placePairs(file, dir, 'p')).rejects.toMatchObject({
      code: 'FACES_PAIRS_UNREADABLE',
      message: `p line 3: there is no ${join('Cy', 'Cy_0003.jpg')} in ${dir}.`,
    })
    const inner = join(dir, 'inner')
    await mkdir(inner)
    await writeFile(join(dir, '.._0001.jpg'), '')
    const outside = parsePairs('1\n..\t1\t1\n..\t1\tCy\t1\n', 'p')
    await expect(placePairs(outside, inner, 'p')).rejects.toMatchObject({ code: 'FACES_PAIRS_UNREADABLE' })
  })
})

describe('names of UTKFace', () => {
  test.each([
    ['34_1_0_20170109142408075.jpg', { age: 34, gender: 'female', group: 'white' }],
    ['1_0_4_20161219140627985.jpg.chip.jpg', { age: 1, gender: 'male', group: 'others' }],
    ['61_1_20170109142408075.jpg', undefined],
    ['34_2_0_20170109142408075.jpg', undefined],
    ['34_1_5_20170109142408075.jpg', undefined],
    ['340_1_0_20170109142408075.jpg', undefined],
    ['holiday.jpg', undefined],
  ])('%s', (name, labels) => {
    expect(parseUtkface(name)).toEqual(labels)
  })

  test('that were written are read, and others are never misread', () => {
    fc.assert(
      fc.property(fc.nat(120), fc.nat(1), fc.nat(4), fc.nat(), (age, gender, group, date) => {
        expect(parseUtkface(`${age}_${gender}_${group}_${date}.jpg`)).toEqual({
          age,
          gender: gender === 0 ? 'male' : 'female',
          group: UTKFACE_GROUPS[group],
        })
      }),
    )
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom('0', '1', '_', '.', 'j') }), (name) => {
        const labels = parseUtkface(name)
        if (labels !== undefined) expect(name).toMatch(/^\d+_[01]_[0-4]_\d/)
      }),
    )
  })

  test('in a folder: those with labels, and how many have none', async () => {
    const dir = await folder('34_1_0_1.jpg', 'x.jpg', 'notes.txt')
    expect(await readUtkface(dir)).toEqual({
      photos: [{ path: join(dir, '34_1_0_1.jpg'), labels: { age: 34, gender: 'female', group: 'white' } }],
      unlabelled: ['x.jpg'],
    })
    await expect(readUtkface(await folder('x.jpg'))).rejects.toMatchObject({ code: 'FACES_FOLDER_UNREADABLE' })
  })
})
