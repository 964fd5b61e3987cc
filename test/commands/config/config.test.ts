import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { beforeAll, expect, test } from 'vitest'
import ConfigShow from '../../../src/commands/config/show.js'
import ConfigValidate from '../../../src/commands/config/validate.js'
import { runCommand } from '../../support/run-command.js'
import { tempDir } from '../../support/temp-dir.js'

const root = await tempDir('config')
const good = join(root, 'good')
const bad = join(root, 'bad')
const apple = 'apple: { passTypeIdentifier: pass.com.example.loyalty, teamIdentifier: ABCDE12345 }'

beforeAll(async () => {
  await Promise.all([mkdir(good), mkdir(bad)])
  await writeFile(join(good, 'tessera.yaml'), `version: 1\norganization: Nordlicht\n${apple}\n`)
  await writeFile(join(bad, 'tessera.yaml'), `version: 1\norganisation: Nordlicht\n${apple}\ncurrency: euro\n`)
})

test('config show --origin tells flag, variable, line and default apart', async () => {
  const run = await runCommand(ConfigShow, ['--origin', '--launch', good], { cwd: root, env: { TESSERA_LOCALE: 'ru' } })
  expect(run.exitCode).toBe(0)
  expect(run.stdout).toMatch(/^launch +\/.*good +--launch$/m)
  expect(run.stdout).toMatch(/^organization +Nordlicht +tessera\.yaml line 2$/m)
  expect(run.stdout).toMatch(/^locale +ru +TESSERA_LOCALE$/m)
  expect(run.stdout).toMatch(/^currency +EUR +default$/m)
})

test('config show --json gives the configuration, with --origin also the origins', async () => {
  const run = await runCommand(ConfigShow, ['--json', '--origin'], { cwd: root, env: { TESSERA_LAUNCH: 'good' } })
  expect(run.json()).toMatchObject({
    file: join(good, 'tessera.yaml'),
    config: { organization: 'Nordlicht', currency: 'EUR' },
    origins: { launch: { kind: 'env', name: 'TESSERA_LAUNCH' }, organization: { kind: 'file', line: 2 } },
  })
})

test('config validate names every error with line and column', async () => {
  expect(await runCommand(ConfigValidate, [], { cwd: good })).toMatchObject({ exitCode: 0, stderr: '' })
  const run = await runCommand(ConfigValidate, [], { cwd: bad })
  expect(run).toMatchObject({ exitCode: 7, stdout: '' })
  expect(run.stderr).toContain('line 2, column 1: unknown key "organisation"; did you mean "organization"?')
  expect(run.stderr).toContain('line 4, column 11: "currency" is "euro"')
  const json = await runCommand(ConfigValidate, ['--json'], { cwd: bad })
  expect(json.json()).toMatchObject({
    error: { code: 'CONFIG_INVALID', details: { problems: [{ line: 2 }, { line: 4 }] } },
  })
})
