import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { isGenuine, parsePairs } from '../../../../src/faces/evaluate/read/pairs.js'
import { isAppError } from '../../../../src/kit/errors/index.js'

const TWO_FOLDS = `2\t1
Ann_Bee\t1\t4
Ann_Bee\t2\tCy_Dee\t1
Cy_Dee\t10\t11
Ann_Bee\t3\tEve\t7
`

describe('a file of pairs', () => {
  test('holds folds of pairs of one person and of two, with their lines', () => {
    const { folds, pairs } = parsePairs(TWO_FOLDS, 'pairs.txt')
    expect(folds).toBe(2)
    expect(pairs.map((pair) => [pair.fold, isGenuine(pair), pair.line])).toEqual([
      [0, true, 2],
      [0, false, 3],
      [1, true, 4],
      [1, false, 5],
    ])
    expect(pairs[1]).toMatchObject({ left: { person: 'Ann_Bee', number: 2 }, right: { person: 'Cy_Dee', number: 1 } })
  })

  test('has one fold when the first line is one number', () => {
    expect(parsePairs('1\nAnn\t1\t2\nAnn\t1\tBen\t1\n', 'pairsDevTest.txt').pairs.map(({ fold }) => fold)).toEqual([
      0, 0,
    ])
  })

  test('may have a byte order mark, ends of lines of Windows, empty lines, and spaces where there are no tabs', () => {
    const odd = `\ufeff2 1\r\n\r\n${TWO_FOLDS.split('\n').slice(1).join('\r\n').replaceAll('\t', '  ')}\r\n`
    const plain = parsePairs(TWO_FOLDS, 'p').pairs.map(({ line: _, ...pair }) => pair)
    expect(parsePairs(odd, 'p').pairs.map(({ line: _, ...pair }) => pair)).toEqual(plain)
    expect(parsePairs('1\nAnn Bee\t1\t2\nAnn Bee\t1\tBen\t1', 'p').pairs[0]?.left.person).toBe('Ann Bee')
  })

  test.each([
    ['', 'p line 1: the file is empty.'],
    ['Ann\t1\t2\n', 'p line 1: it should hold the number of folds and of pairs of each kind, such as "10 300".'],
    ['1\t1\nAnn\t1\t2\nAnn\t1\n', 'p line 3: 3 columns are one person, 4 are two; this has 2.'],
    ['1\t1\nAnn\t1\ttwo\nAnn\t1\tBen\t1', 'p line 2: "two" is not the number of a photo.'],
    ['1\t1\nAnn\t0\t1\nAnn\t1\tBen\t1', 'p line 2: "0" is not the number of a photo.'],
    ['1\t1\nAnn\t1\t2\nAnn\t1\tAnn\t2', 'p line 3: a pair of two people names "Ann" twice.'],
    ['2\t1\nAnn\t1\t2\nAnn\t1\tBen\t1', 'p line 3: the first line promises 4 pairs (2 × 2 × 1), there are 2.'],
    [
      '1\n\nAnn\t1\t2\nAnn\t1\tBen\t1\nAnn\t1\t3',
      'p line 5: the first line promises 2 pairs (1 × 2 × 1), there are 3.',
    ],
  ])('%j is refused: %s', (text, message) => {
    expect(() => parsePairs(text, 'p')).toThrow(expect.objectContaining({ code: 'FACES_PAIRS_UNREADABLE', message }))
  })

  test('that was written is read, and any other text is read or refused with a line', () => {
    const name = fc.stringMatching(/^[A-Za-z_' -]*[A-Za-z][A-Za-z_' -]*$/).map((text) => text.trim())
    const number = fc.integer({ min: 1, max: 999 })
    const fold = fc.tuple(name, number, number, name, number)
    fc.assert(
      fc.property(fc.array(fold, { minLength: 1, maxLength: 9 }), (rows) => {
        const lines = rows.flatMap(([a, i, j, b, k]) => [`${a}\t${i}\t${j}`, `${a}\t${i}\t${b}x\t${k}`])
        const { pairs } = parsePairs([`${rows.length}\t1`, ...lines].join('\n'), 'p')
        expect(pairs.map(({ left, right }) => [left.person, left.number, right.person, right.number])).toEqual(
          rows.flatMap(([a, i, j, b, k]) => [
            [a, i, a, j],
            [a, i, `${b}x`, k],
          ]),
        )
      }),
    )
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom('1', '2', 'A', '\t', ' ', '\n', '\r', '-', '\ufeff') }), (text) => {
        try {
          parsePairs(text, 'p')
        } catch (error) {
          expect(isAppError(error) && /^p line \d+: .+\.$/.test(error.message)).toBe(true)
        }
      }),
      { numRuns: 500 },
    )
  })
})
