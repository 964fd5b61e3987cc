import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import sharp from 'sharp'
import { expect, test } from 'vitest'
import DesignNew from '../../../src/commands/design/new.js'
import DesignPictures from '../../../src/commands/design/pictures.js'
import { runCommand } from '../../support/run-command.js'
import { tempDir } from '../../support/temp-dir.js'

const LOGO =
  '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 40 40"><circle cx="20" cy="20" r="18" fill="#d62828"/></svg>'

async function launch(): Promise<string> {
  const dir = await tempDir('design-pictures')
  await writeFile(
    join(dir, 'tessera.yaml'),
    'version: 1\norganization: Nordlicht\napple: {passTypeIdentifier: pass.com.example.card, teamIdentifier: A1B2C3D4E5}\n',
  )
  await writeFile(join(dir, 'logo.svg'), LOGO)
  const photo = sharp({ create: { width: 1500, height: 700, channels: 3, background: '#264653' } })
  await writeFile(join(dir, 'photo.jpg'), await photo.jpeg().toBuffer())
  return dir
}

const folderOf = (cwd: string, name: string) => join(cwd, 'designs', `${name}.pkpasstemplate`)

async function allOf(dir: string): Promise<Record<string, string>> {
  const entries = (await readdir(dir, { recursive: true, withFileTypes: true })).filter((entry) => entry.isFile())
  const read = async (path: string) => [path, (await readFile(path)).toString('hex')] as const
  return Object.fromEntries(await Promise.all(entries.map(({ parentPath, name }) => read(join(parentPath, name)))))
}

test('one command makes a template the client’s own', async () => {
  const cwd = await launch()
  const argv = ['client', '--kind', 'bonus', '--brand', 'logo.svg', '--hero', 'photo.jpg', '--color', '#1f6f5c']
  const made = await runCommand(DesignNew, argv, { cwd })
  expect(made).toMatchObject({ exitCode: 0, stdout: expect.stringContaining('Made ') })
  const pass = JSON.parse(await readFile(join(folderOf(cwd, 'client'), 'pass.json'), 'utf8'))
  expect(pass).toMatchObject({ backgroundColor: 'rgb(31, 111, 92)', logoText: 'Nordlicht' })
  const strip = await sharp(join(folderOf(cwd, 'client'), 'strip@3x.png'))
    .removeAlpha()
    .raw()
    .toBuffer()
  // The photo, at the right.
  const [red = 0, green = 0, blue = 0] = strip.subarray(1120 * 3)
  expect(Math.hypot(red - 0x26, green - 0x46, blue - 0x53)).toBeLessThan(20)
  expect((await runCommand(DesignNew, argv, { cwd })).stdout).toContain('is there already')
})

test('the pictures of a design are replaced and weighed; a dry run writes nothing', async () => {
  const cwd = await launch()
  await runCommand(DesignNew, ['gold', '--kind', 'bonus'], { cwd })
  const dir = folderOf(cwd, 'gold')
  await writeFile(join(dir, 'logo.psd'), 'layers')
  const before = await allOf(dir)
  const dry = await runCommand(DesignPictures, ['gold', '--logo', 'logo.svg', '--dry-run'], { cwd })
  expect(dry).toMatchObject({ exitCode: 0, stdout: expect.stringMatching(/^Would change icon\.png, icon@2x\.png/) })
  expect(await allOf(dir)).toEqual(before)

  const done = await runCommand(DesignPictures, ['gold', '--logo', 'logo.svg', '--json'], { cwd })
  expect(done.json()).toMatchObject({
    name: 'gold',
    dryRun: false,
    changed: ['icon.png', 'icon@2x.png', 'icon@3x.png', 'logo.png', 'logo@2x.png', 'logo@3x.png'],
    colours: { background: '#12294a' },
    weight: { verdict: 'fits', budget: 150_000 },
  })
  const after = await allOf(dir)
  expect(Object.keys(after)).toEqual(Object.keys(before))
  expect(after[join(dir, 'logo.psd')]).toBe(before[join(dir, 'logo.psd')])
  const again = await runCommand(DesignPictures, ['gold', '--logo', 'logo.svg'], { cwd })
  expect(again.stdout).toMatch(/^Nothing changes/)
})

test('without files it only says what weighs what', async () => {
  const cwd = await launch()
  await runCommand(DesignNew, ['gold', '--kind', 'bonus'], { cwd })
  const before = await allOf(folderOf(cwd, 'gold'))
  const { stdout, exitCode } = await runCommand(DesignPictures, ['gold'], { cwd })
  expect(exitCode).toBe(0)
  expect(stdout).toMatch(/^PICTURE +FILES +WEIGHT +SHARE\n/)
  expect(stdout).toMatch(/^strip +3 +\d+(?:\.\d)? KB +\d+ %$/m)
  expect(stdout).toMatch(/^together .* 100 %\nLight enough: a card should stay under 150 KB\.\n$/m)
  expect(await allOf(folderOf(cwd, 'gold'))).toEqual(before)
})

test.each([
  [['--logo', 'nothing.png'], 'PICTURE_UNUSABLE', 6, /nothing\.png is not there/],
  [['--logo', '.'], 'PICTURE_UNUSABLE', 6, /is not a file/],
  [['--hero', 'page.png'], 'PICTURE_UNUSABLE', 6, /page\.png is a web page, not a picture/],
  [['--color', 'bluish'], 'COLOUR_UNKNOWN', 2, /"bluish" is not a colour/],
])('%j is refused with %s, and the design stays as it is', async (flags, code, exit, message) => {
  const cwd = await launch()
  await writeFile(join(cwd, 'page.png'), '<!doctype html><title>404</title>')
  await runCommand(DesignNew, ['gold', '--kind', 'bonus'], { cwd })
  const before = await allOf(folderOf(cwd, 'gold'))
  const run = await runCommand(DesignPictures, ['gold', ...flags, '--json'], { cwd })
  expect(run.exitCode).toBe(exit)
  expect(run.json()).toMatchObject({
    error: { code, message: expect.stringMatching(message), hints: [expect.any(String)] },
  })
  expect(await allOf(folderOf(cwd, 'gold'))).toEqual(before)
})

test('a design that cannot be changed is left whole', async () => {
  const cwd = await launch()
  await runCommand(DesignNew, ['gold', '--kind', 'bonus'], { cwd })
  const dir = folderOf(cwd, 'gold')
  await writeFile(
    join(dir, 'pass.json'),
    (await readFile(join(dir, 'pass.json'), 'utf8')).replace('storeCard', 'generic'),
  )
  // A folder stands where the new picture is to be.
  await mkdir(join(dir, 'thumbnail@3x.png', 'x'), { recursive: true })
  const before = await allOf(dir)
  const run = await runCommand(DesignPictures, ['gold', '--hero', 'photo.jpg'], { cwd, id: 'design:pictures' })
  expect(run.exitCode).toBe(7)
  expect(await allOf(dir)).toEqual(before)
})
