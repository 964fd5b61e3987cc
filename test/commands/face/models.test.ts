import { mkdir, readdir, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { beforeAll, expect, test } from 'vitest'
import FaceDetect from '../../../src/commands/face/detect.js'
import FaceModelsAdd from '../../../src/commands/face/models/add.js'
import FaceModelsList from '../../../src/commands/face/models/list.js'
import FaceModelsRemove from '../../../src/commands/face/models/remove.js'
import FaceModelsShow from '../../../src/commands/face/models/show.js'
import Init from '../../../src/commands/init.js'
import { FACES, faceBytes } from '../../support/face-inputs.js'
import { type CommandRun, runCommand } from '../../support/run-command.js'
import { smallRecogniser } from '../../support/small-recogniser.js'
import { tempDir } from '../../support/temp-dir.js'

const root = await tempDir('face-models')
const launch = join(root, 'launch')
const env = { NO_COLOR: '1' }
// Read when the first command runs: nothing is to be left in the data folder of whoever runs the tests.
process.env.TESSERA_DATA_DIR = join(root, 'data')

beforeAll(async () => {
  await runCommand(Init, [launch])
  await writeFile(join(launch, 'small.onnx'), smallRecogniser())
  await writeFile(
    join(launch, 'sharp.yaml'),
    'input: {width: 112, height: 112, channels: bgr}\noutput: {length: 128}\n',
  )
})

const run = (command: unknown, ...argv: string[]): Promise<CommandRun> =>
  runCommand(command, argv, { cwd: launch, env, id: 'face:models' })

test('a model is added to the launch, listed, shown and removed', async () => {
  const empty = await run(FaceModelsList)
  expect(empty.stderr).toContain('No model was added yet')
  const added = await run(FaceModelsAdd, 'small.onnx', '--recipe', 'sface')
  expect(added).toMatchObject({ exitCode: 0, stdout: expect.stringMatching(/small@[0-9a-f]{12}/) })
  await stat(join(launch, '.tessera', 'face-models', 'small', 'model.onnx'))
  const other = await run(FaceModelsAdd, 'small.onnx', '--recipe', 'sharp.yaml', '--name', 'other', '--json')
  expect(other.json()).toMatchObject({ name: 'other', recipe: { input: { channels: 'bgr' }, align: 'arcface' } })
  const listed = await run(FaceModelsList, '--json')
  expect(listed.json<{ name: string }[]>().map(({ name }) => name)).toEqual(['other', 'small'])
  expect((await run(FaceModelsList)).stdout).toMatch(/^small +small@\S+ +128 /m)
  const shown = await run(FaceModelsShow, 'small')
  expect(shown.stdout).toMatch(/aligned to +sface/)
  const unsure = await run(FaceModelsRemove, 'small', '--no-input')
  expect(unsure).toMatchObject({ exitCode: 2, stderr: expect.stringContaining('--yes') })
  expect(await run(FaceModelsRemove, 'small', '--yes')).toMatchObject({ exitCode: 0 })
  expect(await readdir(join(launch, '.tessera', 'face-models'))).toEqual(['other'])
})

test('what cannot be is told with a code, and leaves nothing', async () => {
  const codes: [string, string[], unknown][] = [
    ['FACE_MODEL_NOT_FOUND', ['nobody'], FaceModelsShow],
    ['FACE_MODEL_NOT_FOUND', ['nobody', '--yes'], FaceModelsRemove],
    ['FACE_MODEL_RECIPE', ['small.onnx', '--recipe', 'none.yaml'], FaceModelsAdd],
    ['FACE_MODEL_INVALID', ['small.onnx', '--recipe', 'arcface'], FaceModelsAdd],
    ['FACE_MODEL_INVALID', ['sharp.yaml', '--recipe', 'sface'], FaceModelsAdd],
    ['FACE_MODEL_NAME', ['small.onnx', '--recipe', 'sface', '--name', 'a/b'], FaceModelsAdd],
  ]
  const before = await readdir(join(launch, '.tessera', 'face-models'))
  for (const [code, argv, command] of codes) {
    expect((await run(command, ...argv, '--json')).json()).toMatchObject({ error: { code } })
  }
  expect(await readdir(join(launch, '.tessera', 'face-models'))).toEqual(before)
})

test('outside of a launch models are kept in the data folder of the user, which serves launches too', async () => {
  const outside = join(root, 'outside')
  await mkdir(outside)
  const added = await runCommand(
    FaceModelsAdd,
    ['../launch/small.onnx', '--recipe', 'sface', '--name', 'test-outside'],
    {
      cwd: outside,
      env,
    },
  )
  try {
    expect(added.result ?? added.stderr).toMatchObject({
      file: join(root, 'data', 'face-models', 'test-outside', 'model.onnx'),
    })
    const listed = await run(FaceModelsList, '--json')
    expect(listed.json<{ name: string }[]>().map(({ name }) => name)).toContain('test-outside')
  } finally {
    await runCommand(FaceModelsRemove, ['test-outside', '--yes'], { cwd: outside, env })
  }
})

test('faces get vectors of the model that is named', async () => {
  await writeFile(join(launch, 'face.png'), await faceBytes(FACES[0]))
  const { id } = (await run(FaceModelsShow, 'other', '--json')).json<{ id: string }>()
  // Threads find what the tests are started with from the folder they are started in.
  const detect = (model: string) =>
    runCommand(FaceDetect, [join(launch, 'face.png'), '--launch', launch, '--model', model, '--vectors', '--json'], {
      env: { ...env, TESSERA_CACHE_DIR: join(root, 'cache') },
      id: 'face:detect',
    })
  const detected = await detect('other')
  expect(detected.exitCode, detected.stdout).toBe(0)
  const { model, photos } = detected.json<{ model: string; photos: { faces: { vector: number[] | string }[] }[] }>()
  expect(model).toBe(id)
  expect(photos[0]?.faces).toHaveLength(1)
  expect(photos[0]?.faces[0]?.vector).toHaveLength(128)
  expect((await detect('nobody')).json()).toMatchObject({
    error: { code: 'FACE_MODEL_NOT_FOUND' },
  })
})
