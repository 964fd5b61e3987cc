import { mkdtemp, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import sharp from 'sharp'
import { describe, expect, test } from 'vitest'
import PassDiff from '../../../src/commands/pass/diff.js'
import { runCommand } from '../../support/run-command.js'
import { tempDir } from '../../support/temp-dir.js'
import { zipFiles } from '../../support/zip-files.js'
import { CARD, RUSSIAN, STEERING, signedPasses } from './make-signed.js'

const root = await tempDir('pass-diff')
type Card = typeof CARD & Record<string, unknown>

async function pair(change: (pass: Card) => void, before: Record<string, unknown> = CARD): Promise<string> {
  const cwd = await mkdtemp(join(root, 'case-'))
  const after = structuredClone(before) as Card
  change(after)
  const files = { 'ru.lproj/pass.strings': RUSSIAN, 'en.lproj/pass.strings': '"x" = "x";' }
  await writeFile(join(cwd, 'old.pkpass'), zipFiles({ 'pass.json': JSON.stringify(before), ...files }))
  await writeFile(join(cwd, 'new.pkpass'), zipFiles({ 'pass.json': JSON.stringify(after), ...files }))
  return cwd
}

const diff = (cwd: string, ...words: string[]) => runCommand(PassDiff, ['old.pkpass', 'new.pkpass', ...words], { cwd })

const morePoints = ({ storeCard }: Card): void => void Object.assign(storeCard.primaryFields[0] ?? {}, { value: 1250 })

test('says what the holder sees, and what the lock screen says in each language', async () => {
  const cwd = await pair((pass) => {
    morePoints(pass)
    Object.assign(pass.storeCard.headerFields[0] ?? {}, { value: 'Gold' })
    Object.assign(pass.storeCard.backFields[0] ?? {}, { value: 'Other.' })
  })
  const { stdout, exitCode } = await diff(cwd)
  expect(exitCode).toBe(0)
  expect(stdout).toBe(`old.pkpass -> new.pkpass

before  unsigned
after   unsigned

Fields
  ~ terms (back) value: "One line.\\nAnother." -> "Other."
  ~ level (header) value: "Silver" -> "Gold"
  ~ points (primary) value: 60 -> 1250

What holders see
  ~ en  level: "Level: Silver" -> "Level: Gold"
  ~ en  points: "Points: 60" -> "Points: 1250"
  ~ en  terms (back): "Terms: One line.\\nAnother." -> "Terms: Other."
  ~ ru  level: "Уровень: Silver" -> "Уровень: Gold"
  ~ ru  points: "Баллы: 60" -> "Баллы: 1250"
  ~ ru  terms (back): "Terms: One line.\\nAnother." -> "Terms: Other."

The lock screen
  en  "You have 1250 points"
  ru  "У вас 1250 баллов"
  nothing of level: its value changes, but it has no changeMessage
  nothing of terms: its value changes, but it has no changeMessage

3 changes
`)
})

test('says clearly when the lock screen shows nothing', async () => {
  const cwd = await pair(({ storeCard }) => void Object.assign(storeCard.headerFields[0] ?? {}, { value: 'Gold' }))
  expect((await diff(cwd)).stdout).toContain('The update shows nothing on the lock screen.')
  const label = await pair(({ storeCard }) => void Object.assign(storeCard.primaryFields[0] ?? {}, { label: 'Stars' }))
  expect((await diff(label)).stdout).toContain('nothing of points: its value is the same')
  const colour = await pair((pass) => void Object.assign(pass, { backgroundColor: 'rgb(0,0,0)' }))
  expect((await diff(colour)).stdout).toContain('No field changes its value.')
})

test('says when phones take it for a second card', async () => {
  const cwd = await pair((pass) => {
    morePoints(pass)
    pass.serialNumber = 'B-2'
    pass.authenticationToken = 'very-secret-token-2'
  })
  const { stdout } = await diff(cwd)
  expect(stdout).toContain('! serialNumber was A-1 and is B-2')
  expect(stdout).toContain('authenticationToken is another one')
  expect(stdout).toContain('Nothing, since it comes as another card.')
  expect(stdout).not.toContain('very-secret')
  expect((await diff(cwd, '--json')).json()).toMatchObject({
    same: false,
    obstacles: [
      { effect: 'second-card', key: 'serialNumber' },
      { effect: 'no-update', key: 'authenticationToken' },
    ],
  })
})

describe('the same pass', () => {
  test('signed twice has no differences, and who signed is told', async () => {
    const cwd = await mkdtemp(join(root, 'case-'))
    const sign = await signedPasses(cwd)
    await sign('old.pkpass', { passJson: CARD })
    await sign('new.pkpass', { passJson: CARD })
    const run = await diff(cwd, '--trust', 'wwdr.pem')
    expect(run.stdout).toMatch(/signed by Nordlicht Coffee \(A1B2C3D4E5\) on 20/)
    expect(run.stdout).toContain('No differences; the signatures at most are others.')
    expect((await diff(cwd, '--json')).json()).toMatchObject({
      same: true,
      changes: [],
      before: { signer: { teamIdentifier: 'A1B2C3D4E5' } },
    })
  })

  test('laid out otherwise is told to be so', async () => {
    const cwd = await pair(() => undefined)
    const text = JSON.stringify(CARD, null, 2)
    const files = { 'ru.lproj/pass.strings': RUSSIAN, 'en.lproj/pass.strings': '"x" = "x";' }
    await writeFile(join(cwd, 'new.pkpass'), zipFiles({ 'pass.json': text, ...files }))
    expect((await diff(cwd)).stdout).toContain('white space')
  })
})

test('both fronts are drawn side by side', async () => {
  const cwd = await pair((pass) => void Object.assign(pass, { backgroundColor: 'rgb(200, 0, 0)' }))
  const run = await diff(cwd, '--picture', 'both.png', '--locale', 'ru')
  expect(run.stderr).toContain('both.png')
  const { data, info } = await sharp(join(cwd, 'both.png')).raw().toBuffer({ resolveWithObject: true })
  const at = (share: number): number[] => {
    const start = (Math.round(info.height * 0.5) * info.width + Math.round(info.width * share)) * info.channels
    return [...data.subarray(start, start + 3)]
  }
  expect([at(0.08), at(0.92)]).toEqual([
    [18, 41, 74],
    [200, 0, 0],
  ])
  expect(run.stdout).not.toContain(' en ')
})

test('texts of strangers do not steer the terminal', async () => {
  const evil = '\u001b[31m\u009b\u202e\u0007'
  const cwd = await pair((pass) => {
    Object.assign(pass, { serialNumber: evil, [evil]: evil, webServiceURL: evil })
    pass.storeCard.headerFields.push({ key: evil, label: evil, value: evil })
    Object.assign(pass.storeCard.primaryFields[0] ?? {}, { value: evil, changeMessage: `${evil}%@` })
  })
  const { stdout } = await diff(cwd)
  expect(stdout).not.toMatch(STEERING)
})

test('both by the pipe, or one that is unreadable, is an error', async () => {
  const cwd = await pair(() => undefined)
  expect((await runCommand(PassDiff, ['-', '-', '--json'], { cwd })).json()).toMatchObject({ error: { code: 'USAGE' } })
  await writeFile(join(cwd, 'new.pkpass'), zipFiles({ 'pass.json': '{ broken' }))
  expect((await diff(cwd, '--json')).json()).toMatchObject({ error: { code: 'PASS_UNREADABLE' } })
})
