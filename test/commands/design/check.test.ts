import { mkdir, readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import DesignCheck from '../../../src/commands/design/check.js'
import DesignNew from '../../../src/commands/design/new.js'
import { runCommand } from '../../support/run-command.js'
import { tempDir } from '../../support/temp-dir.js'

const CONFIG =
  'version: 1\norganization: Nordlicht\napple: {passTypeIdentifier: pass.com.example.card, teamIdentifier: A1B2C3D4E5}\n'

/** A launch with the design "bonus", whose pass.json is edited. */
async function launch(edit: (text: string) => string = (text) => text): Promise<{ cwd: string; dir: string }> {
  const cwd = await tempDir('check')
  await writeFile(join(cwd, 'tessera.yaml'), CONFIG)
  await runCommand(DesignNew, ['--kind', 'bonus'], { cwd })
  const dir = join(cwd, 'designs', 'bonus.pkpasstemplate')
  const file = join(dir, 'pass.json')
  await writeFile(file, edit((await readFile(file, 'utf8')).replaceAll('example.com', 'nord.example')))
  return { cwd, dir }
}

const breakVersion = (text: string) => text.replace('"formatVersion": 1', '"formatVersion": 2')
const cutContrast = (text: string) => text.replace(/"labelColor": "[^"]+"/, '"labelColor": "rgb(60, 80, 110)"')

test('a design made from a template is shown as designed', async () => {
  const { cwd } = await launch()
  expect(await runCommand(DesignCheck, [], { cwd })).toMatchObject({
    exitCode: 0,
    stdout: 'bonus: phones will show this card as designed.\n',
  })
})

test('a card that phones refuse is told with place, reason and remedy, and exit code 6', async () => {
  const { cwd } = await launch(breakVersion)
  const { exitCode, stdout } = await runCommand(DesignCheck, ['bonus'], { cwd })
  expect(exitCode).toBe(6)
  expect(stdout).toBe(
    'bonus: phones refuse this card: 1 reason.\n\n' +
      'pass.json\n' +
      '  2:20 refused formatVersion is 2, which no phone knows. (identity.format-version)\n' +
      '      Write "formatVersion": 1.\n',
  )
})

test('what is shown badly is exit code 6 only when asked to be strict', async () => {
  const { cwd } = await launch(cutContrast)
  const plain = await runCommand(DesignCheck, [], { cwd })
  expect(plain).toMatchObject({ exitCode: 0, stdout: expect.stringContaining('not as designed: 2 findings.') })
  expect(await runCommand(DesignCheck, ['--strict'], { cwd })).toMatchObject({ exitCode: 6 })
})

test('for scripts there are counts and findings of every design', async () => {
  const { cwd, dir } = await launch(breakVersion)
  await runCommand(DesignNew, ['stamp', '--kind', 'stamp'], { cwd })
  const { exitCode, json } = await runCommand(DesignCheck, ['--json'], { cwd })
  expect(exitCode).toBe(6)
  expect(json()).toMatchObject([
    {
      design: 'bonus',
      dir,
      ok: false,
      counts: { refused: 1, 'refused-by-some': 0, 'shown-badly': 0, advice: 0 },
      findings: [{ rule: 'identity.format-version', severity: 'refused', place: { file: 'pass.json', line: 2 } }],
    },
    { design: 'stamp', ok: true },
  ])
})

test('a folder is checked without a launch, and one that is not there is an error', async () => {
  const { dir } = await launch(breakVersion)
  const elsewhere = await tempDir('elsewhere')
  const found = await runCommand(DesignCheck, [dir], { cwd: elsewhere })
  expect(found).toMatchObject({ exitCode: 6, stdout: expect.stringContaining('identity.format-version') })
  const missing = await runCommand(DesignCheck, ['./nowhere'], { cwd: elsewhere })
  expect(missing).toMatchObject({ exitCode: 6, stderr: expect.stringContaining('There is no design "./nowhere"') })
  const unnamed = await runCommand(DesignCheck, ['bonus'], { cwd: elsewhere })
  expect(unnamed.stderr).toContain('tessera.yaml')
})

test('a folder that cannot be loaded is findings, not an error', async () => {
  const { cwd, dir } = await launch((text) => text.replace('"formatVersion": 1,', '"formatVersion": 1'))
  await rm(join(dir, 'design.yaml'))
  const { exitCode, stdout } = await runCommand(DesignCheck, ['bonus'], { cwd })
  expect(exitCode).toBe(6)
  expect(stdout).toContain('design.yaml\n  refused There is no design.yaml')
  expect(stdout).toContain('pass.json\n  3:3 refused Expected "," or "}", found "\\"". (file.syntax)')
})

test('many findings of one rule are told in short', async () => {
  const { cwd } = await launch((text) =>
    text.replaceAll(/"label": "[^"]+",/g, (label) => `${label} "lable": "typo",`).replaceAll(/"label": "[^"]+", /g, ''),
  )
  const { stdout } = await runCommand(DesignCheck, [], { cwd })
  expect(stdout.match(/\(fields\.unknown-key\)/g)).toHaveLength(4)
  expect(stdout).toMatch(/and \d+ more of fields\.unknown-key; --json has all/)
})

test('--fix mends and says what is left; a dry run shows the lines', async () => {
  const { cwd, dir } = await launch((text) => text.replace('rgb(18, 41, 74)', 'rgb(18-41-74)'))
  const dry = await runCommand(DesignCheck, ['--fix', '--dry-run'], { cwd })
  expect(dry.exitCode).toBe(6)
  expect(dry.stdout).toContain(
    'Would mend:\npass.json (colour.format)\n  @@ line 10\n  -   "backgroundColor": "rgb(18-41-74)",',
  )
  const { exitCode, stdout } = await runCommand(DesignCheck, ['--fix'], { cwd })
  expect(exitCode).toBe(0)
  expect(stdout).toContain('bonus: phones will show this card as designed.\n\nMended:\npass.json (colour.format)')
  expect(await readFile(join(dir, 'pass.json'), 'utf8')).toContain('"backgroundColor": "rgb(18, 41, 74)"')
})

test('SARIF is written where asked, with paths from here', async () => {
  const { cwd } = await launch(breakVersion)
  await mkdir(join(cwd, 'reports'))
  const { exitCode, stdout } = await runCommand(DesignCheck, ['--format', 'sarif', '--out', 'reports/check.sarif'], {
    cwd,
  })
  expect({ exitCode, stdout }).toEqual({ exitCode: 6, stdout: 'bonus: phones refuse this card: 1 reason.\n' })
  const log = JSON.parse(await readFile(join(cwd, 'reports', 'check.sarif'), 'utf8'))
  const [result] = log.runs[0].results
  expect(result.locations[0].physicalLocation.artifactLocation.uri).toBe('designs/bonus.pkpasstemplate/pass.json')
  const refused = await runCommand(DesignCheck, ['--out', 'tessera.yaml'], { cwd })
  expect(refused.stderr).toContain('the launch keeps files of its own')
})

test('rules are listed and explained', async () => {
  const cwd = await tempDir('rules')
  const listed = await runCommand(DesignCheck, ['--rules'], { cwd })
  expect(listed.stdout).toMatch(/^picture\.icon-scale +shown-badly +yes +The icon is missing at a scale\.$/m)
  const explained = await runCommand(DesignCheck, ['--explain', 'picture.icon-scale'], { cwd })
  expect(explained.stdout).toMatch(/why +Phones enlarge the next smaller one/)
  const unknown = await runCommand(DesignCheck, ['--explain', 'picture.icon-scala'], { cwd })
  expect(unknown).toMatchObject({ exitCode: 2, stderr: expect.stringContaining('Did you mean picture.icon-scale?') })
})

test('--json and SARIF on stdout do not go together; with a file they do', async () => {
  const { cwd } = await launch()
  const refused = await runCommand(DesignCheck, ['--json', '--format', 'sarif'], { cwd })
  expect(refused.exitCode).toBe(2)
  expect(refused.json()).toMatchObject({ error: { code: 'USAGE', hints: ['Add --out FILE, or leave out one.'] } })
  const both = await runCommand(DesignCheck, ['--json', '--format', 'sarif', '--out', 'check.sarif'], { cwd })
  expect(both.json()).toMatchObject([{ design: 'bonus', ok: true }])
  expect(JSON.parse(await readFile(join(cwd, 'check.sarif'), 'utf8'))).toMatchObject({ version: '2.1.0' })
})
