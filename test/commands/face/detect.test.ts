import { cp, mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import sharp from 'sharp'
import { beforeAll, describe, expect, test } from 'vitest'
import type { DetectedPhoto } from '../../../src/app/faces/detected.js'
import FaceDetect from '../../../src/commands/face/detect.js'
import { HUMAN_ASSETS } from '../../support/photos.js'
import { type CommandRun, runCommand } from '../../support/run-command.js'
import { tempDir } from '../../support/temp-dir.js'

const cwd = await tempDir('face-detect')
/** The faces in the row of this picture, as large as they are there. */
const FACES = { left: 0, top: 340, width: 800, height: 160 } as const

beforeAll(async () => {
  await mkdir(join(cwd, 'photos'))
  await cp(join(HUMAN_ASSETS, 'screenshot-facedetect.jpg'), join(cwd, 'sheet.jpg'))
  const row = sharp(join(cwd, 'sheet.jpg')).extract(FACES)
  await row
    .clone()
    .jpeg({ quality: 95 })
    .toFile(join(cwd, 'photos', 'row.jpg'))
  await sharp(await row.rotate(90).toBuffer())
    .withMetadata({ orientation: 8 })
    .jpeg({ quality: 95 })
    .toFile(join(cwd, 'photos', 'turned.jpg'))
  await writeFile(join(cwd, 'photos', 'torn.jpg'), Buffer.from([0xff, 0xd8, 0xff, 0xe0, 0, 16]))
})

/** Threads find what loads their TypeScript from the folder that the tests run in: names are made absolute instead. */
function detect(...argv: string[]): Promise<CommandRun> {
  const words = argv.map((word) => (/^(?:photos|[\w/]+\.\w+)/.test(word) ? join(cwd, word) : word))
  return runCommand(FaceDetect, words, { id: 'face:detect', env: { NO_COLOR: '1' } })
}

interface Result {
  readonly photos: readonly DetectedPhoto[]
  readonly problems: readonly object[]
  readonly model: string
  readonly backend: string
}

describe('face detect', () => {
  test('finds the faces of one photo, and draws them', async () => {
    const { stdout, stderr, exitCode } = await detect('sheet.jpg', '--draw', 'drawn.png')
    expect(exitCode).toBe(0)
    expect(stdout).toMatch(/^#\s+face\s+age\s+gender\s+quality\s+remarks\n1\s+\d+×\d+ at \d+,\d+\s+\d+\s/)
    expect(stdout).toMatch(/\n\S+sheet\.jpg, 800 × 718: \d+ faces\.\nmodel {2}faceres-1, on onnx\n/)
    expect(stderr).toContain(`Drawn: ${join(cwd, 'drawn.png')}`)
    expect(await sharp(join(cwd, 'drawn.png')).metadata()).toMatchObject({ format: 'png', width: 800 })
  })

  test('--json tells all of a folder, with what could not be read, and ends with 6', async () => {
    const run = await detect('photos', '--json')
    const { photos, problems, model, backend } = run.json<Result & Record<string, unknown>>()
    expect({ model, backend, exitCode: run.exitCode }).toEqual({ model: 'faceres-1', backend: 'onnx', exitCode: 6 })
    expect(problems).toEqual([
      { file: join(cwd, 'photos/torn.jpg'), reason: 'damaged', message: 'It is a JPEG that is damaged or cut short.' },
    ])
    expect(photos.map(({ file, width, found }) => ({ file, width, found }))).toEqual([
      { file: join(cwd, 'photos/row.jpg'), width: 800, found: 5 },
      { file: join(cwd, 'photos/turned.jpg'), width: 800, found: 5 },
    ])
    const [face] = photos[0]?.faces ?? []
    expect(Object.keys(face ?? {}).sort()).toEqual(
      ['age', 'box', 'gender', 'live', 'points', 'pose', 'quality', 'real', 'score'].sort(),
    )
    expect(face).toMatchObject({ real: null, live: null })
    // The same faces, in the photo that lies on its side too.
    const centres = photos.map(({ faces }) =>
      faces.map(({ box }) => Math.round((box.x + box.width / 2) / 40)).sort((a, b) => a - b),
    )
    expect(centres[1]).toEqual(centres[0])
  })

  test('--output ndjson tells each photo as it is done, with unit vectors when asked', async () => {
    const { stdout, exitCode } = await detect('photos/row.jpg', '--output', 'ndjson', '--vectors', '--max-faces', '2')
    expect(exitCode).toBe(0)
    const events = stdout
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line))
    expect(events.map(({ type }) => type)).toEqual(['start', 'item', 'warning', 'progress', 'summary'])
    const [, { item }, warning, , { summary }] = events
    expect(item).toMatchObject({ file: join(cwd, 'photos/row.jpg'), found: 5 })
    expect(item.faces).toHaveLength(2)
    for (const { vector } of item.faces) {
      expect(vector).toHaveLength(1024)
      expect(vector.reduce((sum: number, value: number) => sum + value * value, 0)).toBeCloseTo(1, 4)
    }
    expect(warning).toMatchObject({ code: 'FACES_LIMIT', message: '5 faces were found; the 2 largest are told.' })
    expect(summary).toMatchObject({ photos: 1, faces: 2, problems: 0, model: 'faceres-1', backend: 'onnx' })
  })

  test('--real asks two networks more', async () => {
    const run = await detect('photos/row.jpg', '--json', '--real', '--jobs', '1')
    const faces = run.json<Result & Record<string, unknown>>().photos[0]?.faces ?? []
    for (const { real, live } of faces) {
      expect(real).toBeGreaterThanOrEqual(0)
      expect(live).toBeLessThanOrEqual(1)
    }
    // Photos of living people: most are taken for that.
    expect(faces.filter(({ live }) => (live ?? 0) > 0.5).length).toBeGreaterThan(faces.length / 2)
  })

  test('says what is wrong with what was typed', async () => {
    expect(await detect('gone.jpg')).toMatchObject({
      exitCode: 6,
      stderr: expect.stringContaining('gone.jpg is not there.'),
    })
    for (const score of ['7', '0'])
      expect(await detect('sheet.jpg', '--min-score', score)).toMatchObject({ exitCode: 2 })
    expect(await detect('sheet.jpg', '--backend', 'none')).toMatchObject({ exitCode: 2 })
    expect(await detect('photos', '--draw', 'one.png')).toMatchObject({ exitCode: 2 })
    expect(await detect()).toMatchObject({ exitCode: 2 })
  })
})
