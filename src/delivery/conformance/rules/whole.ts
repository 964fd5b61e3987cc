import type { Bench } from '../bench.js'
import { deviceId, passPath, pushToken } from '../bench.js'
import { APPLE, type ConformanceRule, expectStatus, RuleBroken, RuleSkipped } from '../rule.js'

const DEVICES = 12
const LOOPBACK = /^(?:localhost|127(?:\.\d+){3}|::1)$/

function encodeAll(text: string): string {
  return [...Buffer.from(text)].map((byte) => `%${byte.toString(16).toUpperCase().padStart(2, '0')}`).join('')
}

/** What concerns the service as a whole. */
export const WHOLE_RULES: readonly ConformanceRule[] = [
  {
    id: 'service.https',
    level: 'should',
    title: 'The service is reached by https',
    protocol: 'webServiceURL must be an https address; phones allow http on development devices only.',
    phone: 'Phones never ask an http address, so that the card is never updated.',
    source: 'Apple, Wallet Passes, webServiceURL',
    async run({ run }) {
      if (run.secure) return undefined
      if (LOOPBACK.test(run.host)) throw new RuleSkipped('It was asked by http on this machine; phones need https.')
      throw new RuleBroken('It was asked by http.')
    },
  },
  {
    id: 'service.many-devices',
    level: 'must',
    title: 'A card on many devices is listed for each',
    protocol: 'A card may be on any number of devices; each has its own list and ends its own registration.',
    phone: 'The holder’s other phone, the watch or the family’s phones stop being updated when one more registers.',
    seen: 'One phone has been seen to register hundreds of times with device ids of its own.',
    source: `${APPLE}; Apple developer forums, thread 130425`,
    async run(bench) {
      // Services limit how often they are asked for one card; most rules ask for the first.
      const card = bench.run.cards.at(-1) ?? bench.card
      const token = pushToken()
      const devices: string[] = []
      for (let index = 0; index < DEVICES; index++) {
        const device = deviceId()
        const reply = await bench.register(card, device, { pushToken: index % 2 === 0 ? token : pushToken() })
        expectStatus(reply, [200, 201], { what: `Registration ${index + 1} of ${DEVICES} devices` })
        devices.push(device)
      }
      const [first = '', ...others] = devices
      await bench.unregister(card, first)
      for (const device of others) await expectListed(bench, device, card.serial)
      return undefined
    },
  },
  {
    id: 'service.percent-encoding',
    level: 'should',
    title: 'Percent-encoded ids are the same ids',
    protocol:
      'Letters and digits that are percent-encoded stand for themselves; serial numbers may hold characters that have to be.',
    phone: 'Cards whose serial numbers hold a space, a slash or an umlaut are never updated.',
    source: 'RFC 3986, 2.3 and 6.2.2.2',
    async run(bench) {
      const { card } = bench
      const plain = await bench.pass(card)
      if (plain.status !== 200) throw new RuleSkipped(`The pass was answered ${plain.status}; see pass.type.`)
      const path = `/v1/passes/${encodeAll(card.passType)}/${encodeAll(card.serial)}`
      if (path === passPath(card)) return undefined
      expectStatus(await bench.pass(card, { path }), [200], { what: 'The pass at its percent-encoded address' })
      const device = await bench.registered(card)
      const reply = await bench.listRaw(encodeAll(device), '', encodeAll(card.passType))
      expectStatus(reply, [200], { what: 'The list at its percent-encoded address' })
      return undefined
    },
  },
  {
    id: 'service.no-server-error',
    level: 'should',
    title: 'Nothing is answered with an error of the server',
    protocol: 'What the client does wrong is answered 4xx.',
    phone: 'A phone takes an error of the server for one that passes, and repeats the same request with growing waits.',
    source: `${APPLE}; RFC 9110, 15.6`,
    async run({ run, exchanges }) {
      const { serverErrors } = run
      exchanges.push(...serverErrors.slice(0, 8))
      if (serverErrors.length > 0)
        throw new RuleBroken(`${serverErrors.length} of ${run.counts.requests} requests were answered 5xx.`)
      return undefined
    },
  },
]

async function expectListed(bench: Bench, device: string, serial: string): Promise<void> {
  const serials = await bench.serialsOf(device)
  if (!serials.includes(serial)) throw new RuleBroken(`One of ${DEVICES} devices no longer lists the card.`)
}
