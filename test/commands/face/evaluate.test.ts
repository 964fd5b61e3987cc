import { cp, mkdir, readFile, symlink, writeFile } from 'node:fs/promises'
import { join, relative } from 'node:path'
import sharp from 'sharp'
import { beforeAll, describe, expect, test } from 'vitest'
import type { CalibrateOutcome } from '../../../src/app/faces/calibrate.js'
import type { Evaluation, Measured } from '../../../src/app/faces/evaluate.js'
import FaceCalibrate from '../../../src/commands/face/calibrate.js'
import FaceEvaluate from '../../../src/commands/face/evaluate.js'
import { ERRORS } from '../../../src/kit/errors/index.js'
import { cropPeople } from '../../support/crop-people.js'
import { runCommand } from '../../support/run-command.js'
import { tempDir } from '../../support/temp-dir.js'

const cwd = await tempDir('face-evaluate')
// Vectors are kept, so that each photo goes through the engine once for all tests.
const KEPT = ['--vectors', 'vectors.ndjson', '--jobs', '1']
/** Threads of the tests find their loader from the working directory, so files are named in full. */
const inFull = (words: readonly string[]): string[] =>
  words.map((word, index) =>
    !word.startsWith('-') && !['--threshold', '--jobs'].includes(words[index - 1] ?? '') ? join(cwd, word) : word,
  )
// Read when oclif is configured, by the first command. The cache of converted networks is shared with other tests.
process.env.XDG_DATA_HOME = join(cwd, 'data')

const evaluate = (...words: string[]) => runCommand(FaceEvaluate, inFull([...words, ...KEPT]), { id: 'face:evaluate' })
const calibrate = (...words: string[]) =>
  runCommand(FaceCalibrate, inFull([...words, ...KEPT]), { id: 'face:calibrate' })

async function measured<Kind extends Measured['kind']>(kind: Kind, ...words: string[]) {
  const { photos, measured: found, model } = (await evaluate(...words, '--json')).json<Evaluation>()
  if (found?.kind !== kind) throw new Error(`measured ${found?.kind}`)
  return { photos, model, measured: found as Extract<Measured, { kind: Kind }> }
}

beforeAll(async () => {
  await cropPeople(join(cwd, 'people'))
  const lines = [
    'man\t1\t2',
    'man\t3\t4',
    'man\t1\tp0\t1',
    'man\t2\tp1\t1',
    'p2\t1\t2',
    'p3\t1\t2',
    'p2\t1\tp3\t1',
    'p0\t1\tp1\t2',
  ]
  await writeFile(join(cwd, 'pairs.txt'), `2\t2\n${lines.join('\n')}\n`)
})

test('nothing that is read is written over', async () => {
  const before = await readFile(join(cwd, 'people/man/man_0001.jpg'))
  await symlink(join(cwd, 'people'), join(cwd, 'link'))
  const over = [
    ['--images', 'people', '--scores', 'link/man/man_0001.jpg'],
    ['--images', 'people', '--pairs', 'pairs.txt', '--scores', 'pairs.txt'],
  ]
  for (const words of over)
    expect(await evaluate(...words)).toMatchObject({
      exitCode: 7,
      stderr: expect.stringContaining('it is one of the files that are read'),
    })
  expect(await readFile(join(cwd, 'people/man/man_0001.jpg'))).toEqual(before)
  await writeFile(join(cwd, 'notes.txt'), 'Something else.\n')
  const foreign = await runCommand(
    FaceEvaluate,
    inFull(['--images', 'people', '--vectors', 'notes.txt', '--jobs', '1']),
    { id: 'face:evaluate' },
  )
  expect(foreign.stderr).toContain('it holds something else than vectors')
  expect(await readFile(join(cwd, 'notes.txt'), 'utf8')).toBe('Something else.\n')
})

describe('pairs', () => {
  test('of a file and all of its photos: accuracy, rates, scores and a plot', async () => {
    const files = ['--scores', 'scores.csv', '--plot', 'det.svg']
    const { photos, measured: found } = await measured(
      'pairs',
      ...['--pairs', 'pairs.txt', '--images', 'people', '--all-pairs', ...files],
    )
    expect(photos).toMatchObject({ total: 11, described: 11, kept: 0, failed: 0 })
    expect(found.listed).toMatchObject({ genuine: { pairs: 4, failed: 0 }, impostor: { pairs: 4, failed: 0 } })
    expect(found.listed?.best.accuracy).toBe(1)
    expect(found.listed?.folds?.accuracy).toBeGreaterThanOrEqual(0.75)
    // Four photos of the man, two of p0 (one is named), two of p1 …: 6 + 1 + 1 + 1 pairs of one person.
    expect(found.all).toMatchObject({ people: 5, genuine: { pairs: 9 }, impostor: { pairs: 46 } })
    expect(found.all?.rates.map(({ target, few }) => [target, few])).toEqual([
      [0.01, true],
      [0.001, true],
      [0.0001, true],
    ])
    const rows = (await readFile(join(cwd, 'scores.csv'), 'utf8')).trim().split('\n')
    expect(rows).toHaveLength(9)
    expect(rows.slice(0, 2)).toEqual([
      'fold,left,right,same,score',
      expect.stringMatching(/^1,man\/man_0001\.jpg,man\/man_0002\.jpg,1,0\.\d{6}$/),
    ])
    expect(await readFile(join(cwd, 'det.svg'), 'utf8')).toContain('11 photos of 5 people')
  })

  test('of a folder of people, told in words; vectors of before are used again', async () => {
    const { stdout, exitCode } = await evaluate('--images', 'people', '--plot', 'det.png')
    expect(exitCode).toBe(0)
    expect(stdout).toMatch(/^model {3}faceres-\S+\nphotos {2}12, all with a face; 11 known from before\n/)
    expect(stdout).toMatch(/\nall pairs: 10 of one person, 56 of two; 5 people\nFMR +FNMR +95 % INTERVAL/)
    expect(stdout).toContain('few: 3,000 pairs of two people are wanted')
    expect((await sharp(join(cwd, 'det.png')).metadata()).format).toBe('png')
  })

  test('with photos that cannot be read or show no one: not matched, and named', async () => {
    await cp(join(cwd, 'people'), join(cwd, 'worse'), { recursive: true, preserveTimestamps: true })
    const grey = sharp({ create: { width: 200, height: 200, channels: 3, background: '#888' } })
    await writeFile(join(cwd, 'worse', 'man', 'man_0005.jpg'), await grey.jpeg().toBuffer())
    await writeFile(join(cwd, 'worse', 'p0', 'p0_0003.jpg'), 'no photo')
    const { photos, measured: found } = await measured('pairs', '--images', 'worse')
    expect(photos.failures).toMatchObject([
      { file: relative(process.cwd(), join(cwd, 'worse', 'man', 'man_0005.jpg')), reason: 'no-face' },
      { file: relative(process.cwd(), join(cwd, 'worse', 'p0', 'p0_0003.jpg')), reason: 'not-a-picture' },
    ])
    expect(found.all?.genuine).toEqual({ pairs: 16, failed: 6 })
    expect(found.all?.rates[0]?.falseNonMatches).toBeGreaterThanOrEqual(6)
  })
})

describe('other measures', () => {
  test('identification: the man is found in a gallery, strangers are strangers', async () => {
    const copy = (from: string, to: string) => cp(join(cwd, 'people', from), join(cwd, to), { recursive: true })
    await copy('man/man_0001.jpg', 'gallery/man/1.jpg')
    await copy('p0/p0_0001.jpg', 'gallery/p0/1.jpg')
    await copy('man/man_0003.jpg', 'probes/man/3.jpg')
    await copy('p0/p0_0002.jpg', 'probes/p0/2.jpg')
    await copy('p1', 'probes/p1')
    const { measured: found } = await measured('identify', '--identify', 'gallery', 'probes')
    expect(found.identification).toMatchObject([{ people: 2, mated: 2, nonMated: 2, rankOneMiss: 0 }])
  })

  test('clusters: at a threshold that is given, that of the model’s calibration, or that of these photos', async () => {
    const given = await measured('cluster', '--cluster', 'people', '--threshold', '1')
    expect(given.measured).toMatchObject({ threshold: { value: 1, from: 'given' }, clustering: { clusters: 12 } })
    const usual = await measured('cluster', '--cluster', 'people')
    expect(usual.measured.threshold.from).toBe('calibration')
    expect(usual.measured.clustering).toMatchObject({ photos: 12, people: 5 })
    expect(usual.measured.clustering.bcubed.precision).toBeGreaterThan(0.9)
    // No calibration comes with Human's way of feeding the network.
    const human = await measured('cluster', '--cluster', 'people', '--recogniser=human')
    expect(human.measured).toMatchObject({ threshold: { from: 'photos' }, clustering: { photos: 12, people: 5 } })
    expect(human.measured.clustering.bcubed.precision).toBeGreaterThan(0.9)
  })

  test('attributes: age and gender of names as UTKFace has them', async () => {
    await mkdir(join(cwd, 'utk'))
    const named = (name: string, from: string) => cp(join(cwd, 'people', from), join(cwd, 'utk', name))
    await named('45_0_0_1.jpg.chip.jpg', 'man/man_0001.jpg')
    await named('30_1_2_2.jpg', 'p0/p0_0001.jpg')
    await named('portrait.jpg', 'p0/p0_0001.jpg')
    const { measured: found } = await measured('attributes', '--attributes', 'utk')
    expect(found).toMatchObject({ unlabelled: 1, attributes: { photos: 2, genderAccuracy: 1 } })
    expect(found.attributes.byDecade['40-49']?.ageError).toBeLessThan(20)
  })
})

describe('calibration', () => {
  test('is kept in the user’s data folder, and clusters then use it in place of the built-in one', async () => {
    const before = await measured('cluster', '--cluster', 'people')
    const dry = (await calibrate('people', '--dry-run', '--json')).json<CalibrateOutcome>()
    expect(dry).toMatchObject({ written: false, failed: 0, calibration: { people: 5, photos: 12, impostorPairs: 56 } })
    const { stdout } = await calibrate('people')
    expect(stdout).toMatch(/\nSCORE +TWO PEOPLE REACH IT\n *0\.\d{3} +once in 10 comparisons\n/)
    expect(stdout).toMatch(/once in 1,000,000 comparisons +beyond what was measured$/m)
    expect(dry.file.startsWith(join(cwd, 'data'))).toBe(true)
    expect(JSON.parse(await readFile(dry.file, 'utf8')).points.length).toBeGreaterThan(2)
    const { measured: found } = await measured('cluster', '--cluster', 'people')
    expect(found.threshold.from).toBe('calibration')
    expect(found.threshold.value).toBeCloseTo(dry.thresholds.find(({ fmr }) => fmr === 1e-4)?.threshold ?? 9, 6)
    expect(found.threshold.value).not.toBe(before.measured.threshold.value)
  })
})

describe('what is not understood is told', () => {
  test.each([
    [[], 'USAGE'],
    [['--images', 'people', '--cluster', 'people'], 'USAGE'],
    [['--identify', 'people'], 'USAGE'],
    [['--images', 'people', '--plot', 'det.pdf'], 'USAGE'],
    [['--images', 'people', '--model=mine', '--mirror'], 'USAGE'],
    [['--images', 'people', '--model=mine'], 'FACE_MODEL_NOT_FOUND'],
    [['--images', 'nowhere'], 'FACES_FOLDER_UNREADABLE'],
    [['--images', 'people', '--pairs', 'missing.txt'], 'FACES_PAIRS_UNREADABLE'],
    [['--images', 'utk', '--pairs', 'pairs.txt'], 'FACES_PAIRS_UNREADABLE'],
  ] as const)('%j: %s', async (words, code) => {
    const run = await evaluate(...words, '--json')
    expect(run.json()).toMatchObject({ error: { code } })
    expect(run.exitCode).toBe(ERRORS[code].exit)
  })
})
