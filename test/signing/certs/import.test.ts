import { mkdir, readdir, readFile, stat, writeFile } from 'node:fs/promises'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { type ImportOptions, importCertificate } from '../../../src/signing/certs/import.js'
import { loadIdentity } from '../../../src/signing/certs/load-identity.js'
import { requestCertificate } from '../../../src/signing/certs/request.js'
import { openssl, SUBJECT, type TemporaryFolder, temporaryFolder, writeSet } from './material.js'

/** A stand-in for Apple: signs requests with an intermediate of its own, which is no development authority. */
async function appleWith(folder: TemporaryFolder) {
  const ca = ['-x509', '-newkey', 'rsa:2048', '-nodes', '-days', '3650', '-addext', 'keyUsage=critical,keyCertSign']
  const name = '/CN=Apple Worldwide Developer Relations Certification Authority/OU=G9/O=Apple Inc./C=US'
  const [key, certificate] = [folder.path('apple.key'), folder.path('apple.pem')]
  await openssl(['req', ...ca, '-subj', name, '-keyout', key, '-out', certificate])
  let serial = 100
  const issue = async (request: string, { days = 360, pti = SUBJECT.passTypeIdentifier, out = 'pass.cer' } = {}) => {
    const extensions = folder.path('extensions.cnf')
    const lines = [
      'basicConstraints=critical,CA:FALSE',
      'authorityKeyIdentifier=keyid',
      'extendedKeyUsage=clientAuth,1.2.840.113635.100.4.14',
      `1.2.840.113635.100.6.1.16=ASN1:UTF8String:${pti}`,
    ]
    await writeFile(extensions, lines.join('\n'))
    const csr = folder.path('named.csr')
    const pub = folder.path('request.pub')
    await writeFile(pub, await openssl(['req', '-in', request, '-pubkey', '-noout']))
    const subject = `/UID=${pti}/CN=Pass Type ID: ${pti}/OU=${SUBJECT.teamIdentifier}/O=${SUBJECT.organizationName}/C=US`
    await openssl(['req', '-new', '-key', key, '-subj', subject, '-out', csr])
    serial += 1
    const args = [
      'x509',
      '-req',
      '-in',
      csr,
      '-force_pubkey',
      pub,
      '-CA',
      certificate,
      '-CAkey',
      key,
      '-days',
      `${days}`,
    ]
    const file = folder.path(out)
    await openssl([...args, '-set_serial', `${serial}`, '-extfile', extensions, '-outform', 'DER', '-out', file])
    return file
  }
  return { certificate, issue }
}

describe('importing a certificate', () => {
  let folder: TemporaryFolder
  let options: Omit<ImportOptions, 'file'>
  const certs = (name: string) => folder.path(`certs/${name}`)

  beforeEach(async () => {
    folder = await temporaryFolder()
    await mkdir(certs(''))
    options = {
      targets: { certificate: certs('pass.pem'), key: certs('pass.key.pem'), wwdr: certs('wwdr.pem') },
      pending: { key: certs('request.key.pem'), request: certs('request.certSigningRequest') },
      expected: SUBJECT,
      force: false,
      now: new Date(),
    }
  })
  afterEach(() => folder.remove())

  const request = () =>
    requestCertificate({
      ...options.pending,
      commonName: SUBJECT.passTypeIdentifier,
      organization: SUBJECT.organizationName,
      force: false,
      now: options.now,
    })

  test('a .cer finds the key of the waiting request and uses it up', async () => {
    const apple = await appleWith(folder)
    const { request: csr } = await request()
    const file = await apple.issue(csr)
    const result = await importCertificate({ ...options, file })
    expect(result).toMatchObject({ ...SUBJECT, keyFrom: options.pending.key, wwdr: 'missing', replaced: 'nothing' })
    expect((await readdir(certs(''))).sort()).toEqual(['pass.key.pem', 'pass.pem'])
    expect((await stat(certs('pass.key.pem'))).mode & 0o777).toBe(0o600)
    const identity = await loadIdentity({ ...options.targets, wwdr: apple.certificate })
    expect(identity).toMatchObject({ ...SUBJECT, development: false })
  })

  test('a .p12 brings key and intermediate along; the key is encrypted at rest when the launch says so', async () => {
    await writeSet(folder)
    const [cert, key, wwdr] = ['pass.pem', 'pass.key.pem', 'wwdr.pem'].map(folder.path) as [string, string, string]
    const file = folder.path('pass.p12')
    const args = ['pkcs12', '-export', '-in', cert, '-inkey', key, '-certfile', wwdr, '-out', file]
    await openssl([...args, '-passout', 'pass:out'])
    await expect(importCertificate({ ...options, file })).rejects.toMatchObject({ code: 'CERT_PASSPHRASE_REQUIRED' })
    const result = await importCertificate({ ...options, file, passphrase: 'out', keyPassphrase: 'at rest' })
    expect(result).toMatchObject({ wwdr: 'written', keyFrom: file })
    expect(await readFile(certs('pass.key.pem'), 'utf8')).toContain('ENCRYPTED PRIVATE KEY')
    await expect(loadIdentity({ ...options.targets, passphrase: 'at rest' })).resolves.toMatchObject(SUBJECT)
  })

  test('development certificates make way; a renewal keeps copies of the old pair; an older one needs --force', async () => {
    const launch = { ...folder, path: (name: string) => certs(name) }
    await writeSet(launch)
    const apple = await appleWith(folder)
    const file = await apple.issue((await request()).request, { days: 30 })
    expect(await importCertificate({ ...options, file })).toMatchObject({ replaced: 'development', backups: [] })
    const renewed = await apple.issue((await request()).request, { days: 390, out: 'renewed.cer' })
    const renewal = await importCertificate({ ...options, file: renewed })
    expect(renewal.replaced).toBe('older')
    expect(renewal.backups).toHaveLength(2)
    expect(await importCertificate({ ...options, file: renewed })).toMatchObject({ replaced: 'same', backups: [] })
    const back = { ...options, file, keyFile: renewal.backups[1] }
    await expect(importCertificate(back)).rejects.toMatchObject({ code: 'CERT_EXISTS', exitCode: 9 })
    expect(await importCertificate({ ...back, force: true })).toMatchObject({ replaced: 'other' })
  })

  test('without the key, says whose the keys are that lie there', async () => {
    const apple = await appleWith(folder)
    const { request: csr } = await request()
    const file = await apple.issue(csr)
    await openssl(['genrsa', '-out', options.pending.key, '2048'])
    await expect(importCertificate({ ...options, file })).rejects.toMatchObject({
      code: 'CERT_KEY_MISMATCH',
      message: `No key fits Pass Type ID: pass.com.example.bonus: ${options.pending.key} is the key of another, unknown certificate.`,
    })
    const launch = { ...folder, path: (name: string) => certs(name) }
    await writeSet(launch, { subject: { ...SUBJECT, passTypeIdentifier: 'pass.com.example.other' } })
    await expect(importCertificate({ ...options, file })).rejects.toMatchObject({
      message: expect.stringContaining('(Pass Type ID: pass.com.example.other, until '),
    })
    await expect(importCertificate({ ...options, file, keyFile: folder.path('gone') })).rejects.toMatchObject({
      code: 'CERT_NOT_FOUND',
    })
  })

  test('no key at all points to Keychain Access', async () => {
    const { files } = await writeSet(folder)
    await expect(importCertificate({ ...options, file: files.certificate })).rejects.toMatchObject({
      code: 'CERT_KEY_MISMATCH',
      hints: [expect.stringContaining('Keychain Access'), expect.stringContaining('--key KEY')],
    })
  })

  test('a certificate of another pass type or team is refused with the lines to change', async () => {
    const { files } = await writeSet(folder, { subject: { ...SUBJECT, teamIdentifier: 'ZZZZZZZZZZ' } })
    await expect(importCertificate({ ...options, file: files.certificate, keyFile: files.key })).rejects.toMatchObject({
      code: 'CERT_IDENTITY',
      message: `${files.certificate} has teamIdentifier ZZZZZZZZZZ, tessera.yaml says A1B2C3D4E5.`,
      hints: [expect.stringContaining('apple.teamIdentifier: ZZZZZZZZZZ')],
    })
    expect(await readdir(certs(''))).toEqual([])
  })

  test('an expired certificate is refused', async () => {
    const { files } = await writeSet(folder, { days: -3 })
    await expect(importCertificate({ ...options, file: files.certificate, keyFile: files.key })).rejects.toMatchObject({
      code: 'CERT_EXPIRED',
    })
  })
})
