// Drivers: wrk for as many requests as possible, autocannon for a given number a second.
import { spawn, spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import { Agent, createServer, request } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import autocannon from 'autocannon'
import { bin } from './lib.mjs'
import { device, serial, token } from './serve-store.mjs'

export function assertWrk() {
  if (spawnSync('wrk', ['--version']).error) throw new Error('This benchmark drives with wrk: apt-get install wrk')
}

/** Starts a program that prints its address in a line of its own. */
export function startServer(command, args, cwd) {
  const child = spawn(command, args, { cwd, stdio: ['ignore', 'pipe', 'ignore'] })
  const url = new Promise((resolve, reject) => {
    let text = ''
    child.stdout.setEncoding('utf8').on('data', (data) => {
      text += data
      const found = /^https?:\S+/m.exec(text)?.[0]
      if (found) resolve(found)
    })
    child.once('close', () => reject(new Error(`${args.join(' ')} ended: ${text}`)))
  })
  return url.then((address) => ({
    address,
    memory: () => Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${child.pid}/status`, 'utf8'))?.[1] ?? 0) / 1024,
    stop: () =>
      new Promise((resolve) => {
        child.once('close', resolve)
        child.kill('SIGTERM')
      }),
  }))
}

/** `tessera serve` without limits and without an access log. */
export function startTessera(launch) {
  process.env.TESSERA_SERVICE_LIMITS_PER_ADDRESS = '0'
  process.env.TESSERA_SERVICE_LIMITS_PER_CARD = '0'
  process.env.TESSERA_SERVICE_LIMITS_FAILURES = '0'
  process.env.TESSERA_SERVICE_LIMITS_LOGS = '0'
  return startServer(process.execPath, [bin, 'serve', '--port', '0', '--access-log', 'off'], launch.dir)
}

/** The peer: node:http and nothing else, sending the bytes of a file with the headers that ours has. */
export function startBare(file) {
  return startServer(process.execPath, [fileURLToPath(import.meta.url), 'bare', file], tmpdir())
}

if (process.argv[2] === 'bare') {
  const bytes = readFileSync(process.argv[3])
  const headers = { 'Content-Type': 'application/vnd.apple.pkpass', 'Content-Length': bytes.length }
  const server = createServer((_request, response) => {
    response.writeHead(200, headers)
    response.end(bytes)
  })
  server.listen(0, '127.0.0.1', () => console.log(`http://127.0.0.1:${server.address().port}`))
  process.on('SIGTERM', () => process.exit(0))
}

/** Requests a second, by wrk on one thread. `script` is Lua that makes the requests. */
export function wrk(url, { script, headers = [], seconds = 5, connections = 16 }) {
  const args = ['-t1', `-c${connections}`, `-d${seconds}s`, '--latency']
  for (const header of headers) args.push('-H', header)
  if (script !== undefined) {
    const file = join(mkdtempSync(join(tmpdir(), 'tessera-wrk-')), 'load.lua')
    writeFileSync(file, script)
    args.push('-s', file)
  }
  return new Promise((resolve, reject) => {
    const child = spawn('wrk', [...args, url], { stdio: ['ignore', 'pipe', 'inherit'] })
    let text = ''
    child.stdout.setEncoding('utf8').on('data', (data) => {
      text += data
    })
    child.once('close', () => {
      const rate = Number(/Requests\/sec:\s+([\d.]+)/.exec(text)?.[1])
      const p99 = /99%\s+(\S+)/.exec(text)?.[1]
      if (/Non-2xx or 3xx/.test(text) || !rate) reject(new Error(text))
      else resolve({ rate, p99 })
    })
  })
}

/** Passes of cards that follow each other, each asked for once in a run of the benchmark. */
export function distinctPasses(passType, from) {
  return `local index = ${from}
request = function()
  index = index + 1
  local headers = { ["Authorization"] = string.format("ApplePass token-of-the-bench-%09d", index) }
  return wrk.format("GET", string.format("/v1/passes/${passType}/B%09d", index), headers)
end`
}

/** What changed, asked by phones of the whole store in turn. */
export function lists(passType, cards) {
  return `math.randomseed(7)
request = function()
  local index = math.random(0, ${cards} - 1)
  if index % 1000 < 100 then index = index + 100 - index % 100 + 101 end
  return wrk.format("GET", string.format("/v1/devices/%032x/registrations/${passType}?passesUpdatedSince=1", index % ${cards}))
end`
}

/** A day of a service: phones that ask what is new, fetch what they have not, register and unregister, complain. */
function day({ passType, cards, modified }) {
  const authorize = (index) => ({ authorization: `ApplePass ${token(index)}` })
  const random = () => Math.floor(Math.random() * cards)
  const registration = (index, of) => `/v1/devices/${of}/registrations/${passType}/${serial(index)}`
  const kinds = [
    [30, (i) => ({ method: 'GET', path: `/v1/devices/${device(i)}/registrations/${passType}?passesUpdatedSince=1` })],
    [
      15,
      (i) => ({
        method: 'GET',
        path: `/v1/devices/${device(i)}/registrations/${passType}?passesUpdatedSince=99999999`,
      }),
    ],
    [30, (i) => ({ method: 'GET', path: `/v1/passes/${passType}/${serial(i)}`, headers: authorize(i) })],
    [
      10,
      (i) => ({
        method: 'GET',
        path: `/v1/passes/${passType}/${serial(i)}`,
        headers: { ...authorize(i), 'if-modified-since': modified },
      }),
    ],
    [
      10,
      (i) => ({
        method: 'POST',
        path: registration(i, `new-${i}`),
        headers: authorize(i),
        body: JSON.stringify({ pushToken: token(i) }),
      }),
    ],
    [3, (i) => ({ method: 'DELETE', path: registration(i, `new-${i}`), headers: authorize(i) })],
    [2, () => ({ method: 'POST', path: '/v1/log', body: '{"logs":["a phone complains of something"]}' })],
  ]
  const deck = kinds.flatMap(([weight, make]) => Array(weight).fill(make))
  return () => deck[Math.floor(Math.random() * deck.length)](random())
}

/**
 * A day's traffic by autocannon: 50 connections, each with requests of its own. Its correction for coordinated omission
 * is off, as it supposes a pause between requests that connections with a given rate do not keep.
 */
export async function mixed(url, { rate, seconds, ...store }) {
  const next = day(store)
  const result = await autocannon({
    url,
    connections: 50,
    overallRate: rate,
    duration: seconds,
    ignoreCoordinatedOmission: true,
    setupClient: (client) => client.setRequests(Array.from({ length: 2000 }, next)),
  })
  if (result.errors + result.timeouts + result['5xx'] > 0) throw new Error(`mixed load: ${JSON.stringify(result)}`)
  const { p50, p97_5, p99, max } = result.latency
  return { rate: result.requests.average, p50, p97_5, p99, max, statuses: result.statusCodeStats }
}

/**
 * The same by the clock: each request goes out when it is due, whether others are answered or not, and its time counts
 * from then. Nothing that a slow server delays is left out.
 */
export async function mixedByClock(url, { rate, seconds, ...store }) {
  const next = day(store)
  const { hostname, port } = new URL(url)
  const agent = new Agent({ keepAlive: true, maxSockets: 200 })
  const total = rate * seconds
  const times = []
  const begun = performance.now()
  await new Promise((resolve, reject) => {
    let sent = 0
    const send = () => {
      const due = begun + (sent * 1000) / rate
      const { body, ...options } = next()
      const asked = request({ hostname, port, agent, ...options }, (answer) => {
        if (answer.statusCode >= 400) reject(new Error(`${options.path}: ${answer.statusCode}`))
        answer.resume().once('end', () => {
          times.push(performance.now() - due)
          if (times.length === total) resolve()
        })
      })
      asked.once('error', reject).end(body)
      sent++
    }
    const tick = () => {
      while (sent < total && begun + (sent * 1000) / rate <= performance.now()) send()
      if (sent < total) setTimeout(tick, 1)
    }
    tick()
  })
  agent.destroy()
  times.sort((a, b) => a - b)
  const at = (share) => times[Math.min(times.length - 1, Math.floor(times.length * share))].toFixed(1)
  return { p50: at(0.5), p97_5: at(0.975), p99: at(0.99), max: at(1) }
}
