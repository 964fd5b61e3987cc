import type { Bench } from '../bench.js'
import { followingPhone } from '../following-phone.js'
import { APPLE, type ConformanceRule, RuleBroken, RuleSkipped } from '../rule.js'

const CHANGED = 'If the update command has set the value that was there, this says nothing.'
const SO = 'StackOverflow 14839943'

/** Milliseconds between two changes of a pair. */
const APART = 300

/** Two changes, one begun shortly after the other, since the command of a user may take longer than a second. */
async function changePair(bench: Bench): Promise<void> {
  const change = async (wait: number): Promise<void> => {
    await bench.sleep(wait)
    await bench.update(bench.card, { together: true })
  }
  await Promise.all([change(0), change(APART)])
}

/** What tags have to be for no change to be lost. */
export const TAG_RULES: readonly ConformanceRule[] = [
  {
    id: 'list.odd-tag',
    level: 'should',
    title: 'A tag that the server has not given breaks nothing',
    protocol:
      'Phones send back what they were given, also years ago and by another program. The answer is a list (200), nothing new (204) or 400; the percent-encoding of a tag changes nothing.',
    phone:
      'A phone that remembers a tag of the server’s old program is answered with errors, and its cards are never updated again.',
    source: `${APPLE}; RFC 3986, 2.3`,
    async run(bench) {
      const device = await bench.registered(bench.card)
      const { tag = '' } = await bench.listed(device)
      const odd = [
        'no tag at all',
        '2024-05-01T12:00:00+00:00',
        'Wed, 01 May 2024 12:00:00 GMT',
        '-1',
        '1e99',
        '',
        "'; --",
        '‮ü'.repeat(40),
      ]
      const queries = [...odd.map(encodeURIComponent), '%', '%00', 'a&passesUpdatedSince=b']
      for (const query of queries) {
        const { status } = await bench.listRaw(device, `?passesUpdatedSince=${query}`)
        if (status !== 200 && status !== 204 && status !== 400)
          throw new RuleBroken(`The list since “${query}” was answered ${status} instead of 200, 204 or 400.`)
      }
      const encoded = [...Buffer.from(tag)].map((byte) => `%${byte.toString(16).padStart(2, '0')}`).join('')
      const [plain, same] = [
        await bench.list(device, tag),
        await bench.listRaw(device, `?passesUpdatedSince=${encoded}`),
      ]
      if (plain.status !== same.status)
        throw new RuleBroken(
          `The list since its own tag was answered ${plain.status}, and ${same.status} when the tag was percent-encoded.`,
        )
      return undefined
    },
  },
  {
    id: 'list.updated',
    level: 'must',
    title: 'A card that has changed is listed since the tag before',
    protocol: 'The list holds the cards that have changed since passesUpdatedSince.',
    phone: 'The phone is pushed, asks what has changed, is told nothing, and shows the old values.',
    source: APPLE,
    changes: true,
    async run(bench) {
      const { card } = bench
      const device = await bench.registered(card)
      const { tag = '' } = await bench.listed(device)
      await bench.update(card)
      const { serials } = await bench.listUntil(device, tag, [card])
      if (!serials.includes(card.serial))
        throw new RuleBroken(`The card was changed, and the list since the tag before does not hold it. ${CHANGED}`)
      return undefined
    },
  },
  {
    id: 'list.all-updated',
    level: 'must',
    title: 'Of two cards that have changed both are listed',
    protocol:
      'The list holds all cards that have changed since passesUpdatedSince, not only the ones that changed last.',
    phone: 'The card that changed first is never fetched; the phone has the newer tag and does not ask for it again.',
    seen: 'django-walletpass 5.0.1 lists only the cards whose time of change is the latest of all.',
    source: APPLE,
    cards: 2,
    changes: true,
    async run(bench) {
      const { card, other } = bench
      const device = await bench.registered(card, other)
      const { tag = '' } = await bench.listed(device)
      await bench.update(card)
      await bench.update(other)
      const { serials } = await bench.listUntil(device, tag, [card, other])
      const lost = [card, other].filter(({ serial }) => !serials.includes(serial))
      if (lost.length > 0)
        throw new RuleBroken(
          `Two cards were changed, and the list since the tag before lacks ${lost.map(({ serial }) => serial).join(' and ')}. ${CHANGED}`,
        )
      return undefined
    },
  },
  {
    id: 'list.tag-increases',
    level: 'must',
    title: 'Each change gives a tag that was not there before',
    protocol:
      'lastUpdated tells one state of the device’s cards from another; phones take it as it is and send it back.',
    phone:
      'The phone writes into its log that “the lastUpdated tag remained the same”, and fetches the card again at every question.',
    seen: 'Servers that take the time of the request, or nothing, for the tag.',
    source: `${APPLE}; ${SO}`,
    changes: true,
    async run(bench) {
      const { card } = bench
      const device = await bench.registered(card)
      let { tag = '' } = await bench.listed(device)
      const seen = new Set([tag])
      for (let time = 1; time <= 2; time++) {
        await bench.update(card)
        const next = await bench.listUntil(device, tag, [card])
        if (next.tag === undefined) throw new RuleSkipped('The list did not hold the changed card; see list.updated.')
        if (seen.has(next.tag))
          throw new RuleBroken(`The card was changed, and the tag ${next.tag} was there before the change.`)
        seen.add(next.tag)
        tag = next.tag
      }
      const { status } = await bench.list(device, tag)
      if (status === 200 && (await bench.listed(device, tag)).serials.length > 0)
        throw new RuleBroken('The list since the newest tag holds the card again, though nothing has changed.')
      return undefined
    },
  },
  {
    id: 'list.two-in-a-second',
    level: 'must',
    title: 'Of two changes within a second none is lost',
    protocol: 'The list holds the cards that have changed since passesUpdatedSince, however shortly after.',
    phone: 'The phone has fetched the first change, is told that nothing is new, and never shows the second one.',
    seen: 'spatie/laravel-mobile-pass: the tag is a time in whole seconds, compared with “later than”.',
    source: APPLE,
    changes: true,
    async run(bench) {
      const phone = await followingPhone(bench)
      let shortly = 0
      await bench.aSecondLater()
      // Wherever the service's second begins, two of the three pairs lie within one.
      for (const offset of [0, 333, 666]) {
        await bench.sleep((1000 + ((offset - Date.now()) % 1000)) % 1000)
        const from = phone.listings.length
        await phone.followWhile(changePair(bench))
        if (!(await phone.catchUp()))
          throw new RuleBroken(
            'The card was changed twice, shortly after each other, and the list since the first change does not hold it.',
          )
        const [first = 0, second = Number.POSITIVE_INFINITY] = phone.listings.slice(from)
        if (second - first < 1000) shortly++
      }
      if (shortly === 0) throw new RuleSkipped('The update command takes too long for two changes within a second.')
      return `${shortly} of 3 pairs of changes were listed within a second.`
    },
  },
]
