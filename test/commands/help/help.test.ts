import { expect, test } from 'vitest'
import HelpEnvironment from '../../../src/commands/help/environment.js'
import HelpErrors from '../../../src/commands/help/errors.js'
import HelpExitCodes from '../../../src/commands/help/exit-codes.js'
import { ERRORS } from '../../../src/kit/errors/index.js'
import { EXIT } from '../../../src/kit/exit-codes.js'
import { runCommand } from '../../support/run-command.js'

test('every error code has a page with cause, remedy and exit code', async () => {
  const run = await runCommand(HelpErrors, ['--json'])
  const pages = run.json<{ code: string; title: string; cause: string; remedy: string; exit: number }[]>()
  expect(pages.map(({ code }) => code)).toEqual(Object.keys(ERRORS).sort())
  for (const { title, cause, remedy, exit } of pages) {
    for (const text of [title, cause, remedy]) expect(text).toMatch(/[.?]$/)
    expect(Object.values(EXIT)).toContain(exit)
  }
})

test.each(['STORE_LOCKED', 'store-locked'])('one page by its code, written %s', async (code) => {
  const run = await runCommand(HelpErrors, [code])
  expect(run.stdout).toMatch(/^STORE_LOCKED: The store is busy\.\n\nWhy +Another program/)
})

test('an unknown code gets a proposal', async () => {
  const run = await runCommand(HelpErrors, ['STORE_LOCKD'])
  expect(run.exitCode).toBe(2)
  expect(run.stderr).toContain('Did you mean STORE_LOCKED?')
})

test('the exit codes are these, and each says what to do', async () => {
  const pages = (await runCommand(HelpExitCodes, ['--json'])).json<{ code: number; meaning: string; next: string }[]>()
  expect(pages.map(({ code }) => code)).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 130])
  for (const { meaning, next } of pages) expect(meaning && next).toBeTruthy()
})

test('the variables of tessera.yaml and of the global flags are listed', async () => {
  const { stdout } = await runCommand(HelpEnvironment, [])
  for (const name of ['TESSERA_LAUNCH', 'TESSERA_NO_INPUT', 'TESSERA_APPLE_TEAM_IDENTIFIER', 'NO_COLOR']) {
    expect(stdout).toContain(name)
  }
})
