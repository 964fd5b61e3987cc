import { pushToken } from '../bench.js'
import { APPLE, type ConformanceRule, expectStatus, RuleBroken } from '../rule.js'

/** The end of a registration. */
export const UNREGISTER_RULES: readonly ConformanceRule[] = [
  {
    id: 'unregister.ok',
    level: 'must',
    title: 'An unregistration is answered 200',
    protocol: 'DELETE of a registration with the token of the card is answered 200.',
    phone: 'The phone tries again for a while, and is pushed for a card that its holder has deleted.',
    source: APPLE,
    async run(bench) {
      const device = await bench.registered(bench.card)
      expectStatus(await bench.unregister(bench.card, device), [200], { what: 'An unregistration' })
      return undefined
    },
  },
  {
    id: 'unregister.repeated',
    level: 'should',
    title: 'An unregistration that is repeated is no error of the server',
    protocol: 'The protocol does not say; 200, 204, 404 and 410 all tell the phone that nothing is left to do.',
    phone: 'A phone whose first answer was lost tries again and again.',
    source: 'RFC 9110, 9.2.2: DELETE is idempotent',
    async run(bench) {
      const device = await bench.registered(bench.card)
      expectStatus(await bench.unregister(bench.card, device), [200, 204], { what: 'The first unregistration' })
      const again = await bench.unregister(bench.card, device)
      expectStatus(again, [200, 204, 404, 410], { what: 'The same unregistration again' })
      return undefined
    },
  },
  {
    id: 'unregister.wrong-token',
    level: 'must',
    title: 'An unregistration with no token or a wrong one is answered 401, and ends nothing',
    protocol: 'A request that is not authorised is answered 401.',
    phone: 'Strangers end the updates of a card, and its holder sees an old balance for good.',
    source: APPLE,
    async run(bench) {
      const { card } = bench
      const device = await bench.registered(card)
      for (const auth of [null, { token: pushToken() }]) {
        const what = `An unregistration ${auth === null ? 'without a token' : 'with a made-up token'}`
        expectStatus(await bench.unregister(card, device, { auth }), [401], { what, mild: (status) => status === 403 })
      }
      const serials = await bench.serialsOf(device)
      if (!serials.includes(card.serial)) throw new RuleBroken('The device was unregistered although 401 was answered.')
      return undefined
    },
  },
]
