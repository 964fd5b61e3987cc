import { describe, expect, test } from 'vitest'
import { CONFORMANCE_RULES } from '../../../src/delivery/conformance/rules.js'
import { startWalletServer, type WalletBug, type WalletServer } from '../../support/wallet-server.js'
import { tryServer } from './try-server.js'

async function withServer<T>(bugs: readonly WalletBug[], use: (server: WalletServer) => Promise<T>): Promise<T> {
  const server = await startWalletServer(...bugs)
  try {
    return await use(server)
  } finally {
    await server.close()
  }
}

/** Outcome -> rules, of the rules that do not hold. */
async function brokenOf(bugs: readonly WalletBug[], only: readonly string[] = []) {
  return withServer(bugs, async (server) => {
    const { results, summary } = await tryServer(server, { only })
    const named = (wanted: string): string[] =>
      results.filter(({ outcome }) => outcome === wanted).map(({ rule }) => rule)
    expect(summary.conforms).toBe(named('failed').length === 0)
    return { failed: named('failed'), warned: named('warned') }
  })
}

test.concurrent('a correct service passes every rule, and nothing of the run is left behind', async () => {
  await withServer([], async (server) => {
    const { results, summary } = await tryServer(server)
    const other = results.filter(({ outcome }) => outcome !== 'passed')
    expect(other.map(({ rule, outcome, message }) => ({ rule, outcome, message }))).toEqual([
      {
        rule: 'service.https',
        outcome: 'skipped',
        message: 'It was asked by http on this machine; phones need https.',
      },
    ])
    expect(results).toHaveLength(CONFORMANCE_RULES.length)
    expect(summary).toMatchObject({ conforms: true, failed: 0, warned: 0, skipped: 1, cards: 2, notes: [] })
    expect(server.registrations()).toBe(0)
  })
})

/** What the peers do, put together as each of them does it, and exactly the rules that tell. */
const PEERS: readonly { name: string; bugs: readonly WalletBug[]; failed: string[]; warned: string[] }[] = [
  {
    name: 'only the cards that changed last are listed, and unknown devices are an error (django-walletpass)',
    bugs: ['only-latest', 'unknown-device-400'],
    failed: ['list.several-cards', 'list.all-updated'],
    warned: ['list.unknown-device'],
  },
  {
    name: 'If-Modified-Since is a number, and each push token is a row (vapor PassKit)',
    bugs: ['numeric-if-modified-since', 'row-per-push-token'],
    failed: ['register.token-rotation', 'pass.not-modified'],
    warned: ['pass.odd-if-modified-since'],
  },
  {
    name: 'the tag is a time in whole seconds (spatie)',
    bugs: ['second-tag'],
    failed: ['list.two-in-a-second'],
    warned: [],
  },
  {
    name: 'registrations are never 201, and lists never 204 (vdv-pkpass)',
    bugs: ['register-never-201', 'list-never-204'],
    failed: ['register.created', 'list.same-tag-204'],
    warned: ['list.unknown-device', 'list.other-pass-type'],
  },
  {
    name: 'the tag is a number (forum 694992)',
    bugs: ['number-tag'],
    failed: ['list.string-tag'],
    warned: [],
  },
  {
    name: 'no token is looked at',
    bugs: ['all-tokens'],
    failed: [
      'register.no-auth',
      'register.wrong-token',
      'register.other-card-token',
      'pass.no-auth',
      'pass.wrong-token',
      'pass.other-card-token',
      'unregister.wrong-token',
    ],
    warned: ['register.wrong-scheme', 'android.schemes'],
  },
]

test.concurrent.each(PEERS)('$name: exactly its rules', async ({ bugs, failed, warned }) => {
  expect(await brokenOf(bugs)).toEqual({ failed, warned })
})

/** One bug each, with the rules of its group that tell: each rule fails at least once. */
const BUGS: readonly [bug: WalletBug, group: string, failed: string[], warned: string[]][] = [
  ['any-cards-token', 'register', ['register.other-card-token'], []],
  ['any-cards-token', 'pass', ['pass.other-card-token'], []],
  ['any-scheme', 'register', [], ['register.wrong-scheme']],
  ['bad-body-500', 'register', [], ['register.bad-body']],
  ['bad-body-200', 'register', [], ['register.bad-body']],
  ['register-repeated-409', 'register', ['register.repeated', 'register.token-rotation'], []],
  ['one-device', 'service', ['service.many-devices'], []],
  ['list-wants-token', 'list', ['list.no-auth'], ['list.unknown-device', 'list.other-pass-type']],
  ['list-as-text', 'list.content-type', [], ['list.content-type']],
  ['list-of-all-types', 'list.other-pass-type', [], ['list.other-pass-type']],
  ['odd-tag-404', 'list.odd-tag', [], ['list.odd-tag']],
  ['tag-stays', 'list.tag-increases', ['list.tag-increases'], []],
  ['updates-lost', 'list.updated', ['list.updated'], []],
  ['updates-lost', 'pass', ['pass.modified-after-update'], []],
  ['unregister-keeps', 'list.after-unregister', ['list.after-unregister'], []],
  ['unregister-keeps', 'unregister', [], []],
  ['unregister-anyway', 'unregister', ['unregister.wrong-token'], []],
  ['unregister-204', 'unregister', ['unregister.ok'], []],
  ['unregister-again-500', 'unregister', [], ['unregister.repeated']],
  ['pass-as-zip', 'pass', ['pass.type'], []],
  ['pass-for-all', 'pass', ['pass.no-auth', 'pass.wrong-token', 'pass.other-card-token'], []],
  ['pass-any-serial', 'pass', ['pass.unknown'], []],
  ['new-token', 'pass', ['pass.is-the-card'], []],
  ['tampered', 'pass', ['pass.is-the-card'], []],
  ['no-last-modified', 'pass', ['pass.last-modified'], []],
  ['always-304', 'pass', ['pass.modified-after-update'], ['pass.odd-if-modified-since']],
  ['no-head', 'pass', [], ['pass.head']],
  ['no-log', 'log', ['log.accepts'], []],
  ['log-500', 'log', [], ['log.odd-body']],
  ['no-attido', 'android', [], ['android.attido']],
  ['apple-only', 'android', [], ['android.attido', 'android.schemes']],
  ['raw-ids', 'service.percent-encoding', [], ['service.percent-encoding']],
]

describe('one bug', () => {
  test.concurrent.each(BUGS)('%s breaks %s', async (bug, group, failed, warned) => {
    expect(await brokenOf([bug], [group])).toEqual({ failed, warned })
  })

  test('every rule fails for one of them', () => {
    const told = [...PEERS, ...BUGS.map(([, , failed, warned]) => ({ failed, warned }))].flatMap((one) => [
      ...one.failed,
      ...one.warned,
    ])
    const elsewhere = ['list.registered', 'service.https', 'service.no-server-error']
    const silent = CONFORMANCE_RULES.filter(({ id }) => !told.includes(id) && !elsewhere.includes(id))
    expect(silent.map(({ id }) => id)).toEqual([])
  })
})
