import { readdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import DesignList from '../../../src/commands/design/list.js'
import DesignNew from '../../../src/commands/design/new.js'
import DesignShow from '../../../src/commands/design/show.js'
import { runCommand } from '../../support/run-command.js'
import { tempDir } from '../../support/temp-dir.js'

async function launch(): Promise<string> {
  const dir = await tempDir('design')
  const config =
    'version: 1\norganization: Nordlicht\napple: {passTypeIdentifier: pass.com.example.card, teamIdentifier: A1B2C3D4E5}\n'
  await writeFile(join(dir, 'tessera.yaml'), config)
  return dir
}

test('a design is made, listed and shown', async () => {
  const cwd = await launch()
  const made = await runCommand(DesignNew, ['gold', '--kind', 'bonus'], { cwd })
  expect(made).toMatchObject({ exitCode: 0, stdout: `Made ${join(cwd, 'designs', 'gold.pkpasstemplate')}\n` })
  const again = await runCommand(DesignNew, ['gold', '--kind', 'bonus'], { cwd })
  expect(again.stdout).toContain('is there already')

  const listed = await runCommand(DesignList, ['--json'], { cwd })
  expect(listed.json()).toMatchObject([
    { ok: true, name: 'gold', style: 'storeCard', fields: ['name', 'balance', 'level'] },
  ])

  const shown = await runCommand(DesignShow, ['gold'], { cwd })
  expect(shown.stdout).toMatch(/level +level +enum: Silver, Gold, Platinum +header +Silver/)
  expect(shown.stdout).toMatch(/strip@3x.png +1125 x 369/)
  const json = (await runCommand(DesignShow, ['gold', '--json'], { cwd })).json()
  expect(json).toMatchObject({
    name: 'gold',
    fields: [
      { key: 'name', column: 'name', type: 'text', required: true, label: 'Member', shown: 'secondary' },
      { key: 'balance', default: '0' },
      { key: 'level', options: ['Silver', 'Gold', 'Platinum'] },
    ],
  })
})

test('without a terminal the missing kind is named, and nothing is written', async () => {
  const cwd = await launch()
  const run = await runCommand(DesignNew, ['--no-input'], { cwd, id: 'design:new' })
  expect(run).toMatchObject({ exitCode: 2, stdout: '' })
  expect(run.stderr).toContain('--kind')
  expect(await readdir(cwd)).toEqual(['tessera.yaml'])
})

test('the name is the kind unless given', async () => {
  const cwd = await launch()
  await runCommand(DesignNew, ['--kind', 'stamp'], { cwd })
  expect(await readdir(join(cwd, 'designs'))).toEqual(['stamp.pkpasstemplate'])
})

test('a design with a mistake is listed with it, and shown as an error with its place', async () => {
  const cwd = await launch()
  await runCommand(DesignNew, ['bad', '--kind', 'bonus'], { cwd })
  await writeFile(join(cwd, 'designs', 'bad.pkpasstemplate', 'pass.json'), '{\n"a": 1,\n}')
  const listed = await runCommand(DesignList, ['--json'], { cwd })
  expect(listed.json()).toMatchObject([{ ok: false, name: 'bad' }])
  const shown = await runCommand(DesignShow, ['bad', '--json'], { cwd })
  expect(shown.exitCode).toBe(6)
  expect(shown.json()).toMatchObject({
    error: {
      code: 'DESIGN_INVALID',
      message: 'bad.pkpasstemplate/pass.json line 3, column 1: expected a key in double quotes, found "}".',
      details: { line: 3, column: 1 },
    },
  })
})
