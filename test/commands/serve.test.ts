import { spawn } from 'node:child_process'
import { cp, readFile, writeFile } from 'node:fs/promises'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { beforeAll, describe, expect, onTestFinished, test } from 'vitest'
import Logs from '../../src/commands/logs.js'
import Serve from '../../src/commands/serve.js'
import type { DeviceLog } from '../../src/delivery/device-logs.js'
import { runCommand } from '../support/run-command.js'
import { bin, startServe } from '../support/serve-process.js'
import { tempDir } from '../support/temp-dir.js'
import { prepareLaunch } from '../support/tessera.js'

const dir = await tempDir('serve-command')
let launch: string

beforeAll(async () => {
  launch = await prepareLaunch(dir)
}, 120_000)

const complain = (url: string, ...logs: string[]) =>
  fetch(`${url}/v1/log`, { method: 'POST', body: JSON.stringify({ logs }), headers: { 'User-Agent': 'passd/1.0' } })
const about = (serial: string, problem: string): string =>
  `Get pass task (for device 0123456789abcdef, pass type pass.x, serial number ${serial}; with web service url https://x) encountered error: ${problem}`

describe('serve', () => {
  test.each(['SIGINT', 'SIGTERM'] as const)('prints its address and ends at %s, which is a success', async (signal) => {
    const served = await startServe(launch)
    expect(served.url).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/)
    expect(await (await fetch(`${served.url}/ready`)).text()).toBe('ready\n')
    expect(await served.kill(signal)).toBe(0)
  })

  test('writes a line of JSON for each request where no terminal is', async () => {
    const child = spawn(process.execPath, [bin, 'serve', '--port', '0'], {
      cwd: launch,
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    onTestFinished(() => void child.kill('SIGKILL'))
    let errors = ''
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      errors += text
    })
    const url = await new Promise<string>((resolve) =>
      child.stdout.once('data', (data) => resolve(String(data).trim())),
    )
    await fetch(`${url}/v1/passes/pass.x/secret-serial?token=secret`)
    while (!errors.includes('wallet.pass')) await new Promise((resolve) => setTimeout(resolve, 20))
    const line = errors.split('\n').find((text) => text.includes('wallet.pass')) ?? ''
    expect(JSON.parse(line)).toMatchObject({ route: 'wallet.pass', status: 401, method: 'GET', id: expect.any(String) })
    expect(errors).not.toContain('secret')
  })

  test('a port that is taken is named', async () => {
    const other = createServer().listen(0, '127.0.0.1')
    onTestFinished(() => void other.close())
    await new Promise((resolve) => other.once('listening', resolve))
    const { port } = other.address() as { port: number }
    const run = await runCommand(Serve, ['--port', String(port), '--json'], { cwd: launch })
    expect(run.exitCode).toBe(7)
    expect(run.json()).toMatchObject({
      error: { code: 'PORT_UNAVAILABLE', message: expect.stringContaining(String(port)) },
    })
  })

  test('a launch without an address for its cards is told what to set', async () => {
    const copy = join(dir, 'no-address')
    await cp(launch, copy, { recursive: true })
    const file = join(copy, 'tessera.yaml')
    await writeFile(file, (await readFile(file, 'utf8')).replace(/^service:\n.*\n/m, ''))
    const run = await runCommand(Serve, ['--port', '0', '--json'], { cwd: copy })
    expect(run.exitCode).toBe(7)
    expect(run.json()).toMatchObject({
      error: { code: 'SERVICE_NEEDS_ADDRESS', hints: [expect.stringContaining('service.url')] },
    })
  })

  test.each([
    ['port: many', 'service.port'],
    ['port: 70000', 'service.port'],
    ['limits: {perCard: -1}', 'service.limits.perCard'],
    ['tls: {certificate: a.pem}', 'service.tls.key'],
    ['trustedProxy: 127.0.0.1', 'trustedProxies'],
  ])('%s in tessera.yaml is told with its place', async (line, place) => {
    const copy = join(dir, `config-${line.replace(/\W+/g, '-')}`)
    await cp(launch, copy, { recursive: true })
    const file = join(copy, 'tessera.yaml')
    await writeFile(file, (await readFile(file, 'utf8')).replace(/^service:\n/m, `service:\n  ${line}\n`))
    const run = await runCommand(Serve, ['--json'], { cwd: copy })
    expect(run.exitCode).toBe(7)
    expect(JSON.stringify(run.json())).toContain(place)
  })
})

describe('logs', () => {
  test('shows what phones said, of one card or of all, and nothing that steers the terminal', async () => {
    const served = await startServe(launch)
    onTestFinished(() => void served.child.kill('SIGKILL'))
    await complain(served.url, about('1001', 'Unexpected response code 500'), about('1002', '\u001b[2Jgone'))
    const all = await runCommand(Logs, [], { cwd: launch })
    expect(all.stdout.split('\n').filter(Boolean)).toHaveLength(2)
    expect(all.stdout).not.toContain('\u001b[2J')
    const one = await runCommand(Logs, ['--card', '1001', '--json'], { cwd: launch })
    expect(one.json<DeviceLog[]>()).toMatchObject([{ serial: '1001', device: '0123456789abcdef', platform: 'apple' }])
    expect((await runCommand(Logs, ['--since', '1h', '--json'], { cwd: launch })).json<DeviceLog[]>()).toHaveLength(2)
    expect((await runCommand(Logs, ['--since', '2099-01-01', '--json'], { cwd: launch })).json<DeviceLog[]>()).toEqual(
      [],
    )
    const lines = (await runCommand(Logs, ['--output', 'ndjson', '--limit', '1'], { cwd: launch })).stdout
    expect(JSON.parse(lines)).toMatchObject({ serial: '1002' })
  })

  test('--follow goes on with what comes, and ends when it is told to', async () => {
    const served = await startServe(launch)
    onTestFinished(() => void served.child.kill('SIGKILL'))
    const child = spawn(process.execPath, [bin, 'logs', '--follow', '--card', 'followed'], {
      cwd: launch,
      stdio: ['ignore', 'pipe', 'ignore'],
    })
    let shown = ''
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      shown += text
    })
    const ended = new Promise<number | null>((resolve) => child.once('exit', resolve))
    for (const problem of ['first', 'second']) {
      await complain(served.url, about('followed', problem))
      while (!shown.includes(problem)) await new Promise((resolve) => setTimeout(resolve, 20))
    }
    expect(shown.match(/first/g)).toHaveLength(1)
    child.kill('SIGINT')
    expect(await ended).toBe(0)
  })

  test('a time that is none is a usage error', async () => {
    const run = await runCommand(Logs, ['--since', 'yesterday', '--json'], { cwd: launch })
    expect(run.exitCode).toBe(2)
    expect(run.json()).toMatchObject({ error: { code: 'USAGE' } })
  })
})
