import { pushToken } from '../bench.js'
import { APPLE, type ConformanceRule, expectStatus, RuleBroken } from '../rule.js'

const isRefusal = (status: number): boolean => status >= 400 && status < 500
const PASS_TYPE = 'application/vnd.apple.pkpass'
const STRANGER = 'Strangers fetch cards, with the names, balances and barcodes on them, by counting serial numbers.'

/** The latest pass: what it is and who gets it. */
export const PASS_RULES: readonly ConformanceRule[] = [
  {
    id: 'pass.type',
    level: 'must',
    title: 'The pass is answered 200 as application/vnd.apple.pkpass',
    protocol: `GET /v1/passes/PASS TYPE/SERIAL with “Authorization: ApplePass TOKEN” is answered 200 with the pass, as ${PASS_TYPE}.`,
    phone: 'The phone does not take what it gets for a pass, and shows the old one.',
    source: APPLE,
    async run(bench) {
      const reply = await bench.pass(bench.card)
      expectStatus(reply, [200], { what: 'The pass' })
      const type = reply.headers['content-type'] ?? ''
      if (type.split(';', 1)[0]?.trim().toLowerCase() !== PASS_TYPE)
        throw new RuleBroken(`The pass is ${type === '' ? 'of no type' : `“${type}”`} instead of ${PASS_TYPE}.`)
      if (reply.body.length === 0) throw new RuleBroken('The answer is empty.')
      return undefined
    },
  },
  {
    id: 'pass.is-the-card',
    level: 'must',
    title: 'The pass is this card, whole and signed',
    protocol:
      'All of a pass may change but its serial number, pass type and authentication token; the manifest names every file, and the signature fits the manifest.',
    phone: 'The phone throws the new pass away and shows the old one, without a word to the holder.',
    source: 'Apple, Wallet Developer Guide, Updating a Pass; Apple, PKPass authenticationToken',
    async run(bench) {
      const [{ inspectPass }, reply] = await Promise.all([import('../inspect-pass.js'), bench.pass(bench.card)])
      expectStatus(reply, [200], { what: 'The pass' })
      const { broken, mild } = inspectPass(reply.body, { card: bench.card, trust: bench.run.trust })
      if (broken !== undefined) throw new RuleBroken(broken)
      if (mild !== undefined) throw new RuleBroken(mild, { mild: true })
      return undefined
    },
  },
  {
    id: 'pass.no-auth',
    level: 'must',
    title: 'The pass without Authorization is answered 401',
    protocol: 'A request that is not authorised is answered 401.',
    phone: STRANGER,
    source: APPLE,
    async run(bench) {
      const reply = await bench.pass(bench.card, { auth: null })
      expectStatus(reply, [401], { what: 'The pass without a token', mild: isRefusal })
      return undefined
    },
  },
  {
    id: 'pass.wrong-token',
    level: 'must',
    title: 'The pass with a made-up token is answered 401',
    protocol: 'A request that is not authorised is answered 401.',
    phone: STRANGER,
    source: APPLE,
    async run(bench) {
      for (const token of [pushToken(), `${bench.card.token}x`, bench.card.token.slice(0, -1)]) {
        const reply = await bench.pass(bench.card, { auth: { token } })
        expectStatus(reply, [401], { what: 'The pass with a token that is not the card’s', mild: isRefusal })
      }
      return undefined
    },
  },
  {
    id: 'pass.other-card-token',
    level: 'must',
    title: 'The pass with the token of another card is answered 401',
    protocol: 'The token belongs to the card; a request that is not authorised for it is answered 401.',
    phone: 'The holder of one card fetches the cards of all others.',
    source: APPLE,
    cards: 2,
    async run(bench) {
      const { card, other } = bench
      if (card.token === other.token) throw new RuleBroken('Both cards have the same token.')
      const reply = await bench.pass(card, { auth: { token: other.token } })
      expectStatus(reply, [401], { what: 'The pass with the token of another card', mild: isRefusal })
      return undefined
    },
  },
  {
    id: 'pass.unknown',
    level: 'must',
    title: 'A card that does not exist is refused',
    protocol: 'No token is right for it, so that the answer is 401; 404 says the same.',
    phone: 'Phones do not ask for such cards; whoever does may be given files of the server or cards of others.',
    source: APPLE,
    async run(bench) {
      const { card } = bench
      const type = encodeURIComponent(card.passType)
      const serials = [
        'tessera-made-this-up',
        '..%2F..%2F..%2Fetc%2Fpasswd',
        '%2e%2e',
        'a%00b',
        '%27%20OR%201%3D1',
        'x'.repeat(400),
        '%ff',
        '%25',
      ]
      const paths = serials.map((serial) => `/v1/passes/${type}/${serial}`)
      paths.push(`/v1/passes/pass.com.example.tessera-made-this-up/${encodeURIComponent(card.serial)}`)
      for (const path of paths) {
        const { status } = await bench.pass(card, { path })
        if (status < 400)
          throw new RuleBroken(`${path} was answered ${status} instead of 401 or 404.`, { mild: status >= 300 })
        if (status >= 500) throw new RuleBroken(`${path} was answered ${status} instead of 401 or 404.`, { mild: true })
      }
      return undefined
    },
  },
  {
    id: 'pass.head',
    level: 'optional',
    title: 'HEAD is answered like GET, without the pass',
    protocol: 'No document of Apple’s speaks of it, but phones have been seen to send HEAD to the address of the pass.',
    phone: 'The phone that asks so gets an error and may take the pass for gone.',
    source: 'Apple developer forums, thread 765873; RFC 9110, 9.3.2',
    async run(bench) {
      const get = await bench.pass(bench.card)
      const head = await bench.pass(bench.card, { method: 'HEAD' })
      expectStatus(head, [200], { what: 'HEAD' })
      for (const name of ['content-type', 'last-modified'] as const) {
        const [one, other] = [get.headers[name], head.headers[name]]
        if (one !== other)
          throw new RuleBroken(`${name} is ${other ?? 'absent'} for HEAD and ${one ?? 'absent'} for GET.`)
      }
      return undefined
    },
  },
]
