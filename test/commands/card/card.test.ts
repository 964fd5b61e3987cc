import { readFile, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { beforeAll, describe, expect, test } from 'vitest'
import CardExport from '../../../src/commands/card/export.js'
import CardExtend from '../../../src/commands/card/extend.js'
import CardList from '../../../src/commands/card/list.js'
import CardShow from '../../../src/commands/card/show.js'
import CardSign from '../../../src/commands/card/sign.js'
import CardVoid from '../../../src/commands/card/void.js'
import CertsDev from '../../../src/commands/certs/dev.js'
import Init from '../../../src/commands/init.js'
import Issue from '../../../src/commands/issue.js'
import JobShow from '../../../src/commands/job/show.js'
import { unzip } from '../../support/open-pass.js'
import { runCommand } from '../../support/run-command.js'
import { tempDir } from '../../support/temp-dir.js'

const launch = await tempDir('card')
const run = (command: unknown, ...argv: string[]) => runCommand(command, argv, { cwd: launch })

beforeAll(async () => {
  await run(Init, '.', '--no-input')
  await run(CertsDev)
  expect((await run(Issue, 'members.csv', '--design', 'bonus')).exitCode).toBe(0)
})

describe('card sign', () => {
  test('several cards want a bundle', async () => {
    const refused = await run(CardSign, '1001', '1002', '-o', 'two.pkpass')
    expect(refused).toMatchObject({ exitCode: 2 })
    expect(refused.stderr).toContain('2 cards do not go into one .pkpass file')
    await run(CardSign, '1001', '1002', '-o', 'two.pkpasses')
    expect([...(await unzip(join(launch, 'two.pkpasses'))).keys()]).toEqual(['1001.pkpass', '1002.pkpass'])
  })

  test('a card that is named twice is signed once', async () => {
    const { json } = await run(CardSign, '1001', 'Ada Bergstrom', '-o', 'ada.pkpass', '--json')
    expect(json()).toMatchObject({ serials: ['1001'] })
    expect((await unzip(join(launch, 'ada.pkpass'))).has('pass.json')).toBe(true)
  })

  test('a bundle has the limits of Apple Wallet', async () => {
    const serials = Array.from({ length: 11 }, (_, index) => String(1001 + index))
    expect(await run(CardSign, ...serials, '-o', 'many.pkpasses')).toMatchObject({ exitCode: 6 })
  })
})

describe('card extend', () => {
  test.each(['2027-02-31', '2027-13-01', 'tomorrow', '10000-01-01', '2027'])('--until %s is no date', async (until) => {
    const refused = await run(CardExtend, '1001', '--until', until)
    expect(refused).toMatchObject({ exitCode: 2 })
    expect(refused.stderr).toContain(`--until "${until}" is not a date`)
  })

  test.each([
    ['2028-02-29', '2028-02-29T23:59:59.000Z'],
    ['2028-02-29T10:00:00+02:00', '2028-02-29T08:00:00.000Z'],
  ])('--until %s', async (until, expiresAt) => {
    expect(await run(CardExtend, '1001', '--until', until)).toMatchObject({ exitCode: 0 })
    expect((await run(CardShow, '1001', '--json')).json()).toMatchObject({ expiresAt, status: 'active' })
  })

  test('a period of more than 9999 is a slip', async () => {
    expect(await run(CardExtend, '1001', '--by', '99999m')).toMatchObject({ exitCode: 2 })
  })
})

test('card void counts revisions, and doing it again changes nothing', async () => {
  expect((await run(CardVoid, '1005', '1006', '--json')).json()).toMatchObject({ changed: 2, unchanged: 0 })
  expect((await run(CardVoid, '1005', '--json')).json()).toMatchObject({ changed: 0, unchanged: 1 })
  expect((await run(CardShow, '1005', '--json')).json()).toMatchObject({ status: 'voided', revision: 2 })
})

test.each([
  ['issue --zip', Issue, ['members.csv', '--design', 'bonus', '--zip', '.tessera/store.db']],
  ['issue --out', Issue, ['members.csv', '--design', 'bonus', '--out', 'designs/bonus.pkpasstemplate']],
  ['card export --zip', CardExport, ['--zip', 'tessera.yaml']],
  ['card export --out', CardExport, ['--out', '.tessera']],
  ['card sign', CardSign, ['1001', '-o', 'certs/pass.key.pem']],
])('%s never replaces what the launch lives on', async (_, command, argv) => {
  const before = await readFile(join(launch, 'certs/pass.key.pem'))
  const refused = await run(command, ...argv)
  expect(refused).toMatchObject({ exitCode: 7 })
  expect(refused.stderr).toContain('the launch keeps files of its own in')
  expect(await readFile(join(launch, 'certs/pass.key.pem'))).toEqual(before)
  expect(await run(CardShow, '1001')).toMatchObject({ exitCode: 0 })
})

test('what is no number of a job is a slip, not a bug', async () => {
  const refused = await run(JobShow, 'last')
  expect(refused).toMatchObject({ exitCode: 2 })
  expect(refused.stderr).toContain('Expected an integer but received: last')
  const jobs = await run(Issue, 'members.csv', '--design', 'bonus', '--jobs', '0')
  expect(jobs.stderr).toContain('--jobs: expected an integer greater than or equal to 1 but received: 0')
})

test('a design whose copy is gone is published again by issuing', async () => {
  await rm(join(launch, '.tessera', 'designs'), { recursive: true })
  const refused = await run(CardSign, '1001', '-o', 'again.pkpass')
  expect(refused).toMatchObject({ exitCode: 6 })
  expect(refused.stderr).toContain('publish the design again: `tessera design publish bonus`')
  await run(Issue, 'members.csv', '--design', 'bonus')
  expect(await run(CardSign, '1001', '-o', 'again.pkpass')).toMatchObject({ exitCode: 0 })
})

describe('a condition that no card can meet', () => {
  test.each<[string, unknown, string[], string]>([
    ['card list, a field', CardList, ['--where', 'levle=Gold'], 'Did you mean level?'],
    ['card list, a design', CardList, ['--design', 'bonsu'], 'Did you mean bonus?'],
    ['card void', CardVoid, ['--where', 'colour=red', '--dry-run'], 'There are: balance, level, name.'],
    ['card export', CardExport, ['--where', 'levle=Gold', '--out', 'none'], 'Did you mean level?'],
  ])('%s is told', async (_, command, argv, hint) => {
    const refused = await run(command, ...argv)
    expect(refused).toMatchObject({ exitCode: 2 })
    expect(refused.stderr).toContain(hint)
  })

  test('a value that no card has is an empty answer', async () => {
    expect((await run(CardList, '--where', 'level=Copper', '--json')).json()).toEqual([])
  })
})

test('--dry-run is told in the JSON, whether given or not', async () => {
  expect((await run(CardVoid, '1007', '--json')).json()).toMatchObject({ changed: 1, dryRun: false })
  expect((await run(CardVoid, '1008', '--dry-run', '--json')).json()).toMatchObject({ changed: 1, dryRun: true })
})
