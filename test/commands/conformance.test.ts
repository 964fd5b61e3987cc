import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { conformanceRules, tryService } from '../../src/app/conformance.js'
import Conformance from '../../src/commands/conformance.js'
import type { ConformanceSummary, RuleResult } from '../../src/delivery/conformance/types.js'
import { readXml } from '../support/read-xml.js'
import { runCommand } from '../support/run-command.js'
import { tempDir } from '../support/temp-dir.js'
import { startWalletServer, type WalletServer } from '../support/wallet-server.js'

type Json = ConformanceSummary & { rules: RuleResult[] }

const cwd = await tempDir('conformance-command')
let server: WalletServer
const run = (...argv: string[]) => runCommand(Conformance, argv, { cwd, id: 'conformance', env: { NO_COLOR: '1' } })

beforeAll(async () => {
  server = await startWalletServer()
  for (const [index, { serial }] of server.cards.entries())
    await writeFile(join(cwd, `${index}.pkpass`), server.pass(serial))
  const pem = server.passes.issuer.toString('base64').replaceAll(/.{64}/g, '$&\n')
  await writeFile(join(cwd, 'wwdr.pem'), `-----BEGIN CERTIFICATE-----\n${pem}\n-----END CERTIFICATE-----\n`)
})
afterAll(() => server.close())

const PASSES = ['--pass', '0.pkpass', '--pass', '1.pkpass', '--trust', 'wwdr.pem']

test('two passes and a command that changes them: every rule, in text, JSON and JUnit', async () => {
  // Serial numbers with spaces, slashes and umlauts arrive at the command as one word.
  await writeFile(
    join(cwd, 'update.mjs'),
    `const reply = await fetch('${server.url}/update/' + encodeURIComponent(process.argv[2]), { method: 'POST' })
     process.exit(reply.status === 200 ? 0 : 1)`,
  )
  const update = `echo {number} >>numbers.txt && "${process.execPath}" update.mjs {serial}`
  const changes = ['--update-command', update, '--only', 'list.all-updated', '--only', 'list.updated']
  const all = await run(...PASSES, '--json', '--junit', 'all.xml')
  const json = all.json<Json>()
  expect(all).toMatchObject({ exitCode: 0, stderr: '' })
  expect(json).toMatchObject({ url: server.url, conforms: true, failed: 0, warned: 0, cards: 2 })
  const skipped = json.rules.filter(({ outcome }) => outcome === 'skipped').map(({ rule }) => rule)
  expect(skipped).toEqual([
    'list.updated',
    'list.all-updated',
    'list.tag-increases',
    'list.two-in-a-second',
    'pass.modified-after-update',
    'service.https',
  ])
  const xml = readXml(await readFile(join(cwd, 'all.xml'), 'utf8'))
  expect(xml.attributes).toMatchObject({ tests: String(json.rules.length), failures: '0', skipped: '6' })

  const changed = await run(server.url, ...PASSES, ...changes)
  expect(changed.exitCode).toBe(0)
  expect(changed.stdout).toMatch(/^http:\S+ conforms: none of 2 rules that a phone depends on is broken\.\n/)
  const numbers = (await readFile(join(cwd, 'numbers.txt'), 'utf8')).trim().split('\n').map(Number)
  expect(numbers).toEqual([numbers[0], numbers[0]! + 1, numbers[0]! + 2])
  expect(changed.stdout).toMatch(/passed {3}list\.all-updated {2}must/)
  expect(`${changed.stdout}${all.stdout}`).not.toContain(server.cards[0]?.token)
})

test('a server that does not conform: the verdict in the first line, what was asked, exit code 6', async () => {
  const broken = await startWalletServer('number-tag', 'no-head')
  try {
    const result = await run(
      broken.url,
      ...PASSES,
      '--only',
      'list.string-tag',
      '--only',
      'pass.head',
      '--output',
      'text',
    )
    expect(result.exitCode).toBe(6)
    const [verdict] = result.stdout.split('\n')
    expect(verdict).toBe(
      `${broken.url} does not conform: of 1 rule that a phone depends on 1 is broken (list.string-tag); 1 warned of.`,
    )
    expect(result.stdout).toMatch(/\n {2}lastUpdated is a number: 42\./)
    expect(result.stdout).toMatch(/\n {2}On a phone: With a number the phone asks/)
    expect(result.stdout).toMatch(/\n {4}< 200 application\/json: {"serialNumbers":\["A-1005"\],"lastUpdated":42}/)
    expect(result.stdout).toMatch(/Authorization: ApplePass \*\*\*\*/)
    const lines = (await run(broken.url, ...PASSES, '--only', 'pass.head', '--output', 'ndjson')).stdout
      .trim()
      .split('\n')
    const events = lines.map((line) => JSON.parse(line))
    expect(events.map(({ type }) => type)).toEqual(['start', 'item', 'progress', 'summary'])
    expect(events[1].item).toMatchObject({ rule: 'pass.head', outcome: 'warned' })
  } finally {
    await broken.close()
  }
})

describe('a card without a pass', () => {
  const named = (): string[] => [server.url, '--serial', 'A-1005', '--pass-type', server.passes.passType]
  const only = ['--only', 'pass.type', '--json']

  test('has its token from a file or a variable', async () => {
    const { token } = server.cards[0]!
    await writeFile(join(cwd, 'token.txt'), `${token}\n`)
    const file = await run(...named(), '--token-file', 'token.txt', ...only)
    expect(file.json<Json>().rules[0]?.outcome).toBe('passed')
    const argv = [...named(), '--token-env', 'CARD_TOKEN', ...only]
    const variable = await runCommand(Conformance, argv, { cwd, env: { CARD_TOKEN: token } })
    expect(variable.json<Json>().rules[0]?.outcome).toBe('passed')
  })

  test('has its token from a pipe', async () => {
    const stdin = Readable.from([Buffer.from(`${server.cards[0]?.token}\n`)])
    const environment = { env: {}, cwd, now: () => new Date() }
    const card = { url: server.url, serial: 'A-1005', passType: server.passes.passType, tokenFile: '-' }
    const common = { passes: [], trust: [], only: ['pass.type'], timeout: 5, version: '0.0.0', environment, stdin }
    const results: RuleResult[] = []
    for await (const event of tryService({ ...card, ...common })) if (event.type === 'item') results.push(event.item)
    expect(results.map(({ outcome }) => outcome)).toEqual(['passed'])
  })

  test.each([
    [['--token-file', 'absent.txt'], 'SECRET_UNAVAILABLE', 'absent.txt gives nothing'],
    [['--token-env', 'CARD_TOKEN_THAT_IS_NOT'], 'SECRET_UNAVAILABLE', 'CARD_TOKEN_THAT_IS_NOT gives nothing'],
    [[], 'USAGE', 'needs --token-file or --token-env as well'],
  ])('%s: %s', async (flags, code, message) => {
    const result = await run(...named(), ...flags, ...only)
    expect(result.json()).toMatchObject({ error: { code, message: expect.stringContaining(message) } })
  })
})

test.each([
  [['http://127.0.0.1:9'], 2, /A card is needed/],
  [['http://127.0.0.1:9', '--pass', 'absent.pkpass'], 6, /absent\.pkpass is not there/],
  [['--pass', '0.pkpass', '--only', 'lists'], 2, /no rule "lists"[\s\S]*Did you mean list/],
  [['ftp://127.0.0.1', '--pass', '0.pkpass'], 2, /is no http or https address/],
  [['http://127.0.0.1:9', '--pass', '0.pkpass'], 5, /gives no answer: nothing listens/],
  [
    ['--pass', '0.pkpass', '--only', 'list.updated', '--update-command', 'echo no such card >&2; exit 3'],
    7,
    /ended with exit code 3: no such card/,
  ],
  // Nobody knows whether a service conforms when its rules could not be tried.
  [['--pass', '0.pkpass', '--only', 'list.updated'], 6, /^$/],
  [['--pass', '0.pkpass', '--only', 'service.https'], 0, /^$/],
  [['--list', '--explain'], 2, /--explain/],
])('%s ends with %i', async (argv, exit, message) => {
  const { exitCode, stderr } = await run(...argv)
  expect(stderr).toMatch(message)
  expect(exitCode).toBe(exit)
  expect(server.registrations()).toBe(0)
})

test('passes without a token, and of two pass types, are refused', async () => {
  const pass = (json: object) => JSON.stringify({ formatVersion: 1, serialNumber: 'A', ...json })
  const { mkdir } = await import('node:fs/promises')
  const types = { other: 'pass.com.example.other', bare: undefined }
  for (const [name, passTypeIdentifier] of Object.entries(types)) {
    await mkdir(join(cwd, name))
    const own = passTypeIdentifier === undefined ? {} : { passTypeIdentifier, authenticationToken: 'x'.repeat(16) }
    await writeFile(join(cwd, name, 'pass.json'), pass(own))
  }
  const bare = await run('--pass', 'bare')
  expect(bare).toMatchObject({ exitCode: 6, stderr: expect.stringMatching(/bare has no passTypeIdentifier/) })
  const two = await run('--pass', '0.pkpass', '--pass', 'other')
  expect(two).toMatchObject({ exitCode: 6, stderr: expect.stringMatching(/different pass types/) })
})

test('--list and --explain ask nothing', async () => {
  const list = await run('--list', '--json')
  const rules = await conformanceRules([])
  expect(list.json()).toEqual({ rules })
  expect((await run('--list')).stdout).toMatch(
    /list\.two-in-a-second +must +Of two changes within a second none is lost/,
  )
  const { stdout } = await run('--explain', '--only', 'pass.not-modified')
  expect(stdout).toMatch(/^pass\.not-modified: must\n[\s\S]*\nseen +vapor PassKit[\s\S]*\n1 rule\.\n$/)
})
