// `tessera serve` with --cards cards and as many registrations in its store (1,000,000 each), on the cores of this
// machine together with what drives it:
// - mixed traffic at --rate requests a second: the time that 99 of 100 requests stay below;
// - passes that are kept, against a bare node:http server that sends the same bytes (wrk, interleaved);
// - passes that are signed, each card once, against RSA-2048 by node:crypto on all cores: the limit;
// - the list of what changed, against the same on a store of a hundredth of the size;
// - memory after each part.
import { writeFileSync } from 'node:fs'
import { machine, makeLaunch, median, options, rawRsaRate, spread, tessera, writeMembers } from './lib.mjs'
import { assertWrk, distinctPasses, lists, mixed, mixedByClock, startBare, startTessera, wrk } from './serve-load.mjs'
import { fillStore, serial, token } from './serve-store.mjs'

const { rounds, cards, rate, seconds } = options({ rounds: 5, cards: 1_000_000, rate: 500, seconds: 60 })
assertWrk()
process.env.TESSERA_SERVICE_URL = 'https://cards.example.com'
const passType = 'pass.com.example.loyalty'

function prepare(size) {
  const launch = makeLaunch()
  writeMembers(launch.path('members.csv'), 1)
  tessera(launch.dir, ['issue', 'members.csv', '--design', 'bonus'])
  fillStore(launch.path('.tessera/store.db'), size)
  return launch
}

const say = (title, text) => console.log(`${title.padEnd(44)} ${text}`)
const memories = []
const launch = prepare(cards)
const small = prepare(Math.max(100, Math.round(cards / 100)))
const server = await startTessera(launch)
const remember = (when) => memories.push(`${when} ${server.memory().toFixed(0)} MB`)
try {
  console.log(`${machine()}\n${cards} cards, ${cards} registrations, ${rounds} rounds\n`)
  remember('at the start')

  // No card was changed since the service was set up, so that all have one time.
  const first = await fetch(`${server.address}/v1/passes/${passType}/${serial(1)}`, {
    headers: { authorization: `ApplePass ${token(1)}` },
  })
  const traffic = { passType, cards, rate, seconds, modified: first.headers.get('last-modified') }
  const times = ({ p50, p97_5, p99, max }) => `p50 ${p50} ms, p97.5 ${p97_5} ms, p99 ${p99} ms, max ${max} ms`
  const driven = await mixed(server.address, traffic)
  say(`mixed, ${rate} a second for ${seconds} s, autocannon`, times(driven))
  const statuses = Object.entries(driven.statuses).map(([code, { count }]) => `${code}: ${count}`)
  say('  answered', `${driven.rate.toFixed(0)} a second; ${statuses.join(', ')}`)
  say('the same by the clock', times(await mixedByClock(server.address, traffic)))
  remember('after mixed traffic')

  const url = `${server.address}/v1/passes/${passType}/${serial(5)}`
  const headers = [`Authorization: ApplePass ${token(5)}`]
  const answer = await fetch(url, { headers: { authorization: `ApplePass ${token(5)}` } })
  const file = launch.path('served.pkpass')
  writeFileSync(file, Buffer.from(await answer.arrayBuffer()))
  const bare = await startBare(file)
  const kept = []
  const peer = []
  for (let round = 0; round < rounds; round++) {
    kept.push((await wrk(url, { headers })).rate)
    peer.push((await wrk(bare.address, { headers })).rate)
  }
  await bare.stop()
  const bytes = Number(answer.headers.get('content-length'))
  say(`kept passes a second (${bytes} bytes)`, spread(kept, 0))
  say('bare node:http, the same bytes', spread(peer, 0))
  say('  share of it', spread(kept.map((value, index) => value / peer[index])))
  remember('after kept passes')

  const signed = []
  const limit = []
  for (let round = 0, from = 10_000; round < rounds; round++, from += 50_000) {
    limit.push(await rawRsaRate(launch.path('certs/pass.key.pem')))
    signed.push((await wrk(server.address, { script: distinctPasses(passType, from % (cards - 50_000)) })).rate)
  }
  say('signed passes a second', spread(signed, 0))
  say('RSA-2048 on all cores', spread(limit, 0))
  say('  share of it', spread(signed.map((value, index) => value / limit[index])))
  remember('after signed passes')

  const other = await startTessera(small)
  const large = []
  const little = []
  for (let round = 0; round < rounds; round++) {
    large.push((await wrk(server.address, { script: lists(passType, cards), seconds: 4 })).rate)
    little.push(
      (await wrk(other.address, { script: lists(passType, Math.max(100, Math.round(cards / 100))), seconds: 4 })).rate,
    )
  }
  await other.stop()
  say(`lists a second, ${cards} cards`, spread(large, 0))
  say('lists a second, a hundredth of them', spread(little, 0))
  say('  share of it', spread(large.map((value, index) => value / little[index])))
  remember('after lists')
  console.log(`\nmemory: ${memories.join(', ')}`)
  if (median(kept) === 0) process.exitCode = 1
} finally {
  await server.stop()
  launch.remove()
  small.remove()
}
