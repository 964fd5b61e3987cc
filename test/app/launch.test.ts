import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { beforeAll, expect, test } from 'vitest'
import type { Environment } from '../../src/app/environment.js'
import { findLaunch, openLaunch } from '../../src/app/launch.js'
import { readSecret } from '../../src/app/secrets.js'
import { tempDir } from '../support/temp-dir.js'

const CONFIG = `version: 1
organization: Nordlicht
apple: { passTypeIdentifier: pass.com.example.loyalty, teamIdentifier: ABCDE12345 }
`
const root = await tempDir('launch')
const launchDir = join(root, 'launch')
const environment = (cwd: string): Environment => ({ env: {}, cwd, now: () => new Date() })

beforeAll(async () => {
  await mkdir(join(launchDir, 'designs', 'deep'), { recursive: true })
  await writeFile(join(launchDir, 'tessera.yaml'), CONFIG)
})

test('a launch is found by walking up, as git does', async () => {
  expect(await findLaunch(undefined, join(launchDir, 'designs', 'deep'))).toBe(launchDir)
})

test('--launch is taken relative to where one is, and must be a launch', async () => {
  expect(await findLaunch('launch', root)).toBe(launchDir)
  await expect(findLaunch('.', root)).rejects.toMatchObject({ code: 'LAUNCH_NOT_FOUND', exitCode: 7 })
})

test('outside a launch the error says where it looked', async () => {
  await expect(findLaunch(undefined, root)).rejects.toThrow(`There is no tessera.yaml in ${root}`)
})

test('the store is opened once, on demand, and closed with the launch', async () => {
  const launch = await openLaunch({ environment: environment(launchDir) })
  const store = await launch.store()
  expect(await launch.store()).toBe(store)
  await launch.close()
  await launch.close()
  expect((await readFile(join(launchDir, '.tessera', 'store.db'))).subarray(0, 6).toString()).toBe('SQLite')
})

test('paths are relative to the launch', async () => {
  const launch = await openLaunch({ dir: launchDir, environment: environment(root) })
  expect(launch.path('certs/pass.pem')).toBe(join(launchDir, 'certs', 'pass.pem'))
  expect(launch.path('/etc/pass.pem')).toBe('/etc/pass.pem')
})

test.each([
  'bonus',
  'designs/bonus.pkpasstemplate/',
  './designs/bonus',
  'bonus.pkpasstemplate',
])('a design may be named %s', async (name) => {
  const launch = await openLaunch({ dir: launchDir, environment: environment(root) })
  await expect(launch.design(name)).rejects.toThrow('There is no design "bonus"')
})

test('secrets come from a file, a variable or a command, and errors never show them', async () => {
  const context = { env: { PASS: 'from env' }, dir: launchDir, path: (...parts: string[]) => join(launchDir, ...parts) }
  await writeFile(join(launchDir, 'secret.txt'), 'from file\nsecond line\n')
  expect(await readSecret({ file: 'secret.txt' }, 'it', context)).toBe('from file')
  expect(await readSecret({ env: 'PASS' }, 'it', context)).toBe('from env')
  expect(await readSecret({ command: 'echo from command' }, 'it', context)).toBe('from command')
  const leaking = readSecret({ command: 'echo hunter2; echo hunter2 >&2; exit 1' }, 'the passphrase', context)
  const error: unknown = await leaking.catch((caught: unknown) => caught)
  expect(error).toMatchObject({ code: 'SECRET_UNAVAILABLE', exitCode: 4 })
  expect(JSON.stringify([error, String(error), (error as Error).cause])).not.toContain('hunter2')
  await expect(readSecret({ env: 'NO' }, 'the passphrase', context)).rejects.toThrow('environment variable NO')
})
