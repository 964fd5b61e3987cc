import { spawnSync } from 'node:child_process'
import { utimes, writeFile } from 'node:fs/promises'
import { request } from 'node:https'
import { join } from 'node:path'
import { beforeAll, expect, test } from 'vitest'
import { readTls, watchTls } from '../../../src/app/serve/tls-files.js'
import { serveForTest } from '../../support/service.js'
import { tempDir } from '../../support/temp-dir.js'
import { prepareLaunch } from '../../support/tessera.js'

const dir = await tempDir('serve-tls')
let launch: string

beforeAll(async () => {
  launch = await prepareLaunch(dir)
  makeCertificate('server')
}, 120_000)

function makeCertificate(name: string, to = name): void {
  const { status, stderr } = spawnSync(
    'openssl',
    [
      'req',
      '-x509',
      '-newkey',
      'rsa:2048',
      '-nodes',
      '-days',
      '2',
      '-subj',
      `/CN=${name}`,
      '-addext',
      'subjectAltName=IP:127.0.0.1',
    ].concat(['-keyout', join(launch, 'certs', `${to}.key.pem`), '-out', join(launch, 'certs', `${to}.pem`)]),
    { encoding: 'utf8' },
  )
  if (status !== 0) throw new Error(stderr)
}

const TLS = {
  TESSERA_SERVICE_TLS_CERTIFICATE: 'certs/server.pem',
  TESSERA_SERVICE_TLS_KEY: 'certs/server.key.pem',
}

/** Asks anew, over a connection of its own. */
function ask(url: string): Promise<{ status: number | undefined; name: string | undefined; hsts: string | undefined }> {
  return new Promise((resolve, reject) => {
    const asked = request(`${url}/health`, { rejectUnauthorized: false, agent: false }, (response) => {
      const socket = response.socket as import('node:tls').TLSSocket
      const name = socket.getPeerCertificate().subject.CN
      resolve({
        status: response.statusCode,
        name: Array.isArray(name) ? name[0] : name,
        hsts: response.headers['strict-transport-security'],
      })
      response.resume()
    })
    asked.on('error', reject).end()
  })
}

test('HTTPS by a given certificate, and by a renewed one without a restart', async () => {
  const served = await serveForTest(launch, TLS)
  expect(served.service.address).toMatch(/^https:/)
  expect(await ask(served.url)).toEqual({ status: 200, name: 'server', hsts: expect.stringContaining('max-age') })

  const paths = { certificate: TLS.TESSERA_SERVICE_TLS_CERTIFICATE, key: TLS.TESSERA_SERVICE_TLS_KEY }
  const taken: string[] = []
  const notes: string[] = []
  const watch = watchTls(served.launch, paths, {
    server: { setCertificate: ({ cert }) => taken.push(String(cert)) },
    onNote: (text) => notes.push(text),
    every: 20,
  })
  await new Promise((resolve) => setTimeout(resolve, 200))
  expect(taken).toEqual([])
  makeCertificate('renewed', 'server')
  while (taken.length === 0) await new Promise((resolve) => setTimeout(resolve, 20))
  watch()
  expect(taken.at(-1)).toBe(String((await readTls(served.launch, paths)).cert))
  expect(notes.at(-1)).toContain('in use')
})

test('files that do not belong together are named before anything is served', async () => {
  makeCertificate('other')
  await expect(serveForTest(launch, { ...TLS, TESSERA_SERVICE_TLS_KEY: 'certs/other.key.pem' })).rejects.toMatchObject({
    code: 'TLS_UNUSABLE',
    message: expect.stringContaining('certs/other.key.pem'),
  })
  await expect(
    serveForTest(launch, { ...TLS, TESSERA_SERVICE_TLS_CERTIFICATE: 'certs/none.pem' }),
  ).rejects.toMatchObject({ code: 'TLS_UNUSABLE' })
})

test('a certificate that is half written is not taken, and the old one goes on', async () => {
  makeCertificate('whole', 'half')
  const served = await serveForTest(launch)
  const taken: string[] = []
  const notes: string[] = []
  const stop = watchTls(
    served.launch,
    { certificate: 'certs/half.pem', key: 'certs/half.key.pem' },
    {
      server: { setCertificate: ({ cert }) => taken.push(String(cert)) },
      onNote: (text) => notes.push(text),
      every: 20,
    },
  )
  await new Promise((resolve) => setTimeout(resolve, 100))
  const file = join(launch, 'certs', 'half.pem')
  await writeFile(file, '-----BEGIN CERTIFICATE-----\nMIIB')
  await utimes(file, new Date(), new Date(Date.now() + 5000))
  while (notes.length === 0) await new Promise((resolve) => setTimeout(resolve, 20))
  expect(taken).toEqual([])
  makeCertificate('whole again', 'half')
  while (taken.length === 0) await new Promise((resolve) => setTimeout(resolve, 20))
  stop()
})
