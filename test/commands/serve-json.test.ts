import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { text } from 'node:stream/consumers'
import { expect, test } from 'vitest'
import { bin } from '../support/serve-process.js'
import { tempDir } from '../support/temp-dir.js'
import { prepareLaunch } from '../support/tessera.js'

test('with --json the address is known while it runs, and stdout is one value', async () => {
  const launch = await prepareLaunch(await tempDir('serve-json'))
  const child = spawn(process.execPath, [bin, 'serve', '--port', '0', '--access-log', 'off', '--json'], {
    cwd: launch,
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const stdout = text(child.stdout)
  const ended = once(child, 'exit')
  const address = await new Promise<string | undefined>((resolve) => {
    let errors = ''
    child.stderr.setEncoding('utf8').on('data', (more: string) => {
      errors += more
      const found = /^http:\S+$/m.exec(errors)
      if (found !== null) resolve(found[0])
    })
    setTimeout(resolve, 15_000, undefined).unref()
  })
  const health = address === undefined ? undefined : await fetch(`${address}/health`)
  child.kill('SIGTERM')
  expect(await ended).toEqual([0, null])
  expect(health?.status).toBe(200)
  expect(JSON.parse(await stdout)).toMatchObject({ address, url: 'https://cards.example.com', requests: 1 })
}, 60_000)
