import { chmod, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { completeAnswers } from '../../src/app/init/answers.js'
import { askAnswers, sameCommand } from '../../src/app/init/wizard.js'
import { loadDesign } from '../../src/cards/design/load-design.js'
import ConfigShow from '../../src/commands/config/show.js'
import Init from '../../src/commands/init.js'
import Issue from '../../src/commands/issue.js'
import { KIND_NAMES } from '../../src/kit/design-kinds.js'
import { runCommand } from '../support/run-command.js'
import { tempDir } from '../support/temp-dir.js'

const root = await tempDir('init')

async function snapshot(dir: string): Promise<Record<string, string>> {
  const files = (await readdir(dir, { recursive: true, withFileTypes: true })).filter((entry) => entry.isFile())
  const texts = await Promise.all(
    files.map(async ({ parentPath, name }) => [join(parentPath, name), await readFile(join(parentPath, name), 'hex')]),
  )
  return Object.fromEntries(texts) as Record<string, string>
}

test('without questions: defaults make a launch that is valid and ends with the next commands', async () => {
  const run = await runCommand(Init, ['my-coffee'], { cwd: root })
  expect(run).toMatchObject({ exitCode: 0, stderr: '' })
  expect(run.stdout.trimEnd().split('\n').slice(-5)).toEqual([
    'Next:',
    '  cd my-coffee',
    '  tessera certs dev',
    '  tessera issue members.csv --design bonus --out cards',
    '  tessera card list',
  ])
  const dir = join(root, 'my-coffee')
  const config = await runCommand(ConfigShow, ['--json'], { cwd: dir })
  expect(config.json()).toMatchObject({
    config: { organization: 'My coffee', currency: 'EUR', apple: { passTypeIdentifier: 'pass.com.example.loyalty' } },
  })
  const yaml = await readFile(join(dir, 'tessera.yaml'), 'utf8')
  const [, schema] = /^# yaml-language-server: \$schema=(.*)$/m.exec(yaml) ?? []
  expect(JSON.parse(await readFile(join(dir, schema ?? ''), 'utf8'))).toMatchObject({ type: 'object' })
  expect(await readFile(join(dir, '.gitignore'), 'utf8')).toContain('certs/*.key.pem')
})

test.each(KIND_NAMES)('%s: the sample members fit the design, and every one gets a card', async (kind) => {
  const run = await runCommand(Init, [`of-${kind}`, '--kind', kind, '--json'], { cwd: root })
  expect(run.json()).toMatchObject({ dir: join(root, `of-${kind}`), answers: { kind } })
  const design = await loadDesign(join(root, `of-${kind}`, 'designs', `${kind}.pkpasstemplate`))
  const csv = (await readFile(join(root, `of-${kind}`, 'members.csv'), 'utf8')).trimEnd().split('\n')
  expect(csv).toHaveLength(13)
  const header = csv[0]?.split(',') ?? []
  const { serial } = design.config
  const id = serial !== undefined && 'column' in serial ? serial.column : 'serial'
  expect(header).toEqual(expect.arrayContaining([id, 'locale', ...design.fields.map(({ key }) => key)]))
  expect(csv.join('\n')).toMatch(/Мария Соколова/)
  const issued = await runCommand(Issue, ['members.csv', '--design', kind, '--dry-run', '--json'], {
    cwd: join(root, `of-${kind}`),
  })
  expect(issued.json()).toMatchObject({ dryRun: true, issued: 12, rejected: 0, problems: [] })
})

test('a second run changes nothing and says what it kept', async () => {
  const dir = join(root, 'twice')
  await runCommand(Init, [dir, '--organization', 'First'])
  await writeFile(join(dir, 'members.csv'), 'mine\n')
  const before = await snapshot(dir)
  const run = await runCommand(Init, [dir, '--organization', 'Second'])
  expect(run.stdout.match(/^ {2}kept/gm)).toHaveLength(6)
  expect(run.stdout).toContain('tessera.yaml was there already')
  expect(await snapshot(dir)).toEqual(before)
})

test('a second run adds what is missing, from the values of the tessera.yaml that is there', async () => {
  const dir = join(root, 'holes')
  await runCommand(Init, [dir, '--organization', 'Nordlicht'])
  await rm(join(dir, 'designs'), { recursive: true })
  const run = await runCommand(Init, [dir, '--json'])
  const { files } = run.json<{ files: { path: string; action: string }[] }>()
  expect(files.filter(({ action }) => action === 'written')).toEqual([
    { path: join('designs', 'bonus.pkpasstemplate'), action: 'written' },
  ])
  const pass = await readFile(join(dir, 'designs', 'bonus.pkpasstemplate', 'pass.json'), 'utf8')
  expect(pass).toContain('"organizationName": "Nordlicht"')
})

test('--dry-run writes nothing', async () => {
  const run = await runCommand(Init, ['nowhere', '-n'], { cwd: root })
  expect(run.stdout).toContain('would write  tessera.yaml')
  expect(await readdir(root)).not.toContain('nowhere')
})

test('every wrong answer is named at once', async () => {
  const run = await runCommand(Init, ['wrong', '--team-id', 'x', '--currency', 'euro', '--locale', 'not a tag'], {
    cwd: root,
  })
  expect(run.exitCode).toBe(2)
  for (const flag of ['--team-id', '--currency', '--locale']) expect(run.stderr).toContain(flag)
  expect(await readdir(root)).not.toContain('wrong')
})

test('odd names survive YAML', async () => {
  const organization = 'Кофе & Co: #1 "best" - {x}'
  const dir = join(root, 'odd')
  await runCommand(Init, [dir, '--organization', organization])
  expect((await runCommand(ConfigShow, ['--json'], { cwd: dir })).json()).toMatchObject({ config: { organization } })
})

test('a file in the way is an error of its own', async () => {
  await writeFile(join(root, 'file'), '')
  expect((await runCommand(Init, ['file', '--json'], { cwd: root })).json()).toMatchObject({
    error: { code: 'LAUNCH_UNWRITABLE' },
  })
})

test.skipIf(process.platform !== 'linux')('a place where no folder can be is an error, not a hang', async () => {
  expect(await runCommand(Init, ['/proc/tessera/launch'])).toMatchObject({ exitCode: 7 })
})

test.skipIf(process.getuid?.() === 0)('a read-only folder is an error of its own', async () => {
  await chmod(root, 0o500)
  const run = await runCommand(Init, ['new'], { cwd: root }).finally(() => chmod(root, 0o700))
  expect(run.exitCode).toBe(7)
})

test('the wizard asks only for what no flag gives, and prints the command that does the same', async () => {
  const asked: string[] = []
  const given = await askAnswers(
    {
      async input({ message, default: preset = '', validate }) {
        asked.push(message)
        expect(validate?.('') === true || validate?.(preset) === true).toBe(true)
        return preset
      },
      async select({ choices, default: preset }) {
        const choice = choices.find(({ value }) => value !== preset)
        if (choice === undefined) throw new Error('no choice')
        return choice.value
      },
    },
    { organization: "O'Neill's", currency: 'USD' },
    'shop',
  )
  expect(asked).toHaveLength(4)
  const answers = completeAnswers(given, 'shop')
  expect(answers).toMatchObject({ kind: 'stamp', currency: 'USD' })
  const line = sameCommand(answers, 'shop')
  expect(line).toContain("tessera init shop --organization 'O'\\''Neill'\\''s'")
  expect(line).toContain('--kind stamp')
  expect(line).not.toContain('--service-url')
})
