import { mkdir, readdir, readFile, symlink, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import PassUnpack from '../../../src/commands/pass/unpack.js'
import { runCommand } from '../../support/run-command.js'
import { smallDisk } from '../../support/small-disk.js'
import { tempDir } from '../../support/temp-dir.js'
import { makeShell } from '../../support/tessera.js'
import { zipFiles } from '../../support/zip-files.js'

const root = await tempDir('unpack')
const disk = await smallDisk(join(root, 'disk'), '256k')
let count = 0

async function folder(files: Readonly<Record<string, Uint8Array>>): Promise<string> {
  const cwd = join(root, String(count++))
  await mkdir(cwd)
  for (const [name, bytes] of Object.entries(files)) await writeFile(join(cwd, name), bytes)
  return cwd
}

const tree = async (dir: string): Promise<string[]> =>
  (await readdir(dir, { recursive: true, withFileTypes: true }))
    .filter((entry) => !entry.isDirectory())
    .map((entry) => join(entry.parentPath, entry.name).slice(dir.length + 1))
    .sort()

const FILES = { 'pass.json': '{}', 'icon@2x.png': 'x', 'en.lproj/pass.strings': '"a"="b";' }

test('the files are written into a folder called after the pass, and told', async () => {
  const cwd = await folder({ 'card.pkpass': zipFiles(FILES) })
  const dry = await runCommand(PassUnpack, ['card.pkpass', '-n'], { cwd })
  expect(dry.stdout).toContain('Would write 3 files')
  expect(await readdir(cwd)).toEqual(['card.pkpass'])
  const run = await runCommand(PassUnpack, ['card.pkpass'], { cwd })
  expect(run.exitCode).toBe(0)
  expect(run.stdout).toMatch(/^icon@2x\.png +1 B +picture icon at 2x$/m)
  expect(run.stdout).toMatch(/^en\.lproj\/pass\.strings +8 B +texts, en$/m)
  expect(run.stderr).toContain('tessera design import')
  expect(await tree(join(cwd, 'card'))).toEqual(Object.keys(FILES).sort())
  expect(await readFile(join(cwd, 'card', 'en.lproj', 'pass.strings'), 'utf8')).toBe('"a"="b";')
})

test('a folder with something in it is refused, and with --force never written through a link', async () => {
  const cwd = await folder({ 'card.pkpass': zipFiles(FILES) })
  const outside = join(cwd, 'outside')
  await mkdir(join(cwd, 'card'))
  await mkdir(outside)
  await writeFile(join(outside, 'own'), 'mine')
  await symlink(outside, join(cwd, 'card', 'en.lproj'))
  await symlink(join(outside, 'own'), join(cwd, 'card', 'pass.json'))
  const refused = await runCommand(PassUnpack, ['card.pkpass'], { cwd })
  expect(refused.exitCode).toBe(7)
  expect(refused.stderr).toContain('--force')
  const forced = await runCommand(PassUnpack, ['card.pkpass', '--force', '--json'], { cwd })
  expect(forced.exitCode).toBe(6)
  expect(forced.json().leftOut).toEqual([
    { source: 'card.pkpass', reason: 'en.lproj/pass.strings would be written through a link.' },
  ])
  expect(await tree(outside)).toEqual(['own'])
  expect(await readFile(join(outside, 'own'), 'utf8')).toBe('mine')
  expect(await readFile(join(cwd, 'card', 'pass.json'), 'utf8')).toBe('{}')
  expect((await readdir(cwd)).sort()).toEqual(['card', 'card.pkpass', 'outside'])
})

test('hostile names and damaged files are left out, the rest is written, and the command ends with 6', async () => {
  const bytes = zipFiles({ ...FILES, '../evil': 'x', '/abs': 'x', 'logo.png': 'content content' })
  bytes[bytes.indexOf('logo.png') + 8] = 0xff
  const cwd = await folder({ 'bad.pkpass': bytes })
  const run = await runCommand(PassUnpack, ['bad.pkpass', '--json'], { cwd })
  expect(run.exitCode).toBe(6)
  const { leftOut } = run.json<{ leftOut: { rule: string }[] }>()
  expect(leftOut.map(({ rule }) => rule)).toEqual(['archive.traversal', 'archive.traversal', 'archive.entry'])
  expect((await readdir(cwd)).sort()).toEqual(['bad', 'bad.pkpass'])
  expect(await tree(join(cwd, 'bad'))).toEqual(Object.keys(FILES).sort())
})

test('each pass of an archive gets a folder of its own, whatever it is called', async () => {
  const pass = zipFiles(FILES)
  const names = ['ann.pkpass', 'ANN.pkpass', '...pkpass', '..pkpass', 'broken.pkpass']
  const all = Object.fromEntries(names.map((name) => [name, name === 'broken.pkpass' ? '<html>' : pass]))
  const cwd = await folder({ 'set.pkpasses': zipFiles(all) })
  const run = await runCommand(PassUnpack, ['set.pkpasses', '--json'], { cwd })
  expect(run.exitCode).toBe(6)
  const { passes, leftOut } = run.json<{ passes: { folder: string }[]; leftOut: { rule: string }[] }>()
  expect(passes.map((one) => one.folder)).toEqual(['ann', 'ANN-2', '...pkpass', '..pkpass'])
  expect(leftOut.map(({ rule }) => rule)).toEqual(['archive.other-format'])
  expect((await readdir(cwd)).sort()).toEqual(['set', 'set.pkpasses'])
  expect(await tree(join(cwd, 'set'))).toHaveLength(12)
})

test('litter is passed over unless the manifest lists it; a folder around the files is taken away', async () => {
  const manifest = JSON.stringify({ 'Thumbs.db': '' })
  const files = { 'c/pass.json': '{}', 'c/manifest.json': manifest, 'c/Thumbs.db': 'x', '__MACOSX/c/._pass.json': 'x' }
  const cwd = await folder({ 'card.pkpass': zipFiles(files) })
  const run = await runCommand(PassUnpack, ['card.pkpass', 'out'], { cwd })
  expect(run.exitCode).toBe(0)
  expect(run.stdout).toContain('__MACOSX/c/._pass.json')
  expect(run.stdout).toContain('archive.parent-folder')
  expect(await tree(join(cwd, 'out'))).toEqual(['Thumbs.db', 'manifest.json', 'pass.json'])
})

test('a pass that is piped in is unpacked into a folder called "pass"', async () => {
  const cwd = await folder({ 'card.pkpass': zipFiles(FILES) })
  const shell = await makeShell(join(cwd, 'shell'))
  const run = await shell('cat card.pkpass | tessera pass unpack -', cwd)
  expect(run).toMatchObject({ exitCode: 0, stdout: expect.stringContaining('Wrote 3 files') })
  expect(await tree(join(cwd, 'pass'))).toEqual(Object.keys(FILES).sort())
})

test('what is no archive, and what is not there, is told', async () => {
  const cwd = await folder({ 'page.pkpass': Buffer.from('<html><title>Log in</title>') })
  const run = await runCommand(PassUnpack, ['page.pkpass'], { cwd })
  expect(run.exitCode).toBe(6)
  expect(run.stderr).toContain('an HTML page, "Log in"')
  expect((await runCommand(PassUnpack, ['absent.pkpass'], { cwd })).exitCode).toBe(6)
  expect(await readdir(cwd)).toEqual(['page.pkpass'])
  const onFolder = await runCommand(PassUnpack, ['.', '--json'], { cwd })
  expect(onFolder.exitCode).toBe(6)
  expect(onFolder.json()).toMatchObject({
    error: { code: 'PASS_UNREADABLE', hints: [expect.stringContaining('tessera pass show')] },
  })
})

test.skipIf(disk === undefined)('a full disk is told, and nothing is left behind', async () => {
  const cwd = await folder({ 'card.pkpass': zipFiles({ ...FILES, 'strip.png': Buffer.alloc(2_000_000, 1) }) })
  const run = await runCommand(PassUnpack, ['card.pkpass', join(disk ?? '', 'out')], { cwd })
  expect(run.exitCode).toBe(7)
  expect(run.stderr).toContain('the disk is full')
  expect(await readdir(disk ?? '')).toEqual([])
})
