import { describe, expect, test } from 'vitest'
import { findPasses, sortFiles } from '../../../src/cards/import/sort-bundle.js'

const bytes = new Uint8Array(3)
const tree = (...paths: string[]): Map<string, Uint8Array> => new Map(paths.map((path) => [path, bytes]))

describe('finding passes', () => {
  test('the one at the top is found, and folders inside of it are none', () => {
    const found = findPasses(tree('pass.json', 'icon.png', 'old/pass.json'))
    expect(found.map(({ folder }) => folder)).toEqual([''])
    expect([...(found[0]?.files.keys() ?? [])]).toEqual(['pass.json', 'icon.png', 'old/pass.json'])
  })

  test('a folder that was packed whole is looked into, and what archivers add is not', () => {
    const found = findPasses(
      tree('Card.pass/pass.json', 'Card.pass/en.lproj/pass.strings', '__MACOSX/Card.pass/pass.json'),
    )
    expect(found).toEqual([{ folder: 'Card.pass', files: tree('pass.json', 'en.lproj/pass.strings') }])
  })

  test('several are found side by side, in the order of their names', () => {
    expect(findPasses(tree('b/pass.json', 'a/pass.json')).map(({ folder }) => folder)).toEqual(['a', 'b'])
    expect(findPasses(tree('notes.txt'))).toEqual([])
  })
})

describe('what a design takes of a pass', () => {
  test('pictures and texts are taken, what signing makes is dropped without a word', () => {
    const sorted = sortFiles(
      tree(
        'pass.json',
        'manifest.json',
        'signature',
        '.DS_Store',
        'icon.png',
        'zh-Hans.lproj/pass.strings',
        'tooling.json',
      ),
    )
    expect([...sorted.taken.keys()]).toEqual(['icon.png', 'tooling.json', 'zh-Hans.lproj/pass.strings'])
    expect(sorted.leftOut).toEqual([])
  })

  test.each([
    ['members.csv', /no picture/],
    ['sources/logo.png', /no picture/],
    ['en.lproj/deep/logo.png', /no picture/],
    ['.lproj/logo.png', undefined],
    ['con.png', /every computer/],
    ['lo:go.png', /every computer/],
    ['a\u202eb.png', /every computer/],
    [`${'x'.repeat(200)}.png`, /every computer/],
  ])('%s is left out', (path, reason) => {
    const { taken, leftOut } = sortFiles(tree(path))
    expect(taken.size).toBe(0)
    if (reason === undefined) expect(leftOut).toEqual([])
    else expect(leftOut).toEqual([{ path, reason: expect.stringMatching(reason) }])
  })

  test('of two names that are one on many computers the first is taken', () => {
    const { taken, leftOut } = sortFiles(tree('Icon.png', 'icon.png'))
    expect([...taken.keys()]).toEqual(['Icon.png'])
    expect(leftOut[0]?.reason).toContain('capital letters')
  })

  test('the limits of a design hold', () => {
    const large = new Map([['a.png', new Uint8Array(4 * 1024 * 1024 + 1)]])
    expect(sortFiles(large).leftOut[0]?.reason).toBe('is larger than 4 MB')
    const heavy = new Map(Array.from({ length: 6 }, (_, index) => [`p${index}.png`, new Uint8Array(4 * 1024 * 1024)]))
    expect(sortFiles(heavy)).toMatchObject({
      leftOut: [{ path: 'p5.png', reason: 'makes the design larger than 20 MB' }],
    })
    const many = new Map(Array.from({ length: 500 }, (_, index) => [`p${index}.png`, bytes]))
    expect(sortFiles(many).taken.size).toBeLessThan(400)
  })
})
