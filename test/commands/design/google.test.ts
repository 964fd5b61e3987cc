import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import DesignGoogle from '../../../src/commands/design/google.js'
import DesignNew from '../../../src/commands/design/new.js'
import { runCommand } from '../../support/run-command.js'
import { tempDir } from '../../support/temp-dir.js'

async function launch(more = ''): Promise<string> {
  const cwd = await tempDir('google')
  const apple = 'apple: {passTypeIdentifier: pass.com.example.card, teamIdentifier: A1B2C3D4E5}\n'
  await writeFile(join(cwd, 'tessera.yaml'), `version: 1\norganization: Nordlicht\n${apple}${more}`)
  await runCommand(DesignNew, ['gold', '--kind', 'bonus'], { cwd })
  return cwd
}

test('the report says where everything goes, what is needed first', async () => {
  const run = await runCommand(DesignGoogle, ['gold'], { cwd: await launch() })
  expect(run.exitCode).toBe(0)
  expect(run.stdout).toMatch(/kind +loyalty\nclass +ISSUER_ID\.gold\n/)
  expect(run.stdout).toMatch(/^balance \(storeCard\/primaryFields\/0\) +object\.loyaltyPoints +A balance/m)
  const headings = [...run.stdout.matchAll(/^([A-Z][a-z ]+) \(\d+ points?\)$/gim)].map(([, title]) => title)
  expect(headings.slice(0, 2)).toEqual(['Google needs', 'Lost'])
})

test('--json gives class, object and report; the issuer id comes from tessera.yaml', async () => {
  const cwd = await launch('google: {issuerId: "3388000000012345678"}\n')
  const made = (await runCommand(DesignGoogle, ['gold', '--locale', 'ru', '--json'], { cwd })).json()
  expect(made).toMatchObject({
    design: 'gold',
    type: 'loyalty',
    class: { id: '3388000000012345678.gold', issuerName: 'Nordlicht', programName: 'Бонусная карта' },
    object: { classId: '3388000000012345678.gold' },
    files: [],
  })
  expect((made.report as { id: string }[]).some(({ id }) => id === 'issuer.missing')).toBe(false)
})

test('--out writes both and a picture, but never where the launch keeps its own files', async () => {
  const cwd = await launch()
  const made = (await runCommand(DesignGoogle, ['gold', '--out', 'g', '--json'], { cwd })).json()
  expect(made.files).toEqual(['class.json', 'object.json', 'google-wallet.png'].map((file) => join(cwd, 'g', file)))
  expect(JSON.parse(await readFile(join(cwd, 'g', 'class.json'), 'utf8'))).toEqual(made.class)
  expect((await readFile(join(cwd, 'g', 'google-wallet.png'))).subarray(1, 4).toString()).toBe('PNG')
  const refused = await runCommand(DesignGoogle, ['gold', '--out', 'designs', '--json'], { cwd })
  expect(refused.json()).toMatchObject({ error: { code: 'OUTPUT_UNWRITABLE' } })
})

test('an issuer id that YAML reads as a number is refused: it would lose its last digits', async () => {
  const cwd = await tempDir('google')
  const apple = 'apple: {passTypeIdentifier: pass.com.example.card, teamIdentifier: A1B2C3D4E5}\n'
  await writeFile(
    join(cwd, 'tessera.yaml'),
    `version: 1\norganization: N\n${apple}google: {issuerId: 3388000000012345678}\n`,
  )
  const run = await runCommand(DesignGoogle, ['gold'], { cwd })
  expect(run).toMatchObject({ exitCode: 7, stdout: '' })
  expect(run.stderr).toContain('"google.issuerId" must be a string, not a number; put it in quotes')
})
