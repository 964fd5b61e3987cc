import { readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { beforeAll, expect, test } from 'vitest'
import type { PublishResult } from '../../../src/app/publish-design.js'
import CardUpdate from '../../../src/commands/card/update.js'
import DesignPublish from '../../../src/commands/design/publish.js'
import Init from '../../../src/commands/init.js'
import Issue from '../../../src/commands/issue.js'
import { openStore } from '../../../src/store/index.js'
import { runCommand } from '../../support/run-command.js'
import { tempDir } from '../../support/temp-dir.js'

const launch = await tempDir('publish')
const run = (command: unknown, ...argv: string[]) => runCommand(command, argv, { cwd: launch })
const publish = (...argv: string[]) => run(DesignPublish, 'bonus', ...argv)
const folder = join(launch, 'designs', 'bonus.pkpasstemplate')
const pass = join(folder, 'pass.json')
let original = ''

const edit = (from: string, to: string) => writeFile(pass, original.replace(from, to))

/** Everything of the store that publishing may touch, and what it must not. */
async function stored() {
  const store = await openStore({ dialect: 'sqlite', file: join(launch, '.tessera', 'store.db') })
  try {
    const [design] = await store.db.selectFrom('designs').selectAll().execute()
    const cards = await store.db.selectFrom('cards').selectAll().orderBy('id').execute()
    const versions = await store.db.selectFrom('design_versions').selectAll().orderBy('number').execute()
    const changes = await store.db.selectFrom('changes').selectAll().orderBy('id').execute()
    return { design, cards, versions, changes }
  } finally {
    await store.close()
  }
}

beforeAll(async () => {
  await run(Init, '.', '--no-input', '--service-url', 'https://cards.example.com')
  original = await readFile(pass, 'utf8')
})

test('a design without cards can be published, once', async () => {
  expect((await publish('--dry-run', '--json')).json()).toMatchObject({ before: null, version: 1, changed: true })
  expect((await stored()).design).toBeUndefined()
  expect((await publish()).stdout).toContain('Published as version 1; 0 cards follow.')
  expect((await publish()).stdout).toBe('bonus is published as it is: version 1, 0 cards.\n')
  await run(Issue, 'members.csv', '--design', 'bonus')
  expect((await stored()).design).toMatchObject({ current_version: 1 })
})

test('a changed design moves all cards at once, and no row of them is written', async () => {
  await edit('"value": "Up to 50%"', '"value": "Up to 60%", "changeMessage": "Pay with points: %@"')
  const before = await stored()
  const preview = await publish('--dry-run')
  expect(preview.stdout).toContain('bonus@1 -> bonus@2')
  expect(preview.stdout).toContain('the lock screen says "Pay with points: Up to 60%"')
  expect(preview.stdout).toContain('Would publish version 2; 12 cards would follow. Nothing was written.')
  expect(await stored()).toEqual(before)

  const done = (await publish('--json')).json<PublishResult>()
  expect(done).toMatchObject({ before: 1, version: 2, changed: true, cards: 12, dryRun: false })
  expect(done.holder).toContainEqual(expect.objectContaining({ kind: 'lock-screen', locale: 'en', field: 'worth' }))
  const after = await stored()
  expect(after.cards).toEqual(before.cards)
  expect(after.versions).toHaveLength(2)
  expect(after.design?.tag).toBeGreaterThan(Math.max(...before.cards.map(({ tag }) => tag)))
  expect(after.design?.published_at).toBeGreaterThan(Math.max(...before.cards.map(({ updated_at }) => updated_at)))
  expect(after.changes.at(-1)).toMatchObject({ source: 'publish', design_id: after.design?.id, tag: after.design?.tag })
})

test('back to an earlier version, as a new one', async () => {
  const { versions } = await stored()
  const back = await publish('--from-version', '1')
  expect(back.stdout).toContain('Published as version 3; 12 cards follow as phones ask for them.')
  expect(back.stdout).toContain('Go back with: tessera design publish bonus --from-version 2')
  const after = await stored()
  expect(after.design).toMatchObject({ current_version: 3 })
  expect(after.versions.at(-1)?.hash).toBe(versions[0]?.hash)
  expect((await publish('--from-version', '1', '--json')).json()).toMatchObject({ changed: false, version: 3 })
  const none = await publish('--from-version', '7')
  expect(none).toMatchObject({ exitCode: 6 })
  expect(none.stderr).toContain('has the versions 1 to 3, not 7')
  expect(none.stderr).toContain('The last one is version 3.')
})

test('a change of which phones say nothing', async () => {
  await edit('"label": "Member"', '"label": "Guest"')
  expect((await publish('--dry-run')).stdout).toContain('Phones update without a word on the lock screen')
})

test('what phones refuse is not published, unless told to', async () => {
  await edit('"rgb(18, 41, 74)"', '"rgb(18-41-74)"')
  const before = await stored()
  const refused = await publish()
  expect(refused).toMatchObject({ exitCode: 6 })
  expect(refused.stderr).toContain('phones refuse the cards of "bonus": ')
  expect(refused.stderr).toContain('tessera design check bonus')
  expect(await publish('--dry-run')).toMatchObject({ exitCode: 6 })
  expect(await stored()).toEqual(before)
  const forced = await publish('--force')
  expect(forced).toMatchObject({ exitCode: 0 })
  expect(forced.stdout).toContain('Phones refuse this card: ')
  expect((await stored()).versions).toHaveLength(before.versions.length + 1)
})

test('a copy that is gone comes back', async () => {
  await writeFile(pass, original)
  await publish()
  const before = await stored()
  await rm(join(launch, '.tessera', 'designs'), { recursive: true })
  const update = await run(CardUpdate, '1001', 'balance=1')
  expect(update).toMatchObject({ exitCode: 6 })
  expect(update.stderr).toContain('publish the design again: `tessera design publish bonus`')
  expect((await publish()).stdout).toContain('bonus is published as it is')
  expect(await stored()).toEqual(before)
  expect(await run(CardUpdate, '1001', 'balance=1')).toMatchObject({ exitCode: 0 })
  // With another design, nobody can tell the difference; it is published all the same.
  await rm(join(launch, '.tessera', 'designs'), { recursive: true })
  await edit('"label": "Member"', '"label": "Friend"')
  expect((await publish('--json')).json()).toMatchObject({ changed: true, changes: [], cards: 12 })
})

test('while cards are issued, nothing is published', async () => {
  await edit('"label": "Member"', '"label": "Person"')
  const store = await openStore({ dialect: 'sqlite', file: join(launch, '.tessera', 'store.db') })
  const lock = await store.lock('cards', 'process 1, tessera issue')
  expect(lock.held).toBe(true)
  expect(await publish()).toMatchObject({ exitCode: 5 })
  expect(await publish('--dry-run')).toMatchObject({ exitCode: 0 })
  if (lock.held) lock.release()
  await store.close()
})

test('a design that is not there', async () => {
  expect(await run(DesignPublish, 'nothing')).toMatchObject({ exitCode: 6 })
})
