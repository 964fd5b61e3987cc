import { APPLE, type ConformanceRule, expectStatus, RuleBroken } from '../rule.js'

/** The log that phones send. */
export const LOG_RULES: readonly ConformanceRule[] = [
  {
    id: 'log.accepts',
    level: 'must',
    title: 'The log of a phone is answered 200',
    protocol:
      'POST /v1/log with {"logs": ["…"]}, without Authorization, is answered 200. All endpoints are required, this one too.',
    phone:
      'The phone cannot tell why it does not accept a pass, and the one place where its reasons could be read stays empty.',
    source: APPLE,
    async run(bench) {
      const logs = ['Tessera tries whether this web service keeps the logs of phones.', 'Ünïcode and "quotes".']
      expectStatus(await bench.log(JSON.stringify({ logs })), [200], { what: 'A log of two lines' })
      return undefined
    },
  },
  {
    id: 'log.odd-body',
    level: 'should',
    title: 'Odd logs are taken or refused, and nothing breaks',
    protocol: 'The protocol does not say; any answer will do but an error of the server.',
    phone: 'Phones send right logs; others find out that the server falls over.',
    source: 'RFC 9110, 15.5: what the client did wrong is answered 4xx',
    async run(bench) {
      for (const body of ['', 'no JSON', '[]', '{}', '{"logs":"text"}', '{"logs":[1,null,{"a":1}]}', '{"logs":[]}']) {
        const { status } = await bench.log(body)
        if (status >= 500)
          throw new RuleBroken(
            `A log with ${body === '' ? 'an empty body' : `the body ${body}`} was answered ${status}.`,
          )
      }
      return undefined
    },
  },
]
