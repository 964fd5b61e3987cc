import { expect, test } from 'vitest'
import { changeCards } from '../../../src/app/cards.js'
import { tryUrl } from '../../delivery/conformance/try-server.js'
import { serveForTest } from '../../support/service.js'
import { tempDir } from '../../support/temp-dir.js'
import { prepareLaunch } from '../../support/tessera.js'

test('our own service keeps to every rule of the protocol', async () => {
  const served = await serveForTest(await prepareLaunch(await tempDir('conforms')), {
    TESSERA_SERVICE_LIMITS_PER_CARD: '0',
    TESSERA_SERVICE_LIMITS_FAILURES: '0',
  })
  const { issuer } = await served.launch.identity()
  const serials = ['1001', '1002']
  const cards = await Promise.all(
    serials.map(async (serial) => ({ serial, passType: served.passType, token: await served.tokenOf(serial) })),
  )
  const { results, summary } = await tryUrl(served.url, cards, {
    trust: [issuer],
    update: async (serial) => {
      const change = { kind: 'extend', by: 86_400_000 } as const
      await changeCards(served.launch, { selection: { serials: [serial] }, change, dryRun: false })
    },
  })
  expect(results.filter(({ outcome }) => outcome !== 'passed').map(({ rule, outcome }) => [rule, outcome])).toEqual([
    // By http, on loopback.
    ['service.https', 'skipped'],
  ])
  expect(summary.passed).toBeGreaterThan(40)
}, 120_000)
