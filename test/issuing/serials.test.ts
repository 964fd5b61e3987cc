import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { SeenSerials } from '../../src/issuing/seen-serials.js'
import { cardPath, createSerialMaker, fileNameOf, serialProblem } from '../../src/issuing/serials.js'

const SECRET = Buffer.alloc(32, 7)
const serial = fc
  .oneof(
    fc.string({ unit: 'grapheme', minLength: 1, maxLength: 20 }),
    fc.string({ unit: fc.constantFrom(...'aA.~%/\\:*?"<>| \'()!-_0'), minLength: 1, maxLength: 8 }),
    fc.constantFrom('CON', 'con', 'nul.txt', 'COM1', 'lpt9.', 'AUX', 'prn', '.', '..', '...', '%63on', '%2E', '%2E%2E'),
  )
  .filter((text) => serialProblem(text) === undefined)

describe('file names of serials', () => {
  test('differ when the serials differ, and lead back to them', () => {
    fc.assert(
      fc.property(serial, (text) => {
        expect(decodeURIComponent(fileNameOf(text))).toBe(text)
      }),
      { numRuns: 2000 },
    )
    fc.assert(
      fc.property(serial, serial, (a, b) => {
        expect(fileNameOf(a) === fileNameOf(b)).toBe(a === b)
      }),
      { numRuns: 2000 },
    )
  })

  test('are safe on every system', () => {
    fc.assert(
      fc.property(serial, (text) => {
        const name = fileNameOf(text)
        expect(name).toMatch(/^[A-Za-z0-9_%-][A-Za-z0-9._%-]*$/)
        expect(name).not.toMatch(/\.$/)
        expect(name).not.toMatch(/^(?:con|prn|aux|nul|com\d|lpt\d)(?:\.|$)/i)
        expect(name.length).toBeLessThanOrEqual(200)
      }),
      { numRuns: 2000 },
    )
  })

  test('usual serials stay as they are', () => {
    for (const plain of ['A-1', '0001', 'a_b.c', 'CONTROL', 'com10', '7f3e-99']) expect(fileNameOf(plain)).toBe(plain)
    expect(fileNameOf('../../etc/passwd')).toBe('%2E.%2F..%2Fetc%2Fpasswd')
    expect(fileNameOf('con')).toBe('%63on')
    expect(fileNameOf('Карта 1')).toBe('%D0%9A%D0%B0%D1%80%D1%82%D0%B0%201')
  })

  test('the longest serial can be written', async () => {
    const dir = await mkdtemp(join(tmpdir(), 'tessera-serials-'))
    const longest = 'я'.repeat(33)
    expect(serialProblem(longest)).toBeUndefined()
    await writeFile(join(dir, `.${fileNameOf(longest)}.pkpass.tmp`), '')
    expect(await readdir(dir)).toHaveLength(1)
    await rm(dir, { recursive: true })
    expect(serialProblem('я'.repeat(34))).toBe('is too long')
  })

  test('a card lies in one of 256 folders', () => {
    expect(cardPath('A-1')).toMatch(/^[0-9a-f]{2}\/A-1\.pkpass$/)
    expect(new Set(Array.from({ length: 5000 }, (_, index) => cardPath(`${index}`).slice(0, 2))).size).toBe(256)
  })

  test.each([
    ['a\u0000b', 'has control characters in it'],
    ['a\nb', 'has control characters in it'],
    ['\ud800', 'is not well-formed text'],
    ['a'.repeat(201), 'is too long'],
  ])('serial %j %s', (text, problem) => {
    expect(serialProblem(text)).toBe(problem)
  })
})

describe('derived serials', () => {
  test('are the same for the same row, and of 16 letters that read unmistakably', () => {
    const make = createSerialMaker(SECRET, 'bonus')
    const cells = fc.array(fc.string(), { minLength: 1, maxLength: 4 })
    fc.assert(
      fc.property(cells, fc.integer({ min: 1, max: 9 }), (row, occurrence) => {
        expect(make(row, occurrence)).toMatch(/^[0-9A-HJKMNP-TV-Z]{16}$/)
        expect(make([...row], occurrence)).toBe(createSerialMaker(Buffer.from(SECRET), 'bonus')(row, occurrence))
      }),
    )
  })

  test('differ by row, occurrence, design and launch', () => {
    const make = createSerialMaker(SECRET, 'bonus')
    const all = [
      make(['a', 'b'], 1),
      make(['a', 'b'], 2),
      make(['ab', ''], 1),
      make(['', 'ab'], 1),
      make(['ab'], 1),
      make(['1', 'a'], 1),
      make(['a'], 11),
      createSerialMaker(SECRET, 'stamp')(['a', 'b'], 1),
      createSerialMaker(Buffer.alloc(32, 8), 'bonus')(['a', 'b'], 1),
    ]
    expect(new Set(all).size).toBe(all.length)
  })
})

describe('serials seen so far', () => {
  test('agree with a Map, however many there are', () => {
    fc.assert(
      fc.property(fc.array(fc.string({ maxLength: 3 }), { maxLength: 200 }), (serials) => {
        const seen = new SeenSerials()
        const map = new Map<string, number>()
        serials.forEach((text, index) => {
          expect(seen.firstLine(text, index + 2)).toBe(map.get(text))
          if (!map.has(text)) map.set(text, index + 2)
        })
      }),
    )
  })

  test('also past several growths, for serials that are all alike', () => {
    const seen = new SeenSerials()
    const forms = [(n: number) => `${n}`, (n: number) => `MEMBER-${n}`, (n: number) => `${n}`.padStart(13, '0')]
    let wrong = 0
    for (let n = 0; n < 60_000; n++) {
      for (const form of forms) if (seen.firstLine(`${form(n)}/${forms.indexOf(form)}`, n + 2) !== undefined) wrong++
    }
    for (let n = 0; n < 60_000; n++) {
      for (const form of forms) if (seen.firstLine(`${form(n)}/${forms.indexOf(form)}`, 1) !== n + 2) wrong++
    }
    expect(wrong).toBe(0)
  })
})
