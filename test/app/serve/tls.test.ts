import { spawnSync } from 'node:child_process'
import { request } from 'node:https'
import { join } from 'node:path'
import { beforeAll, expect, test } from 'vitest'
import { serveForTest } from '../../support/service.js'
import { tempDir } from '../../support/temp-dir.js'
import { prepareLaunch } from '../../support/tessera.js'

const dir = await tempDir('serve-tls')
let launch: string

beforeAll(async () => {
  launch = await prepareLaunch(dir)
  makeCertificate('server')
}, 120_000)

function makeCertificate(name: string): void {
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
    ].concat(['-keyout', join(launch, 'certs', `${name}.key.pem`), '-out', join(launch, 'certs', `${name}.pem`)]),
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

test('HTTPS by a given certificate', async () => {
  const served = await serveForTest(launch, TLS)
  expect(served.service.address).toMatch(/^https:/)
  expect(await ask(served.url)).toEqual({ status: 200, name: 'server', hsts: expect.stringContaining('max-age') })
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
