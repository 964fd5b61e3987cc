import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { cp, mkdir, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { expect, onTestFinished, test } from 'vitest'
import { tempDir } from '../../support/temp-dir.js'

const root = new URL('../../..', import.meta.url).pathname
const temp = await tempDir('preview-serve')

/** The compiled program, as a user starts it. */
function start(...args: string[]) {
  const command = [join(root, 'bin', 'run.js'), 'design', 'preview', ...args]
  const child = spawn(process.execPath, command, { cwd: temp, stdio: ['ignore', 'pipe', 'ignore'] })
  onTestFinished(() => void child.kill('SIGKILL'))
  let stdout = ''
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    stdout += text
  })
  const ended = once(child, 'close').then(([exitCode]) => ({ exitCode, stdout }))
  return { kill: (signal: NodeJS.Signals) => child.kill(signal), ended, output: () => stdout }
}

async function design(name: string): Promise<string> {
  await mkdir(temp, { recursive: true })
  await cp(join(root, 'templates', 'designs', 'bonus'), join(temp, name), { recursive: true })
  return name
}

test.each(['SIGINT', 'SIGTERM'] as const)('%s ends the server, which is a success', {
  timeout: 60_000,
}, async (signal) => {
  const child = start(await design(`${signal}.pkpasstemplate`), '--serve')
  // The line of the first build comes right after the address.
  while (!/ m?s\n/.test(child.output())) await sleep(50)
  const url = /^http:\S+/.exec(child.output())?.[0] ?? ''
  expect((await fetch(url)).status).toBe(200)
  child.kill(signal)
  expect(await child.ended).toMatchObject({ exitCode: 0 })
  await expect(fetch(url)).rejects.toThrow()
})

test('with --json the result is told at the end, and nothing before it', { timeout: 60_000 }, async () => {
  const name = await design('json.pkpasstemplate')
  const child = start(name, '--watch', '--json', '--out', 'watched.png', '--side', 'front', '--scale', '1')
  while ((await stat(join(temp, 'watched.png')).catch(() => undefined)) === undefined) await sleep(50)
  child.kill('SIGINT')
  const { stdout, exitCode } = await child.ended
  expect(exitCode).toBe(0)
  expect(JSON.parse(stdout)).toMatchObject({ design: 'json', files: [{ width: 423, height: 573 }] })
})
