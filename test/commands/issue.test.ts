import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { beforeAll, expect, test } from 'vitest'
import { renderIssueSummary } from '../../src/cli/render/issue.js'
import Init from '../../src/commands/init.js'
import Issue from '../../src/commands/issue.js'
import { runCommand } from '../support/run-command.js'
import { tempDir } from '../support/temp-dir.js'

const launch = await tempDir('issue-command')

beforeAll(async () => {
  await runCommand(Init, ['.', '--no-input'], { cwd: launch })
})

test('the command for the rejected rows reads them as the file was read', async () => {
  await writeFile(join(launch, 'old.csv'), 'nr;Full name\n1;Ann\n2;\n')
  const flags = ['--map', 'Full name=name', '--map', 'nr=serial', '--if-exists', 'update', '--delimiter', ';']
  const { stdout, exitCode } = await runCommand(Issue, ['old.csv', '--design', 'bonus', ...flags], { cwd: launch })
  expect(exitCode).toBe(3)
  expect(stdout.trimEnd().split('\n').at(-1)).toBe(
    "  tessera issue old.rejected.csv --design bonus --map 'Full name=name' --map nr=serial --if-exists update --delimiter ';'",
  )
  const rejected = join(launch, 'old.rejected.csv')
  await writeFile(rejected, (await readFile(rejected, 'utf8')).replace('2;;', '2;Bob;'))
  const fixed = await runCommand(Issue, ['old.rejected.csv', '--design', 'bonus', ...flags, '--json'], { cwd: launch })
  expect(fixed.json()).toMatchObject({ issued: 1, rejected: 0 })
})

test('fixed rows get an archive of their own', () => {
  const counts = { design: 'bonus', rows: 2, issued: 1, updated: 0, skipped: 0, rejected: 1, seconds: 1 }
  const files = { out: null, zip: '/launch/cards.zip', links: null, rejectedFile: '/launch/old.rejected.csv' }
  const text = renderIssueSummary({ ...counts, ...files }, { cwd: '/launch' })
  expect(text).toContain('tessera issue old.rejected.csv --design bonus --zip cards.fixed.zip')
})

test('--dry-run --output ndjson is one line', async () => {
  const args = ['members.csv', '--design', 'bonus', '--dry-run', '--output', 'ndjson']
  const { stdout } = await runCommand(Issue, args, { cwd: launch })
  expect(stdout.trimEnd().split('\n')).toHaveLength(1)
  expect(JSON.parse(stdout)).toMatchObject({ type: 'summary', state: 'done', summary: { dryRun: true, issued: 12 } })
})
