import { readFile, stat } from 'node:fs/promises'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { requestCertificate } from '../../../src/signing/certs/request.js'
import { openssl, type TemporaryFolder, temporaryFolder } from './material.js'

describe('a certificate request', () => {
  let folder: TemporaryFolder
  const options = () => ({
    key: folder.path('certs/request.key.pem'),
    request: folder.path('certs/request.certSigningRequest'),
    commonName: 'pass.com.example.bonus',
    organization: 'Café Nordlicht',
    email: 'it@example.com',
    country: 'DE',
    force: false,
    now: new Date('2026-03-01T12:00:00Z'),
  })

  beforeEach(async () => {
    folder = await temporaryFolder()
  })
  afterEach(() => folder.remove())

  test('is one that openssl verifies, for a 2048-bit key that only its owner can read', async () => {
    const made = await requestCertificate(options())
    expect(made).toMatchObject({ newKey: true })
    const text = await openssl(['req', '-in', made.request, '-verify', '-noout', '-text', '-nameopt', 'utf8'])
    expect(text).toContain('CN=pass.com.example.bonus')
    expect(text).toContain('O=Café Nordlicht')
    expect(text).toContain('Public-Key: (2048 bit)')
    expect(text).toContain('sha256WithRSAEncryption')
    expect((await stat(made.key)).mode & 0o777).toBe(0o600)
    const [ofKey, ofRequest] = await Promise.all([
      openssl(['rsa', '-in', made.key, '-noout', '-modulus']),
      openssl(['req', '-in', made.request, '-noout', '-modulus']),
    ])
    expect(ofKey).toBe(ofRequest)
  })

  test('made again uses the same key; --force makes a new one and keeps the old', async () => {
    const first = await requestCertificate(options())
    const key = await readFile(first.key, 'utf8')
    expect(await requestCertificate(options())).toMatchObject({ newKey: false })
    expect(await readFile(first.key, 'utf8')).toBe(key)
    const forced = await requestCertificate({ ...options(), force: true })
    expect(forced).toMatchObject({ newKey: true, backup: folder.path('certs/request.2026-03-01.key.pem') })
    expect(await readFile(forced.backup!, 'utf8')).toBe(key)
    expect(await readFile(first.key, 'utf8')).not.toBe(key)
    const again = await requestCertificate({ ...options(), force: true })
    expect(again.backup).toBe(folder.path('certs/request.2026-03-01-2.key.pem'))
  })

  test('with a passphrase writes PKCS#8 under AES-256', async () => {
    const made = await requestCertificate({ ...options(), passphrase: 'long and secret' })
    expect(await readFile(made.key, 'utf8')).toContain('BEGIN ENCRYPTED PRIVATE KEY')
    expect(await openssl(['asn1parse', '-in', made.key])).toContain('aes-256-cbc')
    await openssl(['rsa', '-in', made.key, '-passin', 'pass:long and secret', '-check', '-noout'])
    await expect(requestCertificate(options())).rejects.toMatchObject({ code: 'CERT_PASSPHRASE_REQUIRED' })
  })
})
