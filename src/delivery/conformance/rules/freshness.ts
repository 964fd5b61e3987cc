import { type Bench, POLL } from '../bench.js'
import { APPLE, type ConformanceRule, expectStatus, RuleBroken, RuleSkipped } from '../rule.js'

const DAY = 86_400_000
/** RFC 9110, 5.6.7: the one form that is sent, and the two old ones that are understood. */
const HTTP_DATE =
  /^(?:[A-Z][a-z]{2}, \d\d [A-Z][a-z]{2} \d{4} \d\d:\d\d:\d\d GMT|[A-Z][a-z]+day, \d\d-[A-Z][a-z]{2}-\d\d \d\d:\d\d:\d\d GMT|[A-Z][a-z]{2} [A-Z][a-z]{2} [ \d]\d \d\d:\d\d:\d\d \d{4})$/

async function lastModified(bench: Bench): Promise<string> {
  const { status, headers } = await bench.pass(bench.card)
  const date = headers['last-modified']
  if (status !== 200 || date === undefined)
    throw new RuleSkipped('It needs a pass with Last-Modified; see pass.type and pass.last-modified.')
  return date
}

/** What spares the transfer of a pass that the phone has. */
export const FRESHNESS_RULES: readonly ConformanceRule[] = [
  {
    id: 'pass.last-modified',
    level: 'must',
    title: 'The pass has a Last-Modified',
    protocol:
      'The endpoint supports the standard caching of HTTP: Last-Modified is the time of the last change, as an HTTP date.',
    phone: 'The phone has nothing to ask with, and transfers the whole pass each time.',
    source: `${APPLE}; RFC 9110, 8.8.2`,
    async run(bench) {
      const reply = await bench.pass(bench.card)
      if (reply.status !== 200) throw new RuleSkipped(`The pass was answered ${reply.status}; see pass.type.`)
      const date = reply.headers['last-modified']
      if (date === undefined) throw new RuleBroken('The answer has no Last-Modified.')
      if (!HTTP_DATE.test(date) || Number.isNaN(Date.parse(date)))
        throw new RuleBroken(`Last-Modified is no HTTP date: ${date}.`)
      const now = Date.parse(reply.headers.date ?? '') || Date.now()
      if (Date.parse(date) > now + DAY) throw new RuleBroken(`Last-Modified is in the future: ${date}.`, { mild: true })
      return undefined
    },
  },
  {
    id: 'pass.not-modified',
    level: 'must',
    title: 'A pass that has not changed is answered 304',
    protocol:
      'With If-Modified-Since, which holds the Last-Modified of before, a pass that has not changed since is answered 304.',
    phone: 'Every question transfers a whole pass, and every card of a push is signed again.',
    seen: 'vapor PassKit reads If-Modified-Since as a number, so that an HTTP date is passed over.',
    source: APPLE,
    async run(bench) {
      const since = await lastModified(bench)
      const reply = await bench.pass(bench.card, { since })
      expectStatus(reply, [304], { what: 'The pass with its own Last-Modified as If-Modified-Since' })
      return undefined
    },
  },
  {
    id: 'pass.modified-after-update',
    level: 'must',
    title: 'A pass that has changed is answered 200 and has a new Last-Modified',
    protocol: 'A pass that has changed since If-Modified-Since is answered 200, with the time of the change.',
    phone: 'The phone is told that its pass is the latest, and shows the old values for good.',
    source: APPLE,
    changes: true,
    async run(bench) {
      const since = await lastModified(bench)
      await bench.update(bench.card)
      const until = Date.now() + bench.run.settle
      let reply = await bench.pass(bench.card, { since })
      while (reply.status === 304 && Date.now() < until) {
        await bench.sleep(POLL)
        reply = await bench.pass(bench.card, { since })
      }
      expectStatus(reply, [200], { what: 'The changed pass with If-Modified-Since of before' })
      if (reply.headers['last-modified'] === since)
        throw new RuleBroken(`The pass has changed, and its Last-Modified is still ${since}.`)
      return undefined
    },
  },
  {
    id: 'pass.odd-if-modified-since',
    level: 'should',
    title: 'An If-Modified-Since that is no date is passed over',
    protocol:
      'What is no HTTP date is ignored, so that the pass is sent (200); a date before the last change gets the pass as well.',
    phone:
      'A phone, or a proxy on the way, with an odd date is told that nothing has changed, and shows the old values.',
    seen: 'vapor PassKit takes the header for a number of seconds.',
    source: 'RFC 9110, 13.1.3',
    async run(bench) {
      await lastModified(bench)
      const odd = ['no date', '', '0', '9999999999', '2999-01-01T00:00:00Z', 'Thu, 01 Jan 1970 00:00:01 GMT']
      for (const since of odd) {
        const reply = await bench.pass(bench.card, { since })
        expectStatus(reply, [200], { what: `The pass with “If-Modified-Since: ${since}”` })
      }
      return undefined
    },
  },
]
