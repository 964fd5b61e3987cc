import { mkdir, symlink, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { expect, test } from 'vitest'
import { listSources } from '../../../src/verifying/batch/list-sources.js'
import { LARGEST_FILE, type PassSource } from '../../../src/verifying/batch/pass-source.js'
import { verifySource } from '../../../src/verifying/batch/verify-source.js'
import { tempDir } from '../../support/temp-dir.js'
import { zipFiles } from '../../support/zip-files.js'

const dir = await tempDir('sources')
const pass = (serialNumber: string): Uint8Array => zipFiles({ 'pass.json': JSON.stringify({ serialNumber }) })

async function list(
  names: readonly string[],
  stdin: AsyncIterable<Uint8Array> = Readable.from([]),
): Promise<PassSource[]> {
  const found: PassSource[] = []
  for await (const source of listSources(names, { cwd: dir, fetch, stdin })) found.push(source)
  return found
}
const told = (sources: readonly PassSource[]) => sources.map(({ kind, file }) => `${kind} ${file}`)
const verified = async (sources: readonly PassSource[]) => {
  const reports = await Promise.all(sources.map((source) => verifySource(source, { content: false })))
  return reports.flat().map(({ file, bundle, findings, pass: facts }) => ({
    file,
    serial: facts?.serialNumber,
    bundle,
    rules: findings.map(({ rule }) => rule).filter((rule) => rule.startsWith('bundle.') || rule.startsWith('archive.')),
  }))
}

test('folders are searched, in the order of arguments and names; links and other files are passed over', async () => {
  await mkdir(join(dir, 'cards', 'b.d'), { recursive: true })
  await mkdir(join(dir, 'cards', 'c.pkpass'))
  await mkdir(join(dir, 'cards', '.hidden'))
  for (const name of ['z.pkpass', 'a.PKPASS', 'b.d/x.pkpass', '.hidden/no.pkpass', 'set.pkpasses', 'all.zip', 'readme'])
    await writeFile(join(dir, 'cards', name), pass(name))
  await writeFile(join(dir, 'cards', 'c.pkpass', 'pass.json'), '{}')
  await symlink(join(dir, 'cards'), join(dir, 'cards', 'round'))
  await symlink(join(dir, 'cards', 'z.pkpass'), join(dir, 'cards', 'link.pkpass'))
  await writeFile(join(dir, 'first.pkpass'), pass('first'))
  expect(told(await list(['first.pkpass', 'cards/', 'cards/c.pkpass']))).toEqual([
    'file first.pkpass',
    'file cards/a.PKPASS',
    'file cards/b.d/x.pkpass',
    'folder cards/c.pkpass',
    'file cards/set.pkpasses',
    'file cards/z.pkpass',
    'folder cards/c.pkpass',
  ])
})

test('what a file is, its content says', async () => {
  await writeFile(join(dir, 'renamed.zip'), pass('renamed'))
  expect(await verified(await list(['renamed.zip']))).toEqual([
    { file: 'renamed.zip', serial: 'renamed', bundle: undefined, rules: [] },
  ])
})

test('an archive of passes is no bundle: it may have any number of them', async () => {
  const passes = Object.fromEntries(Array.from({ length: 2100 }, (_, index) => [`${index}.pkpass`, pass(`s${index}`)]))
  await writeFile(join(dir, 'cards.zip'), zipFiles(passes))
  const sources = await list(['cards.zip'])
  expect(sources).toHaveLength(2100)
  expect(await verified(sources.slice(0, 2))).toEqual([
    { file: 'cards.zip/0.pkpass', serial: 's0', bundle: undefined, rules: [] },
    { file: 'cards.zip/1.pkpass', serial: 's1', bundle: undefined, rules: [] },
  ])
  await writeFile(join(dir, 'cards.pkpasses'), zipFiles(passes))
  const [whole, ...inner] = await list(['cards.pkpasses'])
  expect(inner).toHaveLength(2100)
  expect(await verified(whole === undefined ? [] : [whole])).toEqual([
    { file: 'cards.pkpasses', serial: undefined, bundle: true, rules: ['bundle.count'] },
  ])
})

test('a bundle is told what is wrong with it', async () => {
  const eleven = Object.fromEntries(Array.from({ length: 11 }, (_, index) => [`${index}.pkpass`, pass(`s${index}`)]))
  await writeFile(join(dir, 'eleven.pkpasses'), zipFiles(eleven))
  const count = await verified(await list(['eleven.pkpasses']))
  expect(count[0]).toEqual({ file: 'eleven.pkpasses', serial: undefined, bundle: true, rules: ['bundle.count'] })
  expect(count).toHaveLength(12)
  const odd = { 'a.pkpass': pass('same'), 'b.pkpass': pass('same'), 'notes.txt': Buffer.from('x') }
  await writeFile(join(dir, 'odd.pkpasses'), zipFiles(odd))
  const [report] = await verified(await list(['odd.pkpasses']))
  expect(report?.rules.toSorted()).toEqual(['bundle.other-file', 'bundle.same-pass'])
  await writeFile(join(dir, 'good.pkpasses'), zipFiles({ 'a.pkpass': pass('1'), 'b.pkpass': pass('2') }))
  expect((await verified(await list(['good.pkpasses']))).map(({ serial }) => serial)).toEqual(['1', '2'])
})

test('a pass in an archive that is damaged is told as such', async () => {
  const bytes = Buffer.from(zipFiles({ 'a.pkpass': pass('first'), 'b.pkpass': pass('second') }))
  const at = bytes.indexOf('pass.json')
  bytes[at + 20] = (bytes[at + 20] ?? 0) ^ 255
  await writeFile(join(dir, 'damaged.zip'), bytes)
  const reports = await verified(await list(['damaged.zip']))
  expect(reports.map(({ file, serial }) => `${file} ${serial}`)).toEqual([
    'damaged.zip/a.pkpass undefined',
    'damaged.zip/b.pkpass second',
  ])
})

test('a pipe is read, as far as a pass may go', async () => {
  const [source] = await list(['-'], Readable.from([Buffer.from('PK'), Buffer.from('..')]))
  expect(source).toMatchObject({ kind: 'bytes', file: '-', found: [] })
  const block = Buffer.alloc(16 * 1024 * 1024)
  let sent = 0
  const endless = (async function* () {
    for (;;) {
      sent += block.length
      yield block
    }
  })()
  await expect(list(['-'], endless)).rejects.toMatchObject({ code: 'PASS_UNREADABLE' })
  expect(sent).toBeLessThanOrEqual(LARGEST_FILE + block.length)
})

test('what is not there is told before anything is verified', async () => {
  const first = listSources(['first.pkpass', 'frist.pkpass'], { cwd: dir, fetch, stdin: Readable.from([]) }).next()
  await expect(first).rejects.toMatchObject({
    code: 'PASS_NOT_FOUND',
    exitCode: 6,
    message: 'frist.pkpass is not there.',
  })
  await mkdir(join(dir, 'empty'))
  await expect(list(['empty'])).rejects.toMatchObject({
    code: 'PASS_NOT_FOUND',
    message: 'empty holds no .pkpass, no .pkpasses and no pass.json.',
  })
  await symlink('circle.pkpass', join(dir, 'circle.pkpass'))
  await expect(list(['circle.pkpass'])).rejects.toMatchObject({
    code: 'PASS_NOT_FOUND',
    message: expect.stringContaining('ELOOP'),
  })
})

test('one pass may unpack to less than a bundle', async () => {
  const large = Buffer.alloc(30 * 1024 * 1024)
  const names = ['a', 'b', 'c', 'd', 'e']
  const bytes = zipFiles({ 'pass.json': '{}', ...Object.fromEntries(names.map((name) => [`${name}.bin`, large])) })
  const [report] = await verifySource({ kind: 'bytes', file: 'card.pkpass', bytes, found: [] }, { content: false })
  const refused = report?.findings.filter(({ rule }) => rule === 'archive.size')
  expect(refused?.map(({ place }) => place.file)).toEqual(['e.bin'])
})

test('a bundle that is called .pkpass is refused, and passes in its folders are not at its top', async () => {
  await writeFile(join(dir, 'family.pkpass'), zipFiles({ 'a.pkpass': pass('a') }))
  await writeFile(join(dir, 'folder.pkpasses'), zipFiles({ 'cards/a.pkpass': pass('a'), 'b.pkpass': pass('b') }))
  const named = await Promise.all((await list(['family.pkpass'])).map((source) => verifySource(source, {})))
  expect(named.flat()[0]).toMatchObject({
    file: 'family.pkpass',
    bundle: true,
    verdict: 'invalid',
    findings: [{ rule: 'archive.other-format', severity: 'refused' }],
  })
  expect((await verified(await list(['folder.pkpasses'])))[0]).toMatchObject({ rules: ['bundle.other-file'] })
})
