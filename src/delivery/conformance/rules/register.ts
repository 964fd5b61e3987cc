import { deviceId, pushToken } from '../bench.js'
import { APPLE, type ConformanceRule, expectStatus, RuleBroken } from '../rule.js'

const isMissing = (status: number): boolean => status >= 400 && status < 500
const OPEN =
  'Whoever knows a serial number, which is printed on many cards, registers for the card and learns of its changes.'

/** Registration of a device for a card. */
export const REGISTER_RULES: readonly ConformanceRule[] = [
  {
    id: 'register.created',
    level: 'must',
    title: 'A new registration is answered 201',
    protocol:
      'POST /v1/devices/DEVICE/registrations/PASS TYPE/SERIAL with {"pushToken": "…"} and “Authorization: ApplePass TOKEN” is answered 201 when the registration is new.',
    phone:
      'Without a registration the phone is never told of changes; after an error it tries again for a while, then gives up.',
    seen: 'vdv-pkpass always answers 200, so that nobody can tell new registrations from repeated ones.',
    source: APPLE,
    async run(bench) {
      const { card } = bench
      expectStatus(await bench.register(card, deviceId()), [201], { what: 'A new registration' })
      return undefined
    },
  },
  {
    id: 'register.repeated',
    level: 'must',
    title: 'A registration that is there already is answered 200',
    protocol: 'The same request again, for a serial number that is registered for the device, is answered 200.',
    phone: 'A phone that registers again takes another answer for a failure, tries again for a while, then gives up.',
    source: APPLE,
    async run(bench) {
      const [device, token] = [deviceId(), pushToken()]
      const first = await bench.register(bench.card, device, { pushToken: token })
      expectStatus(first, [200, 201], { what: 'The first registration' })
      const again = await bench.register(bench.card, device, { pushToken: token })
      expectStatus(again, [200], { what: 'The same registration again' })
      return undefined
    },
  },
  {
    id: 'register.no-auth',
    level: 'must',
    title: 'A registration without Authorization is answered 401',
    protocol: 'A request that is not authorised is answered 401.',
    phone: OPEN,
    source: APPLE,
    async run(bench) {
      const reply = await bench.register(bench.card, deviceId(), { auth: null })
      expectStatus(reply, [401], { what: 'A registration without a token', mild: isMissing })
      return undefined
    },
  },
  {
    id: 'register.wrong-token',
    level: 'must',
    title: 'A registration with a made-up token is answered 401',
    protocol: 'A request that is not authorised is answered 401.',
    phone: OPEN,
    source: APPLE,
    async run(bench) {
      for (const token of [pushToken(), `${bench.card.token}x`, bench.card.token.slice(0, -1)]) {
        const reply = await bench.register(bench.card, deviceId(), { auth: { token } })
        expectStatus(reply, [401], { what: 'A registration with a token that is not the card’s', mild: isMissing })
      }
      return undefined
    },
  },
  {
    id: 'register.other-card-token',
    level: 'must',
    title: 'A registration with the token of another card is answered 401',
    protocol: 'The token belongs to the card; a request that is not authorised for it is answered 401.',
    phone: 'The holder of one card registers for the cards of all others.',
    source: APPLE,
    cards: 2,
    async run(bench) {
      const { card, other } = bench
      if (card.token === other.token) throw new RuleBroken('Both cards have the same token.')
      const reply = await bench.register(card, deviceId(), { auth: { token: other.token } })
      expectStatus(reply, [401], { what: 'A registration with the token of another card', mild: isMissing })
      return undefined
    },
  },
  {
    id: 'register.wrong-scheme',
    level: 'should',
    title: 'A scheme that no wallet uses is answered 401',
    protocol:
      'Phones write ApplePass before the token; the readers for Android that are known have words of their own.',
    phone:
      'Phones notice nothing; a server that does not look at the word cannot tell one kind of reader from another.',
    source: `${APPLE}; the documentation of the Android readers`,
    async run(bench) {
      for (const scheme of ['Basic', 'Digest']) {
        const reply = await bench.register(bench.card, deviceId(), { auth: { scheme } })
        expectStatus(reply, [401, 400, 403], { what: `A registration with “${scheme}” before the right token` })
      }
      return undefined
    },
  },
  {
    id: 'register.token-rotation',
    level: 'must',
    title: 'A new push token replaces the one of the device',
    protocol:
      'A device is one row: registering it again, with another push token, is a repeated registration (200), lists the card once, and one unregistration ends it.',
    phone:
      'The phone is pushed twice or at a token that is dead, and is still registered after its holder has deleted the card.',
    seen: 'vapor PassKit has a row for each pair of device and push token; django-walletpass 5.0.1 keeps the old push token.',
    source: APPLE,
    async run(bench) {
      const { card } = bench
      const device = await bench.registered(card)
      const again = await bench.register(card, device)
      if (again.status === 201)
        throw new RuleBroken('A registered device with a new push token was answered 201, as a second one.')
      expectStatus(again, [200], { what: 'A registered device with a new push token' })
      const serials = await bench.serialsOf(device)
      const times = serials.filter((serial) => serial === card.serial).length
      if (times !== 1)
        throw new RuleBroken(`The list of the device holds the card ${times === 0 ? 'no longer' : `${times} times`}.`)
      const end = await bench.unregister(card, device)
      expectStatus(end, [200, 204], { what: 'The unregistration' })
      const after = await bench.serialsOf(device)
      if (after.includes(card.serial)) throw new RuleBroken('After one unregistration the device still lists the card.')
      return undefined
    },
  },
  {
    id: 'register.bad-body',
    level: 'should',
    title: 'A registration without a usable push token is answered 400',
    protocol: 'The body is a JSON object with the text pushToken.',
    phone:
      'Phones send a right body; what else is kept as a push token can never be reached, and each push fails on it.',
    source: APPLE,
    async run(bench) {
      const bodies = ['', 'no JSON', '[]', '{}', '{"pushToken":42}', '{"pushToken":""}', '{"pushToken":{"a":["b"]}}']
      for (const body of bodies) {
        const reply = await bench.register(bench.card, deviceId(), { body })
        const what = body === '' ? 'A registration without a body' : `A registration with the body ${body}`
        expectStatus(reply, [400, 415, 422], { what })
      }
      return undefined
    },
  },
]
