import { chmod, mkdir, readFile, writeFile } from 'node:fs/promises'
import { delimiter, join } from 'node:path'
import { afterEach, expect, test, vi } from 'vitest'
import { openBrowser } from '../../../src/app/preview/open-browser.js'
import { tempDir } from '../../support/temp-dir.js'

const temp = await tempDir('open-browser')
let count = 0

/** Puts a program of that name before all others. */
async function opener(name: string, script: string): Promise<string> {
  const dir = join(temp, `${count++}`)
  await mkdir(dir)
  await writeFile(join(dir, name), `#!/bin/sh\n${script}\n`)
  await chmod(join(dir, name), 0o755)
  vi.stubEnv('PATH', dir + delimiter + (process.env.PATH ?? ''))
  return dir
}

afterEach(() => {
  vi.unstubAllEnvs()
})

test.each([
  ['linux', 'xdg-open'],
  ['darwin', 'open'],
] as const)('on %s the address is given to %s', async (platform, name) => {
  const dir = await opener(name, `printf '%s' "$*" >"$0.txt"`)
  expect(await openBrowser('http://127.0.0.1:8080/', platform)).toBe(true)
  expect(await readFile(join(dir, `${name}.txt`), 'utf8')).toBe('http://127.0.0.1:8080/')
})

test('an opener that fails, or that there is none of, is told', async () => {
  await opener('xdg-open', 'exit 3')
  expect(await openBrowser('http://127.0.0.1:8080/', 'linux')).toBe(false)
  vi.stubEnv('PATH', join(temp, 'nothing-here'))
  expect(await openBrowser('http://127.0.0.1:8080/', 'linux')).toBe(false)
})

test('a browser that stays open is not waited for', async () => {
  await opener('xdg-open', 'sleep 20')
  const begun = performance.now()
  expect(await openBrowser('http://127.0.0.1:8080/', 'linux')).toBe(true)
  expect(performance.now() - begun).toBeLessThan(10_000)
})
