import { deviceId } from '../bench.js'
import { readList } from '../read-list.js'
import { APPLE, type ConformanceRule, expectStatus, RuleBroken, RuleSkipped } from '../rule.js'
import type { WalletReply } from '../wallet-client.js'

/** Why a list holds nothing new; undefined when it does not say so. */
function emptyProblem(reply: WalletReply): string | undefined {
  if (reply.status === 204) return undefined
  const list = reply.status === 200 ? readList(reply.body) : undefined
  if (list === undefined) return `was answered ${reply.status} instead of 204`
  return list.serials.length === 0
    ? 'was answered 200 with an empty list instead of 204'
    : `was answered 200 with ${list.serials.length === 1 ? 'a card' : `${list.serials.length} cards`} instead of 204`
}

/** The list of what has changed, without changing anything. */
export const LIST_RULES: readonly ConformanceRule[] = [
  {
    id: 'list.registered',
    level: 'must',
    title: 'A device that asks without a tag gets all of its cards',
    protocol:
      'GET /v1/devices/DEVICE/registrations/PASS TYPE is answered 200 with {"serialNumbers": […], "lastUpdated": "TAG"}: all cards of the device when passesUpdatedSince is absent.',
    phone: 'The phone does not learn which of its cards to fetch, and shows what it has.',
    source: APPLE,
    async run(bench) {
      const device = await bench.registered(bench.card)
      const reply = await bench.list(device)
      if (reply.status === 401 || reply.status === 403)
        throw new RuleSkipped(`The list was answered ${reply.status}; see list.no-auth.`)
      expectStatus(reply, [200], { what: 'The list of a registered device' })
      const list = readList(reply.body)
      if (list === undefined) throw new RuleBroken('The list is no JSON object with an array serialNumbers.')
      if (!list.serials.includes(bench.card.serial)) throw new RuleBroken('The list does not hold the registered card.')
      if (list.tagType === 'undefined') throw new RuleBroken('The list has no lastUpdated.')
      return undefined
    },
  },
  {
    id: 'list.no-auth',
    level: 'must',
    title: 'The list is given without Authorization',
    protocol: 'This one request carries no Authorization: the id of the device, which nobody else knows, is enough.',
    phone: 'The phone sends none, is refused, and never learns of a change.',
    source: APPLE,
    async run(bench) {
      const device = await bench.registered(bench.card)
      const { status } = await bench.list(device)
      if (status === 401 || status === 403)
        throw new RuleBroken(`The list was answered ${status}: it asks for a token.`)
      return undefined
    },
  },
  {
    id: 'list.several-cards',
    level: 'must',
    title: 'A device with two cards is told of both',
    protocol: 'The list holds the serial numbers of all matching cards.',
    phone: 'Only one of the holder’s cards is ever fetched; the other one shows old values for good.',
    seen: 'django-walletpass 5.0.1 lists only the cards whose time of change is the latest of all.',
    source: APPLE,
    cards: 2,
    async run(bench) {
      const { card, other } = bench
      const device = await bench.registered(card, other)
      const serials = await bench.serialsOf(device)
      for (const one of [card, other])
        if (!serials.includes(one.serial))
          throw new RuleBroken(`The device has two cards, and ${one.serial} is not in its list.`)
      return undefined
    },
  },
  {
    id: 'list.string-tag',
    level: 'must',
    title: 'lastUpdated is a text',
    protocol: 'lastUpdated is a JSON string. It means something to the server only.',
    phone: 'With a number the phone asks for the list again and again and never fetches a card.',
    source: `${APPLE}; Apple developer forums, thread 694992`,
    async run(bench) {
      const { tag, tagType } = await bench.listed(await bench.registered(bench.card))
      if (tagType !== 'string') throw new RuleBroken(`lastUpdated is a ${tagType}: ${tag}.`)
      if (tag === '') throw new RuleBroken('lastUpdated is an empty text.')
      return undefined
    },
  },
  {
    id: 'list.content-type',
    level: 'should',
    title: 'The list is application/json',
    protocol: 'The list is JSON and says so.',
    phone: 'Phones are not known to mind; proxies and other readers may.',
    source: APPLE,
    async run(bench) {
      const device = await bench.registered(bench.card)
      const { status, headers } = await bench.list(device)
      if (status !== 200) throw new RuleSkipped(`The list was answered ${status}; see list.registered.`)
      const type = headers['content-type'] ?? ''
      if (!/^application\/json\s*(?:;|$)/i.test(type)) throw new RuleBroken(`The list is ${type || 'of no type'}.`)
      return undefined
    },
  },
  {
    id: 'list.same-tag-204',
    level: 'must',
    title: 'Nothing new since the last tag is answered 204',
    protocol: 'When no card has changed since passesUpdatedSince, the answer is 204 without a body.',
    phone:
      'The phone fetches its cards at every question though nothing has changed, or writes into its log that the list makes no sense.',
    seen: 'vdv-pkpass answers 200 with an empty list.',
    source: APPLE,
    async run(bench) {
      const device = await bench.registered(bench.card)
      const { tag = '' } = await bench.listed(device)
      const problem = emptyProblem(await bench.list(device, tag))
      if (problem !== undefined) throw new RuleBroken(`The list since its own tag ${problem}.`)
      return undefined
    },
  },
  {
    id: 'list.unknown-device',
    level: 'should',
    title: 'A device that nobody knows is answered 204',
    protocol: 'No matching cards are answered 204.',
    phone: 'A phone whose registration was lost takes an error for a failure and asks again and again.',
    seen: 'django-walletpass 5.0.1 answers 400.',
    source: APPLE,
    async run(bench) {
      const problem = emptyProblem(await bench.list(deviceId()))
      if (problem !== undefined) throw new RuleBroken(`The list of a made-up device ${problem}.`)
      return undefined
    },
  },
  {
    id: 'list.other-pass-type',
    level: 'should',
    title: 'A pass type that the device has no card of is answered 204',
    protocol: 'The list is of one pass type; no matching cards are answered 204.',
    phone: 'A phone that has cards of two pass types fetches the cards of one at the addresses of the other.',
    source: APPLE,
    async run(bench) {
      const device = await bench.registered(bench.card)
      const reply = await bench.listRaw(device, '', 'pass.com.example.tessera-made-this-up')
      const problem = emptyProblem(reply)
      if (problem !== undefined) throw new RuleBroken(`The list of another pass type ${problem}.`)
      return undefined
    },
  },
  {
    id: 'list.after-unregister',
    level: 'must',
    title: 'A card is not listed after its registration has ended',
    protocol: 'The list holds the cards that are registered for the device.',
    phone: 'The phone fetches a card that its holder has deleted.',
    source: APPLE,
    async run(bench) {
      const { card } = bench
      const device = await bench.registered(card)
      await bench.unregister(card, device)
      const { status, body } = await bench.list(device)
      const list = status === 200 ? readList(body) : undefined
      if (list?.serials.includes(card.serial) === true)
        throw new RuleBroken('The card is still listed after it was unregistered.')
      if (status >= 500) throw new RuleBroken(`The list after the unregistration was answered ${status}.`)
      return undefined
    },
  },
]
