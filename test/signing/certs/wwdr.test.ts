import { readFile, writeFile } from 'node:fs/promises'
import { createServer, type RequestListener, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { type AppleIntermediate, appleIntermediateOf } from '../../../src/signing/certs/apple.js'
import { readCertificate } from '../../../src/signing/certs/certificate.js'
import { placeIntermediate, type WwdrOptions } from '../../../src/signing/certs/wwdr.js'
import { openssl, type TemporaryFolder, temporaryFolder } from './material.js'

/** A leaf and its intermediate that are not from the development authority: made by openssl under Apple's name. */
async function makeChain(folder: TemporaryFolder, generation: string) {
  const file = (name: string) => folder.path(`${generation}.${name}`)
  const name = `/CN=Apple Worldwide Developer Relations Certification Authority/OU=G4/O=Apple Inc./C=US`
  const ca = ['req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-days', '3650', '-subj', name]
  await openssl([...ca, '-keyout', file('ca.key'), '-out', file('ca.pem')])
  const leaf = ['req', '-newkey', 'rsa:2048', '-nodes', '-subj', '/UID=pass.x/CN=Pass Type ID: pass.x/OU=A/O=B']
  await openssl([...leaf, '-keyout', file('key'), '-out', file('csr')])
  await writeFile(
    file('cnf'),
    'basicConstraints=CA:FALSE\nauthorityKeyIdentifier=keyid\n1.2.840.113635.100.6.1.16=ASN1:UTF8String:pass.x\n',
  )
  const sign = ['x509', '-req', '-in', file('csr'), '-CA', file('ca.pem'), '-CAkey', file('ca.key'), '-days', '300']
  await openssl([...sign, '-set_serial', '7', '-extfile', file('cnf'), '-out', file('leaf.pem')])
  await openssl(['x509', '-in', file('ca.pem'), '-outform', 'DER', '-out', file('ca.cer')])
  const der = await readFile(file('ca.cer'))
  const intermediate = readCertificate(der)
  const pin: AppleIntermediate = {
    generation,
    sha256: intermediate.sha256,
    keyId: intermediate.subjectKeyId ?? '',
    file: `AppleWWDRCA${generation}.cer`,
    expires: '2036-01-01',
  }
  return { leaf: file('leaf.pem'), pem: file('ca.pem'), der, pin }
}

describe('fetching the intermediate', () => {
  let chains: TemporaryFolder
  let folder: TemporaryFolder
  let server: Server
  let answer: RequestListener
  let asked: string[]
  let options: WwdrOptions
  let right: Awaited<ReturnType<typeof makeChain>>
  let wrong: Awaited<ReturnType<typeof makeChain>>

  beforeAll(async () => {
    chains = await temporaryFolder()
    ;[right, wrong] = await Promise.all([makeChain(chains, 'G4'), makeChain(chains, 'G3')])
  })
  afterAll(() => chains.remove())

  beforeEach(async () => {
    folder = await temporaryFolder()
    asked = []
    answer = (request, response) => {
      asked.push(request.url ?? '')
      const chain = [right, wrong].find(({ pin }) => request.url === `/ca/${pin.file}`)
      response.writeHead(chain === undefined ? 404 : 200, { 'content-type': 'application/pkix-cert' }).end(chain?.der)
    }
    server = createServer((request, response) => answer(request, response))
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    options = {
      certificate: right.leaf,
      target: folder.path('certs/wwdr.pem'),
      fetch,
      now: new Date(),
      baseUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}/ca/`,
      known: [wrong.pin, right.pin],
    }
  })
  afterEach(async () => {
    server.closeAllConnections()
    await new Promise((resolve) => server.close(resolve))
    await folder.remove()
  })

  test('asks for the one that issued the certificate, although two share the name', async () => {
    const result = await placeIntermediate(options)
    expect(result).toMatchObject({ generation: 'G4', sha256: right.pin.sha256, changed: true })
    expect(asked).toEqual(['/ca/AppleWWDRCAG4.cer'])
    expect(await openssl(['verify', '-CAfile', options.target, right.leaf])).toMatch(/: OK$/)
  })

  test('run again it needs no network; a wrong one in place is replaced', async () => {
    await placeIntermediate(options)
    asked = []
    expect(await placeIntermediate(options)).toMatchObject({ changed: false, source: options.target })
    expect(asked).toEqual([])
    await writeFile(options.target, await readFile(wrong.pem))
    expect(await placeIntermediate(options)).toMatchObject({ changed: true })
  })

  test('an answer with another fingerprint, or no certificate, is refused and nothing is written', async () => {
    answer = (_, response) => void response.end(wrong.der)
    await expect(placeIntermediate(options)).rejects.toMatchObject({ code: 'CERT_WWDR_FINGERPRINT' })
    answer = (_, response) => void response.end('<html>Please sign in</html>')
    await expect(placeIntermediate(options)).rejects.toMatchObject({ code: 'CERT_WWDR_FINGERPRINT' })
    answer = (_, response) => void response.end(Buffer.alloc(300_000, 48))
    await expect(placeIntermediate(options)).rejects.toMatchObject({ code: 'CERT_WWDR_FINGERPRINT' })
    await expect(readFile(options.target)).rejects.toMatchObject({ code: 'ENOENT' })
  })

  test('an error of the server, no answer and no connection are temporary', async () => {
    answer = (_, response) => void response.writeHead(503).end()
    await expect(placeIntermediate(options)).rejects.toMatchObject({
      code: 'CERT_WWDR_DOWNLOAD',
      exitCode: 5,
      message: expect.stringContaining('answered 503'),
    })
    answer = () => undefined
    await expect(placeIntermediate({ ...options, timeoutMs: 50 })).rejects.toMatchObject({
      code: 'CERT_WWDR_DOWNLOAD',
      message: expect.stringContaining('there was no answer in time'),
    })
    const nobody = { ...options, baseUrl: 'http://127.0.0.1:1/' }
    await expect(placeIntermediate(nobody)).rejects.toMatchObject({ code: 'CERT_WWDR_DOWNLOAD' })
  })

  test('--file works offline: the right one is taken, another is refused', async () => {
    const offline = { ...options, baseUrl: 'http://127.0.0.1:1/' }
    await expect(placeIntermediate({ ...offline, file: wrong.pem })).rejects.toMatchObject({ code: 'CERT_CHAIN' })
    const file = folder.path('given.cer')
    await writeFile(file, right.der)
    expect(await placeIntermediate({ ...offline, file })).toMatchObject({ changed: true, source: file })
  })

  test('an unknown generation needs the fingerprint from the user', async () => {
    const unknown = { ...options, known: [wrong.pin], file: right.pem }
    await expect(placeIntermediate({ ...options, known: [wrong.pin] })).rejects.toMatchObject({
      code: 'CERT_WWDR_UNKNOWN',
    })
    await expect(placeIntermediate(unknown)).rejects.toMatchObject({ code: 'CERT_WWDR_UNKNOWN' })
    const fingerprint = right.pin.sha256.toUpperCase().replaceAll(/(..)(?=.)/g, '$1:')
    await expect(placeIntermediate({ ...unknown, fingerprint: wrong.pin.sha256 })).rejects.toMatchObject({
      code: 'CERT_WWDR_FINGERPRINT',
    })
    const result = await placeIntermediate({ ...unknown, fingerprint })
    expect(result).toMatchObject({ sha256: right.pin.sha256, changed: true })
    expect(result.generation).toBeUndefined()
  })

  test('an intermediate that Apple no longer offers means the certificate is too old', async () => {
    const { file, ...old } = right.pin
    await expect(placeIntermediate({ ...options, known: [old] })).rejects.toMatchObject({ code: 'CERT_EXPIRED' })
    expect(file).toBeDefined()
  })

  test('without a pass certificate there is nothing to choose by', async () => {
    await expect(placeIntermediate({ ...options, certificate: folder.path('no.pem') })).rejects.toMatchObject({
      code: 'CERT_NOT_FOUND',
      hints: [expect.stringContaining('tessera certs import')],
    })
  })

  test('the pins hold the fingerprint of the G4', () => {
    expect(
      appleIntermediateOf('EA4757885538DD8CB59FF4556F676087D83C85E70902C122E42C0808B5BCE14C'.toLowerCase()),
    ).toMatchObject({ generation: 'G4', file: 'AppleWWDRCAG4.cer' })
  })
})
