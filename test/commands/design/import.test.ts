import { mkdir, readdir, readFile, symlink, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import DesignImport from '../../../src/commands/design/import.js'
import DesignShow from '../../../src/commands/design/show.js'
import { PIXEL } from '../../cards/design-folder.js'
import { runCommand } from '../../support/run-command.js'
import { tempDir } from '../../support/temp-dir.js'
import { zipFiles } from '../../support/zip-files.js'

const root = await tempDir('import')
let count = 0

async function launch(files: Readonly<Record<string, string | Uint8Array>> = {}): Promise<string> {
  const dir = join(root, String(count++))
  const config =
    'version: 1\norganization: Nordlicht\napple: {passTypeIdentifier: pass.com.example.card, teamIdentifier: A1B2C3D4E5}\n'
  await mkdir(dir)
  for (const [path, content] of Object.entries({ 'tessera.yaml': config, ...files })) {
    await mkdir(join(dir, path, '..'), { recursive: true })
    await writeFile(join(dir, path), content)
  }
  return dir
}

function card(serial: string, name: string): string {
  const pass = {
    formatVersion: 1,
    passTypeIdentifier: 'pass.org.other',
    teamIdentifier: 'OTHERTEAM1',
    organizationName: 'Other',
    description: 'Club card',
    serialNumber: serial,
    barcodes: [{ format: 'PKBarcodeFormatQR', message: serial, messageEncoding: 'iso-8859-1' }],
    generic: {
      primaryFields: [{ key: 'member', label: 'Member', value: name }],
      auxiliaryFields: [{ key: 'club', value: 'Chess' }],
    },
  }
  return JSON.stringify(pass, null, 2)
}

const FILES = { 'icon.png': PIXEL, 'manifest.json': '{}', signature: 'x' }
const pkpass = (serial: string, name: string): Buffer => zipFiles({ 'pass.json': card(serial, name), ...FILES })

test('a .pkpass becomes a design named after it, which other commands show', async () => {
  const cwd = await launch({ 'club.pkpass': pkpass('A-1001', 'Ann Lee') })
  const run = await runCommand(DesignImport, ['club.pkpass'], { cwd })
  expect(run).toMatchObject({ exitCode: 0 })
  expect(run.stdout).toMatch(/^member +primary +text +Anna Taylor +is somebody's name$/m)
  expect(run.stdout).toMatch(/^club +auxiliary +Chess$/m)
  expect(run.stdout).toContain(`Made ${join(cwd, 'designs', 'club.pkpasstemplate')}`)
  expect(run.stderr).toContain('tessera design show club')
  const shown = await runCommand(DesignShow, ['club', '--json'], { cwd })
  expect(shown.json()).toMatchObject({ name: 'club', title: 'Club card', fields: [{ key: 'member', required: true }] })
})

test('a dry run tells the same and writes nothing', async () => {
  const cwd = await launch({ 'club.pkpass': pkpass('A-1001', 'Ann Lee') })
  const run = await runCommand(DesignImport, ['club.pkpass', '--dry-run', '--json'], { cwd })
  expect(run.json()).toMatchObject({
    name: 'club',
    dryRun: true,
    fields: [{ key: 'member' }],
    codes: { barcode: { value: '{serial}' } },
  })
  expect(await readdir(cwd)).not.toContain('designs')
})

test('a design that is there is not overwritten; another name can be given', async () => {
  const cwd = await launch({
    'club.pkpass': pkpass('A-1001', 'Ann Lee'),
    'designs/club.pkpasstemplate/pass.json': '{}',
  })
  const run = await runCommand(DesignImport, ['club.pkpass', '--json'], { cwd })
  expect(run).toMatchObject({ exitCode: 6 })
  expect(run.json()).toMatchObject({
    error: { code: 'DESIGN_EXISTS', hints: ['Give another name: tessera design import club.pkpass NAME'] },
  })
  expect(await readFile(join(cwd, 'designs/club.pkpasstemplate/pass.json'), 'utf8')).toBe('{}')
  expect(await runCommand(DesignImport, ['club.pkpass', 'chess'], { cwd })).toMatchObject({ exitCode: 0 })
})

test.each([
  ['a folder', { 'in/pass.json': card('A-1', 'Ann Lee'), 'in/icon.png': PIXEL }, ['in', 'x']],
  [
    'a folder of Pass Designer',
    { 'in.pkpasstemplate/pass.json': card('A-1', 'Ann Lee'), 'in.pkpasstemplate/icon.png': PIXEL },
    ['in.pkpasstemplate/', 'x'],
  ],
  [
    'a folder that was packed whole',
    {
      'in.zip': zipFiles({
        'Card.raw/pass.json': card('A-1', 'Ann Lee'),
        'Card.raw/icon.png': PIXEL,
        '__MACOSX/Card.raw/._pass.json': 'x',
      }),
    },
    ['in.zip', 'x'],
  ],
])('%s is a pass too', async (_title, files, words) => {
  const cwd = await launch(files as Record<string, string | Uint8Array>)
  const run = await runCommand(DesignImport, [...words, '--json'], { cwd })
  expect(run.json()).toMatchObject({ name: 'x', style: 'generic', fields: [{ key: 'member' }] })
})

test('several cards are compared, whether in files of their own or in one .pkpasses', async () => {
  const [ann, mia] = [pkpass('A-1001', 'club'), pkpass('A-1002', 'Chess Club')]
  const cwd = await launch({
    'ann.pkpass': ann,
    'mia.pkpass': mia,
    'all.pkpasses': zipFiles({ 'ann.pkpass': ann, 'mia.pkpass': mia }),
  })
  const apart = await runCommand(DesignImport, ['ann.pkpass', 'mia.pkpass', 'a', '--json'], { cwd })
  const together = await runCommand(DesignImport, ['all.pkpasses', 'b', '--json'], { cwd })
  const fields = [{ key: 'member', why: 'differs between the 2 passes' }]
  expect(apart.json()).toMatchObject({ source: 'ann.pkpass', compared: ['mia.pkpass'], fields })
  expect(together.json()).toMatchObject({
    source: 'all.pkpasses/ann.pkpass',
    compared: ['all.pkpasses/mia.pkpass'],
    fields,
  })
})

describe('what is no pass', () => {
  test.each([
    ['is not there', {}, 'no.pkpass', /no\.pkpass is not there/],
    ['is no archive', { 'no.pkpass': 'text' }, 'no.pkpass', /not a zip archive/],
    ['holds no pass.json', { 'no.zip': zipFiles({ 'a.txt': 'x' }) }, 'no.zip', /holds no pass\.json/],
    [
      'has no JSON in it',
      { 'no.pkpass': zipFiles({ 'pass.json': '{"a": 1,\n"b" 2}' }) },
      'no.pkpass',
      /line 2, column 5: expected ":"/,
    ],
    [
      'has names that lead out of it',
      { 'no.pkpass': zipFiles({ '../pass.json': '{}' }) },
      'no.pkpass',
      /holds no pass\.json/,
    ],
  ])('is refused when it %s', async (_title, files, path, message) => {
    const cwd = await launch(files as Record<string, string | Uint8Array>)
    const run = await runCommand(DesignImport, [path, '--json'], { cwd })
    expect(run.exitCode).toBe(6)
    expect(run.json()).toMatchObject({ error: { code: 'PASS_UNREADABLE', message: expect.stringMatching(message) } })
    expect(await readdir(cwd)).not.toContain('designs')
  })

  test('a damaged picture of an archive is told, and the rest imported', async () => {
    const whole = pkpass('A-1001', 'Ann Lee')
    const at = whole.indexOf('icon.png') + 'icon.png'.length + 12
    whole[at] = (whole[at] ?? 0) ^ 0xff
    const cwd = await launch({ 'club.pkpass': whole })
    const run = await runCommand(DesignImport, ['club.pkpass', '--json'], { cwd })
    expect(run.json<{ notes: string[] }>().notes).toEqual(
      expect.arrayContaining([expect.stringMatching(/icon\.png .*(damaged|unpacked)/)]),
    )
  })

  test('links in a folder are passed over', async () => {
    const cwd = await launch({ 'in/pass.json': card('A-1', 'Ann Lee'), 'in/icon.png': PIXEL, 'secret.png': PIXEL })
    await symlink(join(cwd, 'secret.png'), join(cwd, 'in', 'logo.png'))
    const run = await runCommand(DesignImport, ['in', '--json'], { cwd })
    expect(run.json<{ taken: { path: string }[] }>().taken.map(({ path }) => path)).not.toContain('logo.png')
  })

  test('a name must serve as one', async () => {
    const cwd = await launch({ 'club.pkpass': pkpass('A-1001', 'Ann Lee') })
    const run = await runCommand(DesignImport, ['club.pkpass', '-x-'.replace('-x', '!x'), '--json'], { cwd })
    expect(run.json()).toMatchObject({ error: { code: 'DESIGN_NAME' } })
  })
})

test('a field may have any key, even one that objects have of their own', async () => {
  const pass = card('A-1', 'Anna').replace('"key": "member"', '"key": "__proto__"').replace('"club"', '"constructor"')
  const dir = await launch({ 'card.pkpass': zipFiles({ 'pass.json': pass, 'icon.png': PIXEL }) })
  const run = await runCommand(DesignImport, ['card.pkpass', 'club'], { cwd: dir })
  expect({ exitCode: run.exitCode, stderr: run.stderr }).toMatchObject({ exitCode: 0 })
  expect((await runCommand(DesignShow, ['club'], { cwd: dir })).exitCode).toBe(0)
})
