import { existsSync } from 'node:fs'
import { copyFile, mkdir, readFile, writeFile } from 'node:fs/promises'
import * as nodeModule from 'node:module'
import { join } from 'node:path'
import { execa } from 'execa'
import { expect, test } from 'vitest'
import { tempDir } from '../support/temp-dir.js'

const root = new URL('../..', import.meta.url).pathname
const bin = join(root, 'bin', 'run.js')
const temp = await tempDir('bin')
const options = { reject: false, cwd: temp, timeout: 30_000 } as const

const run = (...argv: string[]) => execa(process.execPath, [bin, ...argv], options)

test('--version and --help', async () => {
  expect((await run('--version')).stdout).toMatch(/^tessera-cards\/\d+\.\d+\.\d+ /)
  const help = await run('--help')
  expect(help.exitCode).toBe(0)
  expect(help.stdout).toContain('START HERE')
  expect(help.stdout).toContain('  doctor ')
})

const HEAVY =
  /node_modules\/(sharp|@img|zod|kysely|better-sqlite3|node-forge|csv-parse|csv-stringify|inquirer|@inquirer|yaml|execa|passkit-generator)\//

const canRecord = 'registerHooks' in nodeModule

test
  .skipIf(!canRecord)
  .each([
    '--help',
    '--version',
    'doctor --help',
    'init --help',
    'help',
    'help errors USAGE',
    'help exit-codes',
    'no-such-command',
    'doctor --no-such-flag',
  ])('tessera %s loads nothing heavy', async (line) => {
  const modules = await modulesOf(line.split(' '))
  expect(modules.some((url) => url.includes('@oclif/core'))).toBe(true)
  expect(modules.filter((url) => HEAVY.test(url))).toEqual([])
})

test.skipIf(!canRecord)('one command loads one command', async () => {
  const modules = await modulesOf(['help', 'exit-codes'])
  expect(modules.filter((url) => url.includes('/dist/commands/'))).toHaveLength(1)
})

/** The URLs of all modules that a run loads. */
async function modulesOf(argv: readonly string[]): Promise<string[]> {
  const record = join(temp, 'modules.json')
  const hook = join(root, 'test', 'cli', 'fixtures', 'record-modules.mjs')
  await execa(process.execPath, ['--import', hook, bin, ...argv], { ...options, env: { RECORD_MODULES: record } })
  return JSON.parse(await readFile(record, 'utf8')) as string[]
}

async function copyWithFloor(floor: string): Promise<string> {
  const dir = join(temp, `floor-${floor}`)
  await mkdir(join(dir, 'bin'), { recursive: true })
  await copyFile(bin, join(dir, 'bin', 'run.js'))
  await writeFile(join(dir, 'package.json'), JSON.stringify({ type: 'module', engines: { node: `>=${floor}` } }))
  return join(dir, 'bin', 'run.js')
}

test('a Node that is too old gets one line and exit code 7', async () => {
  const result = await execa(process.execPath, [await copyWithFloor('99.1.0'), '--help'], options)
  expect(result).toMatchObject({ exitCode: 7, stdout: '' })
  expect(result.stderr).toMatch(/^tessera needs Node 99\.1\.0 or newer; this is Node [\d.]+ \(.*\)\.$/)
})

const systemNode = '/usr/bin/node'
const oldNode = existsSync(systemNode) && /^v(1[4-9]|2[01])\./.test((await execa(systemNode, ['--version'])).stdout)

test.skipIf(!oldNode)('a real old Node can read bin/run.js and says the same', async () => {
  const result = await execa(systemNode, [bin, 'issue', 'members.csv'], options)
  expect(result).toMatchObject({ exitCode: 7, stdout: '' })
  expect(result.stderr).toMatch(/^tessera needs Node 22\.12\.0 or newer; this is Node [\d.]+ \(\/usr\/bin\/node\)\.$/)
})

test('an unknown command is a usage error with a proposal, also for programs', async () => {
  const text = await run('docter')
  expect(text).toMatchObject({ exitCode: 2, stdout: '' })
  expect(text.stderr).toContain('There is no command "docter".\n  Did you mean `tessera doctor`?')
  const json = await run('config', 'sho', '--json')
  expect(json).toMatchObject({ exitCode: 2, stderr: '' })
  expect(JSON.parse(json.stdout)).toMatchObject({
    error: { code: 'USAGE', hints: [expect.stringContaining('config show'), expect.any(String)] },
  })
})

test('a proposal is near, not just in the same topic', async () => {
  expect((await run('config', 'zzz')).stderr).not.toContain('Did you mean')
  expect((await run('help', 'docter')).stderr).toContain('There is no command "docter".')
})

test('NODE_ENV does not make it look for TypeScript', async () => {
  const result = await execa(process.execPath, [bin, 'help', 'exit-codes'], {
    ...options,
    env: { NODE_ENV: 'development' },
  })
  expect(result).toMatchObject({ exitCode: 0, stderr: '' })
})

test('a reader that leaves early (| head) is no error', async () => {
  const result = await execa('sh', ['-c', `"${process.execPath}" "${bin}" help errors; echo "exit $?" >&2`], {
    ...options,
    stdout: ['pipe'],
    buffer: { stdout: false },
  })
  expect(result.stderr).toBe('exit 0')
  const piped = await execa(
    'bash',
    ['-c', `set -o pipefail; "${process.execPath}" "${bin}" help --json | head -1`],
    options,
  )
  expect(piped).toMatchObject({ exitCode: 0, stdout: '{', stderr: '' })
  // Gone before the command has written anything, so that the write fails after the command has ended.
  const gone = await execa(
    'bash',
    ['-c', `"${process.execPath}" "${bin}" help errors --json | true; echo "exit \${PIPESTATUS[0]}"`],
    options,
  )
  expect(gone).toMatchObject({ stdout: 'exit 0', stderr: '' })
})

const job = join(root, 'test', 'cli', 'fixtures', 'long-job.mjs')

async function interrupted(argv: string[], signals: NodeJS.Signals[]) {
  const child = execa(process.execPath, [job, ...argv], { ...options, stdin: 'ignore' })
  // The job says on NDJSON when it runs; the short command is given time by its first turn of the event loop.
  if (argv.includes('ndjson')) await Promise.race([child, new Promise((resolve) => child.stdout.once('data', resolve))])
  else await new Promise((resolve) => setTimeout(resolve, 1500))
  for (const signal of signals) {
    child.kill(signal)
    await new Promise((resolve) => setTimeout(resolve, 100))
  }
  return child
}

test.each(['SIGINT', 'SIGTERM'] as const)('the first %s stops a long job cleanly, with exit code 3', async (signal) => {
  const result = await interrupted(['--output', 'ndjson', '--no-input'], [signal])
  expect(result.exitCode).toBe(3)
  const last = result.stdout.trimEnd().split('\n').at(-1) ?? ''
  expect(JSON.parse(last)).toMatchObject({ type: 'summary', state: 'stopped' })
  expect(result.stderr).toContain('Press Ctrl-C again to stop at once.')
  expect(result.stderr).toContain('continue with:\n  tessera long job --output ndjson --no-input')
})

test('the second Ctrl-C ends at once with 130, and stdout is whole lines of JSON', async () => {
  const result = await interrupted(['--deaf', '--output', 'ndjson'], ['SIGINT', 'SIGINT'])
  expect(result.exitCode).toBe(130)
  for (const line of result.stdout.trimEnd().split('\n')) JSON.parse(line)
})

test('a command without a long job ends at the first Ctrl-C', async () => {
  expect((await interrupted(['--short'], ['SIGINT'])).exitCode).toBe(130)
})

test('a long job whose reader has left stops cleanly', async () => {
  const script = `"${process.execPath}" "${job}" --output ndjson | head -3; exit \${PIPESTATUS[0]}`
  const result = await execa('bash', ['-c', script], options)
  expect(result.exitCode).toBe(3)
  expect(result.stdout.split('\n')).toHaveLength(3)
})

test('completion in bash knows commands and flags', async () => {
  const env = { XDG_CACHE_HOME: join(temp, 'cache') }
  const shell = { ...options, env }
  await execa(process.execPath, [bin, 'autocomplete', 'bash', '--refresh-cache'], shell)
  const { stdout: setup } = await execa(process.execPath, [bin, 'autocomplete', 'script', 'bash'], shell)
  const complete = (words: string) => `
    COMP_WORDS=(${words}); COMP_CWORD=$((\${#COMP_WORDS[@]} - 1)); COMPREPLY=()
    _tessera_autocomplete; printf '%s\\n' "\${COMPREPLY[@]}" | sort -u; echo --`
  const script = `${setup}\n${complete('tessera doc')}\n${complete('tessera init --organ')}`
  const { stdout } = await execa('bash', ['-c', script], shell)
  expect(stdout.split('\n')).toEqual(['doctor', '--', '--organization', '--'])
})

test('what is piped in is no argument: it may be the rest of a script', async () => {
  const piped = { ...options, input: 'echo the next line of a script\n' }
  const dir = join(temp, 'piped')
  await mkdir(dir)
  await execa(process.execPath, [bin, 'init', '--no-input'], { ...piped, cwd: dir })
  expect(existsSync(join(dir, 'tessera.yaml'))).toBe(true)
  const nobody = await execa(process.execPath, [bin, 'card', 'void'], { ...options, cwd: dir, input: '1001\n' })
  expect(nobody.exitCode).toBe(2)
  expect(nobody.stderr).toContain('no cards are named')
})
