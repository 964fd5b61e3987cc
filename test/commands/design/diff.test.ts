import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import sharp from 'sharp'
import { beforeEach, describe, expect, test } from 'vitest'
import { loadDesign } from '../../../src/cards/design/load-design.js'
import DesignDiff from '../../../src/commands/design/diff.js'
import DesignNew from '../../../src/commands/design/new.js'
import { publishDesign } from '../../../src/issuing/publish-design.js'
import { openStore } from '../../../src/store/index.js'
import { runCommand } from '../../support/run-command.js'
import { tempDir } from '../../support/temp-dir.js'
import { zipFiles } from '../../support/zip-files.js'

const root = await tempDir('diff')
let count = 0
let cwd = ''
const passFile = (): string => join(cwd, 'designs', 'bonus.pkpasstemplate', 'pass.json')

beforeEach(async () => {
  cwd = join(root, String(count++))
  await mkdir(cwd)
  const config =
    'version: 1\norganization: Nordlicht\napple: {passTypeIdentifier: pass.com.example.card, teamIdentifier: A1B2C3D4E5}\n'
  await writeFile(join(cwd, 'tessera.yaml'), config)
  await runCommand(DesignNew, ['bonus', '--kind', 'bonus'], { cwd })
})

async function edit(from: string, to: string): Promise<void> {
  const text = await readFile(passFile(), 'utf8')
  expect(text).toContain(from)
  await writeFile(passFile(), text.replace(from, to))
}

async function publish(): Promise<void> {
  await mkdir(join(cwd, '.tessera'), { recursive: true })
  const store = await openStore({ dialect: 'sqlite', file: join(cwd, '.tessera', 'store.db') })
  const design = await loadDesign(join(cwd, 'designs', 'bonus.pkpasstemplate'))
  await publishDesign(store, design, {
    snapshotsDir: join(cwd, '.tessera', 'designs'),
    now: Date.now(),
    author: { actor: 'tester', source: 'publish' },
  })
  await store.close()
}

interface Diff {
  readonly same: boolean
  readonly differsInLayoutOnly: boolean
  readonly before: { readonly title: string }
  readonly after: { readonly title: string }
  readonly changes: readonly { readonly kind: string; readonly place: string }[]
  readonly holder: readonly { readonly locale: string; readonly kind: string }[]
}
const diff = async (...words: string[]): Promise<Diff> =>
  (await runCommand(DesignDiff, [...words, '--json'], { cwd })).json<Diff>()

describe('a design alone', () => {
  test('is compared with what cards are signed with now', async () => {
    await publish()
    expect(await diff('bonus')).toMatchObject({
      same: true,
      before: { title: 'bonus@1' },
      after: { title: 'bonus (as edited)' },
    })
    await edit('"label": "Points"', '"label": "Stars"')
    await edit('rgb(18, 41, 74)', 'rgb(0, 0, 0)')
    const run = await runCommand(DesignDiff, ['bonus'], { cwd })
    expect(run.exitCode).toBe(0)
    expect(run.stdout).toContain('~ backgroundColor: "rgb(18, 41, 74)" -> "rgb(0, 0, 0)"')
    expect(run.stdout).toContain('~ balance (primary) label: "Points" -> "Stars"')
    expect(run.stdout).toContain('~ ru  balance: "Баллы" -> "Stars"')
    expect(run.stdout).toMatch(/2 changes\n$/)
  })

  test('without cards has nothing to be compared with', async () => {
    const run = await runCommand(DesignDiff, ['bonus', '--json'], { cwd })
    expect(run.exitCode).toBe(6)
    expect(run.json()).toMatchObject({
      error: { code: 'DESIGN_VERSION', message: expect.stringContaining('No cards were issued') },
    })
  })
})

describe('versions', () => {
  test('are named by number, or as the published one', async () => {
    await publish()
    await edit('"logoText": "Nordlicht"', '"logoText": "Club"')
    await publish()
    expect(await diff('bonus@1', 'bonus@published')).toMatchObject({
      before: { title: 'bonus@1' },
      after: { title: 'bonus@2' },
      changes: [{ kind: 'text', place: 'logoText' }],
    })
    expect(await diff('bonus@2', 'bonus')).toMatchObject({ same: true, differsInLayoutOnly: false })
  })

  test('that there are not are told with those that there are', async () => {
    await publish()
    const run = await runCommand(DesignDiff, ['bonus@7', 'bonus', '--json'], { cwd })
    expect(run.json()).toMatchObject({
      error: { code: 'DESIGN_VERSION', message: expect.stringContaining('only version 1, not 7') },
    })
  })
})

test('white space and comments are told to be no change', async () => {
  await publish()
  const yaml = join(cwd, 'designs', 'bonus.pkpasstemplate', 'design.yaml')
  await writeFile(passFile(), JSON.stringify(JSON.parse(await readFile(passFile(), 'utf8'))))
  await writeFile(yaml, `# A remark.\n${await readFile(yaml, 'utf8')}`)
  expect(await diff('bonus')).toMatchObject({ same: true, differsInLayoutOnly: true, changes: [] })
})

test('a design and a .pkpass are compared without what issuing sets', async () => {
  const pass = JSON.parse(await readFile(passFile(), 'utf8'))
  Object.assign(pass, { serialNumber: '1001', description: 'Other' })
  pass.storeCard.secondaryFields[0].value = 'Ann Lee'
  await writeFile(
    join(cwd, 'card.pkpass'),
    zipFiles({ 'pass.json': JSON.stringify(pass), 'manifest.json': '{}', signature: 'x' }),
  )
  const { changes } = await diff('bonus', 'card.pkpass')
  expect(changes.filter(({ kind }) => kind !== 'picture' && kind !== 'translation')).toMatchObject([
    { kind: 'text', place: 'description' },
  ])
  const alone = await runCommand(DesignDiff, ['card.pkpass', '--json'], { cwd })
  expect(alone.json()).toMatchObject({ error: { code: 'USAGE' } })
})

test('both fronts are drawn side by side', async () => {
  await runCommand(DesignNew, ['stamp', '--kind', 'stamp'], { cwd })
  const run = await runCommand(DesignDiff, ['bonus', 'stamp', '--picture', 'both.png', '--locale', 'ru'], { cwd })
  expect(run.stderr).toContain(join(cwd, 'both.png'))
  const { width = 0, height = 0 } = await sharp(join(cwd, 'both.png')).metadata()
  expect(width).toBeGreaterThan(height)
  // The corners of the two cards: the blue one on the left, the light one on the right.
  const { data, info } = await sharp(join(cwd, 'both.png')).raw().toBuffer({ resolveWithObject: true })
  const at = (x: number): number[] => [
    ...data.subarray((Math.round(height * 0.8) * info.width + x) * info.channels).subarray(0, 3),
  ]
  expect(at(Math.round(width * 0.1))).toEqual([18, 41, 74])
  expect(at(Math.round(width * 0.9))).toEqual([248, 240, 229])
})

test('the picture never replaces what the launch lives on', async () => {
  const run = await runCommand(DesignDiff, ['bonus', 'bonus', '--picture', 'tessera.yaml', '--json'], { cwd })
  expect(run.json()).toMatchObject({ error: { code: 'OUTPUT_UNWRITABLE' } })
})

test('the words of one language only can be asked for', async () => {
  await runCommand(DesignNew, ['stamp', '--kind', 'stamp'], { cwd })
  const { holder } = await diff('bonus', 'stamp', '--locale', 'ru')
  expect(new Set(holder.map(({ locale }) => locale))).toEqual(new Set(['ru']))
})
