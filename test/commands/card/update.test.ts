import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { beforeAll, describe, expect, test } from 'vitest'
import CardHistory from '../../../src/commands/card/history.js'
import CardShow from '../../../src/commands/card/show.js'
import CardUpdate from '../../../src/commands/card/update.js'
import CardVoid from '../../../src/commands/card/void.js'
import CertsDev from '../../../src/commands/certs/dev.js'
import DesignNew from '../../../src/commands/design/new.js'
import DesignPublish from '../../../src/commands/design/publish.js'
import Init from '../../../src/commands/init.js'
import Issue from '../../../src/commands/issue.js'
import { runCommand } from '../../support/run-command.js'
import { tempDir } from '../../support/temp-dir.js'

const launch = await tempDir('update')
const run = (command: unknown, ...argv: string[]) =>
  runCommand(command, argv, { cwd: launch, env: { TESSERA_ACTOR: 'Ann of the office' } })
const update = (...argv: string[]) => run(CardUpdate, ...argv)
const show = async (serial: string) => (await run(CardShow, serial, '--json')).json<{ revision: number }>()

beforeAll(async () => {
  await run(Init, '.', '--no-input', '--service-url', 'https://cards.example.com')
  await run(CertsDev)
  expect((await run(Issue, 'members.csv', '--design', 'bonus')).exitCode).toBe(0)
})

describe('one card', () => {
  test('what the holder will see, then the change, then nothing more to do', async () => {
    const preview = await update('1001', 'balance=1,300', 'level=silver', '-n')
    expect(preview.stdout).toBe(`1001 (bonus)
  ~ en  level: "Level: Gold" -> "Level: Silver"
  ~ en  balance: "Points: 1,250" -> "Points: 1,300"
  ~ en  the lock screen says "Your level is now Silver"
  ~ en  the lock screen says "You now have 1,300 points"

Would change 1 card. Nothing was written.
`)
    expect(await show('1001')).toMatchObject({ revision: 1 })
    expect((await update('1001', 'balance=1,300', 'level=silver')).stdout).toBe('1 card changed.\n')
    expect(await show('1001')).toMatchObject({ revision: 2, values: { balance: 1300, level: 'Silver' } })
    expect((await update('1001', 'balance=1300')).stdout).toBe('0 cards changed. 1 already is as asked.\n')
    expect(await show('1001')).toMatchObject({ revision: 2 })
  })

  test('holders read in their own language', async () => {
    const { stdout } = await update('1003', 'balance=2 500', '-n')
    expect(stdout).toMatch(/~ ru {2}balance: "Баллы: 2\s400" -> "Баллы: 2\s500"/)
    expect(stdout).toMatch(/the lock screen says "Баллов на карте: 2\s500"/)
  })

  test('a change that phones do not tell of says so, and what to do', async () => {
    const { stdout } = await update('1002', 'name=Bruno C.')
    expect(stdout).toContain('1 card: the field name of bonus has no changeMessage')
    expect(stdout).toContain('"changeMessage": "Now %@"')
    expect(stdout).toContain('tessera design publish bonus')
    const voided = await update('1002', '--void', '--dry-run')
    expect(voided.stdout).toContain('  ! nothing on the lock screen')
    expect(voided.stdout).toContain('no field changes its value')
  })

  test('everything else that a card has', async () => {
    const flags = ['--expires', '2099-01-31', '--locale', 'ru', '--barcode', 'B-1', '--sharing', 'on', '--void']
    expect(await update('1004', ...flags)).toMatchObject({ exitCode: 0 })
    const card = {
      barcode: 'B-1',
      locale: 'ru',
      extras: { sharing: true },
      status: 'voided',
      expiresAt: '2099-01-31T23:59:59.000Z',
    }
    expect(await show('1004')).toMatchObject(card)
    expect((await run(CardShow, '1004')).stdout).toMatch(/Sharing +on/)
    expect(await update('1004', '--expires', 'never', '--unvoid')).toMatchObject({ exitCode: 0 })
    expect(await show('1004')).toMatchObject({ ...card, status: 'active', expiresAt: null })
  })

  test('a text for places that the design does not have', async () => {
    const { stdout } = await update('1004', '--location-text', 'Coffee is near', '--dry-run')
    expect(stdout).toContain('~ locationText: - -> Coffee is near')
    expect(stdout).toContain('Note: The design "bonus" has no locations to show the text at.')
  })

  test.each([
    [['1001', 'balnce=1'], 2, 'the design "bonus" has no field "balnce"', 'Did you mean balance?'],
    [['1001', 'level=Bronze'], 6, 'level "Bronze" is not one of Silver, Gold, Platinum', ''],
    [['1001', 'name='], 6, 'name is empty, but every card needs it', ''],
    [['1001', 'name=A', 'name=B'], 2, 'gives the field a second value', ''],
    [['1001', '=5'], 2, 'names no field', ''],
    [['1001', '1002', 'balance=1'], 2, 'the same values would go to 2 cards', '--from'],
    [['1001'], 2, 'nothing is to be changed', ''],
    [['balance=1'], 2, 'no cards are named', ''],
    [['nobody', 'balance=1'], 6, 'no card has the serial "nobody"', ''],
    [['1001', '--expires', 'soon'], 2, '--expires "soon" is not a date', ''],
    [['1001', '--locale', '???'], 2, '--locale "???" is not a language tag', ''],
    [['1001', '--from', 'changes.csv'], 2, '1001 does not go with --from', ''],
    [['--void', '--from', 'changes.csv'], 2, '--void does not go with --from', ''],
  ])('%j ends with exit code %i', async (words, exitCode, message, hint) => {
    const before = await show('1001')
    const refused = await update(...words)
    expect(refused.stderr).toContain(message)
    expect(refused.stderr).toContain(hint)
    expect(refused.exitCode).toBe(exitCode)
    expect(await show('1001')).toEqual(before)
  })
})

describe('many cards', () => {
  test('selected by a condition want a confirmation, and are changed all or none', async () => {
    const selection = ['--where', 'level=Platinum']
    const refused = await update(...selection, 'balance=9999')
    expect(refused).toMatchObject({ exitCode: 9 })
    expect(refused.stderr).toContain('repeat with --confirm bonus')
    const looked = await update(...selection, 'balance=9999', '--dry-run', '--json')
    const { changed, cards } = looked.json<{ changed: number; cards: { serial: string }[] }>()
    expect(changed).toBe(cards.length)
    expect(changed).toBeGreaterThan(1)
    expect((await update(...selection, 'balance=9999', '--confirm', 'bonus', '--json')).json()).toMatchObject({
      changed,
    })
    for (const { serial } of cards) expect(await show(serial)).toMatchObject({ values: { balance: 9999 } })
    expect(await update('--where', 'levle=Gold', '--void')).toMatchObject({ exitCode: 2 })
    expect(await update('--where', 'level=Nickel', '--void')).toMatchObject({ exitCode: 6 })
  })

  test('of several designs are not confirmed by the name of one', async () => {
    await run(DesignNew, 'second', '--kind', 'bonus', '--no-input')
    await writeFile(join(launch, 'second.csv'), 'serial,name\n2001,Frederik Holm\n')
    await run(Issue, 'second.csv', '--design', 'second')
    for (const command of [CardUpdate, CardVoid]) {
      const change = command === CardUpdate ? ['--sharing', 'on'] : []
      const same = ['--where', 'name=Frederik Holm', ...change]
      for (const design of ['bonus', 'second']) {
        const refused = await run(command, ...same, '--confirm', design)
        expect(refused).toMatchObject({ exitCode: 9 })
        expect(refused.stderr).toContain('this would change 2 cards of 2 designs: bonus, second')
        expect(refused.stderr).toContain(`repeat with --design ${design} --confirm ${design}`)
      }
      expect(await show('2001')).toMatchObject({ revision: command === CardUpdate ? 1 : 2 })
      expect(await run(command, ...same, '--design', 'second', '--confirm', 'second')).toMatchObject({ exitCode: 0 })
    }
    expect(await show('2001')).toMatchObject({ revision: 3 })
    expect(await show('1007')).toMatchObject({ revision: 1 })
  })

  test('of a file: bad rows are left, with exit code 3', async () => {
    await writeFile(join(launch, 'changes.csv'), 'serial,balance,level\n1005,50,\n1006,x,\n1007,70,Gold\n')
    const preview = await update('--from', 'changes.csv', '--dry-run')
    expect(preview).toMatchObject({ exitCode: 3 })
    expect(preview.stdout).toContain('line 3: balance "x" is not a number')
    expect(preview.stdout).toContain('Would change 2 cards. 1 row would be rejected. Nothing was written.')
    const done = await update('--from', 'changes.csv', '--empty', 'keep')
    expect(done).toMatchObject({ exitCode: 3 })
    expect(done.stdout).toMatch(/Changed +2/)
    expect(done.stdout).toContain('tessera card update --from changes.rejected.csv')
    expect(done.stderr).toContain('Warning: changes.csv line 3: balance "x" is not a number')
    expect(await readFile(join(launch, 'changes.rejected.csv'), 'utf8')).toContain('1006,x,')
    const events = await update('--from', 'changes.csv', '--output', 'ndjson')
    const types = events.stdout
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line).type)
    expect(types).toEqual(['start', 'item', 'warning', 'item', 'progress', 'summary'])
  })
})

describe('the history of a card', () => {
  test('tells who, when, what, before and after, with the design in between', async () => {
    await update('1008', 'balance=1')
    const pass = join(launch, 'designs', 'bonus.pkpasstemplate', 'pass.json')
    await writeFile(pass, (await readFile(pass, 'utf8')).replace('"label": "Member"', '"label": "Guest"'))
    expect(await run(DesignPublish, 'bonus')).toMatchObject({ exitCode: 0 })
    await run(CardVoid, '1008')
    const history = (await run(CardHistory, '1008', '--json')).json<{ entries: { at: string; things: unknown }[] }>()
    expect(history).toMatchObject({
      serial: '1008',
      design: 'bonus',
      entries: [
        { source: 'issue', actor: null, of: 'card', things: [] },
        { source: 'update', actor: 'Ann of the office', of: 'card', things: [{ what: 'balance', after: 1 }] },
        {
          source: 'publish',
          actor: 'Ann of the office',
          of: 'design',
          things: [{ what: 'design', before: 1, after: 2 }],
        },
        { source: 'void', of: 'card', things: [{ what: 'voided', before: false, after: true }] },
      ],
    })
    const times = history.entries.map(({ at }) => Date.parse(at))
    expect(times).toEqual([...times].sort((a, b) => a - b))
    const { stdout } = await run(CardHistory, '1008')
    expect(stdout).toContain('the card was issued')
    expect(stdout).toMatch(/Ann of the office +publish +design bonus +1 +2/)
    expect(stdout).toContain('3 changes of card 1008.')
  })

  test('of a card that nobody has', async () => {
    expect(await run(CardHistory, 'nobody')).toMatchObject({ exitCode: 6 })
  })
})
