import { copyFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { execa } from 'execa'
import { beforeAll, expect, onTestFinished, test, vi } from 'vitest'
import type { Launch } from '../../../src/app/launch.js'
import { readTls, watchTls } from '../../../src/app/serve/tls-files.js'
import { tempDir } from '../../support/temp-dir.js'

const dir = await tempDir('tls')
const launch = { path: (name: string) => join(dir, name) } as unknown as Launch
const paths = { certificate: 'server.pem', key: 'server.key' }

beforeAll(async () => {
  for (const name of ['one', 'two', 'three'])
    await execa('openssl', [
      ...['req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes', '-days', '1'],
      ...['-subj', `/CN=${name}`, '-keyout', join(dir, `${name}.key`), '-out', join(dir, `${name}.pem`)],
    ])
})

const put = async (name: string, what: readonly ('pem' | 'key')[] = ['pem', 'key']): Promise<void> => {
  for (const end of what) await copyFile(join(dir, `${name}.${end}`), join(dir, `server.${end}`))
}

async function watched() {
  await put('one')
  const used: string[] = []
  const notes: string[] = []
  const server = { setCertificate: ({ cert }: { cert: Buffer }) => used.push(cert.toString()) }
  onTestFinished(watchTls(launch, paths, { server, every: 20, onNote: (text) => notes.push(text) }))
  const names = new Map<string, string>()
  for (const name of ['one', 'two', 'three'])
    names.set((await readTls(launch, { certificate: `${name}.pem`, key: `${name}.key` })).cert.toString(), name)
  return { notes, inUse: () => names.get(used.at(-1) ?? '') }
}

test('a renewed certificate is taken up', async () => {
  const { notes, inUse } = await watched()
  await vi.waitFor(() => expect(inUse()).toBe('one'))
  expect(notes).toEqual([])
  await put('two')
  await vi.waitFor(() => expect(inUse()).toBe('two'))
})

test('a certificate whose key comes a moment later is taken up as well; the old one is used meanwhile', async () => {
  const { notes, inUse } = await watched()
  await vi.waitFor(() => expect(inUse()).toBe('one'))
  await put('three', ['pem'])
  await vi.waitFor(() => expect(notes).toHaveLength(1))
  expect(notes[0]).toContain('cannot be used')
  await new Promise((resolve) => setTimeout(resolve, 100))
  expect(notes).toHaveLength(1)
  expect(inUse()).toBe('one')
  await put('three', ['key'])
  await vi.waitFor(() => expect(inUse()).toBe('three'))
  expect(notes.at(-1)).toContain('is in use')
})

test('a key of which only half is there is no renewal; the whole one is', async () => {
  const { notes, inUse } = await watched()
  await vi.waitFor(() => expect(inUse()).toBe('one'))
  await writeFile(join(dir, 'server.key'), 'half of it')
  await vi.waitFor(() => expect(notes).toHaveLength(1))
  await put('two')
  await vi.waitFor(() => expect(inUse()).toBe('two'))
})
