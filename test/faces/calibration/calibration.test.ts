import { mkdtemp, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  type Calibration,
  calibrate,
  fmrAt,
  fmrText,
  thresholdFor,
} from '../../../src/faces/calibration/calibration.js'
import { calibrationFile, readCalibration, writeCalibration } from '../../../src/faces/calibration/store.js'
import { ScoreCounts } from '../../../src/faces/evaluate/metrics/score-counts.js'
import { tempDir } from '../../support/temp-dir.js'

/** FMR falls tenfold with each tenth of the score, from 1 at 0: 10,000 scores of two people. */
const impostor = ScoreCounts.of(Array.from({ length: 10_000 }, (_, index) => -Math.log10((index + 0.5) / 10_000) / 10))
const genuine = ScoreCounts.of([0.1, 0.3, 0.5, 0.7])
const facts = { model: 'm', measured: '2026-01-01T00:00:00.000Z', people: 2, photos: 3 }
const calibration = calibrate(facts, genuine, impostor)

describe('a calibration', () => {
  test('goes as far as 30 false matches, by rising score and falling FMR', () => {
    const { points } = calibration
    expect(points.length).toBeGreaterThan(20)
    expect(points.at(-1)?.fmr).toBeGreaterThanOrEqual(0.003)
    expect(points.at(-1)?.fmr).toBeLessThan(0.004)
    for (const [index, { score, fmr }] of points.entries()) {
      expect(score).toBeGreaterThan(points[index - 1]?.score ?? -2)
      expect(fmr).toBeLessThan(points[index - 1]?.fmr ?? 2)
    }
    expect(calibration).toMatchObject({ ...facts, impostorPairs: 10_000, genuinePairs: 4 })
  })

  test('tells of each score what is missed at that score', () => {
    const scores = [...Array.from({ length: 99 }, (_, index) => -0.2 + index * 0.004), 0.6]
    const { points } = calibrate(facts, ScoreCounts.of(Array.from({ length: 50 }, () => 0.5)), ScoreCounts.of(scores))
    expect(points.at(-1)).toMatchObject({ score: 0.6, fnmr: 1 })
    expect(points[0]).toMatchObject({ fnmr: 0 })
  })

  test('tells the FMR of a score: between points by its logarithm, beyond them on the same line, and says so', () => {
    expect(fmrAt(calibration, 0.15).value).toBeCloseTo(10 ** -1.5, 3)
    expect(fmrAt(calibration, 0.15).extrapolated).toBe(false)
    const beyond = fmrAt(calibration, 0.5)
    expect(beyond.extrapolated).toBe(true)
    expect(Math.log10(beyond.value)).toBeCloseTo(-5, 0)
    expect(fmrAt(calibration, 1).value).toBeGreaterThan(0)
    expect(fmrAt(calibration, -1)).toEqual({ value: 1, extrapolated: false })
  })

  test('tells the threshold of an FMR, the other way round', () => {
    expect(thresholdFor(calibration, 0.01).value).toBeCloseTo(0.2, 2)
    expect(thresholdFor(calibration, 1e-6)).toMatchObject({ extrapolated: true })
  })

  test('never rises with the score, and there and back is the same', () => {
    const score = fc.double({ min: -0.5, max: 1, noNaN: true })
    fc.assert(
      fc.property(score, score, (a, b) => {
        const [low, high] = [Math.min(a, b), Math.max(a, b)]
        expect(fmrAt(calibration, low).value).toBeGreaterThanOrEqual(fmrAt(calibration, high).value)
        const { value } = fmrAt(calibration, a)
        expect(Math.log10(fmrAt(calibration, thresholdFor(calibration, value).value).value)).toBeCloseTo(
          Math.log10(value),
          6,
        )
      }),
    )
  })

  test('of scores that are all alike still tells something', () => {
    const alike = calibrate(facts, genuine, ScoreCounts.of([0.2, 0.2, 0.2]))
    expect(alike.points).toHaveLength(1)
    expect(fmrAt(alike, 0.2).value).toBe(1)
    expect(fmrAt(alike, 0.4)).toMatchObject({ extrapolated: true })
    expect(fmrAt(alike, 0.4).value).toBeLessThan(0.02)
  })

  test('is told in words', () => {
    expect(fmrText({ value: 1 / 2404, extrapolated: false })).toBe('about 1 false match in 2,400')
    expect(fmrText({ value: 1 / 7, extrapolated: false })).toBe('about 1 false match in 7')
    expect(fmrText({ value: 1 / 1_234_567, extrapolated: true })).toBe(
      'about 1 false match in 1,200,000, beyond what was measured',
    )
    expect(fmrText({ value: 0.9, extrapolated: false })).toBe('hardly better than chance')
  })
})

describe('calibrations on disk', async () => {
  const root = await tempDir('calibrations')

  test('are those of the first folder that has one for the model', async () => {
    const [first, second] = [await mkdtemp(join(root, 'a-')), join(root, 'not', 'yet', 'there')]
    expect(await readCalibration('m', [first, second])).toBeUndefined()
    await writeCalibration(calibrationFile(second, 'm'), calibration)
    expect(await readCalibration('m', [first, second])).toEqual({ calibration, from: calibrationFile(second, 'm') })
    expect(await readCalibration('other', [first, second])).toBeUndefined()
    const own: Calibration = { ...calibration, people: 99 }
    await writeCalibration(calibrationFile(first, 'm'), own)
    expect((await readCalibration('m', [first, second]))?.calibration.people).toBe(99)
  })

  test('have names that stay in the folder', () => {
    expect(calibrationFile('/d', '../a b')).toBe('/d/.._a_b.calibration.json')
  })

  test.each([
    ['{', 'is not JSON'],
    ['null', 'has no table of scores'],
    ['{"model":"m","points":[]}', 'has scores that do not rise while FMR falls'],
    ['{"model":"x","points":[{"score":0,"fmr":1}]}', 'is of the model "x", not of "m"'],
    [
      '{"model":"m","points":[{"score":0.2,"fmr":0.1},{"score":0.1,"fmr":0.01}]}',
      'has scores that do not rise while FMR falls',
    ],
    ['{"model":"m","points":[{"score":0.2,"fmr":0}]}', 'has scores that do not rise while FMR falls'],
  ])('that read %j are refused', async (text, why) => {
    const dir = await mkdtemp(join(root, 'bad-'))
    const file = calibrationFile(dir, 'm')
    await writeFile(file, text)
    await expect(readCalibration('m', [dir])).rejects.toMatchObject({
      code: 'FACES_CALIBRATION_UNREADABLE',
      message: `${file} ${why}.`,
    })
  })
})
