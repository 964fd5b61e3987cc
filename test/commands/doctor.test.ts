import { readdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { beforeAll, expect, test } from 'vitest'
import { checkVariables } from '../../src/app/doctor/machine-checks.js'
import Doctor from '../../src/commands/doctor.js'
import Init from '../../src/commands/init.js'
import { runCommand } from '../support/run-command.js'
import { tempDir } from '../support/temp-dir.js'

interface Report {
  ok: boolean
  checks: { id: string; status: string; detail: string; remedy?: string }[]
}

const root = await tempDir('doctor')
const launch = join(root, 'launch')

beforeAll(async () => {
  await runCommand(Init, [launch])
})

test('outside a launch it checks the machine, names the remedy and exits 7', async () => {
  const run = await runCommand(Doctor, [], { cwd: root })
  expect(run).toMatchObject({ exitCode: 7, stderr: '' })
  expect(run.stdout).toMatch(/^✓ Node/m)
  expect(run.stdout).toContain('make one with `tessera init DIR`')
  expect(run.stdout.trimEnd()).toMatch(/1 check failed\.$/)
})

test('every room contributes, and a check changes nothing', async () => {
  const run = await runCommand(Doctor, ['--json'], { cwd: launch })
  const { ok, checks } = run.json<Report>()
  const status = Object.fromEntries(checks.map((check) => [check.id, check.status]))
  expect(status).toMatchObject({
    'machine.node': 'ok',
    'launch.config': 'ok',
    'store.integrity': 'skipped',
    'certs.certificate': 'failed',
    'designs.bonus': 'ok',
  })
  expect(ok).toBe(false)
  expect(await readdir(join(launch, '.tessera'))).toEqual(['design.schema.json', 'tessera.schema.json'])
})

test('a damaged store and a broken design are named with a remedy', async () => {
  await writeFile(join(launch, '.tessera', 'store.db'), 'this is not a database, and long enough to be seen as none')
  await writeFile(join(launch, 'designs', 'bonus.pkpasstemplate', 'pass.json'), '{')
  const { checks } = (await runCommand(Doctor, ['--json'], { cwd: launch })).json<Report>()
  for (const id of ['store.integrity', 'designs.bonus']) {
    const check = checks.find((entry) => entry.id === id)
    expect(check).toMatchObject({ status: 'failed', remedy: expect.any(String) })
  }
})

test('an invalid tessera.yaml is a failed check, not a crash', async () => {
  const broken = join(root, 'broken')
  await runCommand(Init, [broken])
  await writeFile(join(broken, 'tessera.yaml'), 'version: 2\n')
  const run = await runCommand(Doctor, ['--json'], { cwd: broken })
  expect(run.exitCode).toBe(7)
  expect(run.json<Report>().checks.find(({ id }) => id === 'launch.config')).toMatchObject({ status: 'failed' })
})

test('a mistyped variable is a warning with a proposal', () => {
  expect(checkVariables({ TESSERA_LOCAL: 'ru' })).toMatchObject({
    status: 'warning',
    remedy: expect.stringContaining('TESSERA_LOCALE'),
  })
  expect(checkVariables({ TESSERA_LOCALE: 'ru', TESSERA_CACHE_DIR: '/x' })).toMatchObject({ status: 'ok' })
})
