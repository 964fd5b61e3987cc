import { copyFile, readFile, writeFile } from 'node:fs/promises'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { loadIdentity } from '../../../src/signing/certs/load-identity.js'
import { openssl, SUBJECT, type TemporaryFolder, temporaryFolder, writeSet } from './material.js'

describe('loading a signing identity', () => {
  let folder: TemporaryFolder
  let files: { certificate: string; key: string; wwdr: string }

  beforeEach(async () => {
    folder = await temporaryFolder()
    files = (await writeSet(folder)).files
  })
  afterEach(() => folder.remove())

  test('gives who signs, the DER of both certificates and the key', async () => {
    const identity = await loadIdentity(files)
    expect(identity).toMatchObject({ ...SUBJECT, development: true })
    expect(identity.key.asymmetricKeyType).toBe('rsa')
    expect(identity.notAfter).toBeGreaterThan(Date.now() + 364 * 86_400_000)
    const pem = await openssl(['x509', '-in', files.wwdr, '-outform', 'PEM'])
    expect(pem).toContain(identity.issuer.toString('base64').slice(0, 64))
  })

  test('an encrypted key needs its passphrase, and the right one', async () => {
    await openssl(['pkcs8', '-topk8', '-in', files.key, '-out', folder.path('enc.pem'), '-passout', 'pass:secret'])
    const key = folder.path('enc.pem')
    await expect(loadIdentity({ ...files, key })).rejects.toMatchObject({ code: 'CERT_PASSPHRASE_REQUIRED' })
    await expect(loadIdentity({ ...files, key, passphrase: 'no' })).rejects.toMatchObject({
      code: 'CERT_PASSPHRASE_WRONG',
    })
    await expect(loadIdentity({ ...files, key, passphrase: 'secret' })).resolves.toMatchObject({ development: true })
  })

  test('one .p12 may hold everything', async () => {
    const p12 = folder.path('all.p12')
    const from = ['-in', files.certificate, '-inkey', files.key, '-certfile', files.wwdr]
    await openssl(['pkcs12', '-export', ...from, '-out', p12, '-passout', 'pass:x'])
    const identity = await loadIdentity({ certificate: p12, key: p12, wwdr: p12, passphrase: 'x' })
    expect(identity.passTypeIdentifier).toBe(SUBJECT.passTypeIdentifier)
  })

  test('a missing file is named', async () => {
    const key = folder.path('nowhere.pem')
    await expect(loadIdentity({ ...files, key })).rejects.toMatchObject({
      code: 'CERT_NOT_FOUND',
      message: `${key} does not exist.`,
    })
  })

  test('the key of another certificate is refused', async () => {
    await openssl(['genrsa', '-out', files.key, '2048'])
    await expect(loadIdentity(files)).rejects.toMatchObject({
      code: 'CERT_KEY_MISMATCH',
      message: `${files.key} is not the key of ${files.certificate} (Pass Type ID: pass.com.example.bonus).`,
    })
  })

  test('an intermediate of the same name that did not issue the certificate is refused', async () => {
    const other = await temporaryFolder()
    const { files: others } = await writeSet(other)
    await copyFile(others.wwdr, files.wwdr)
    await expect(loadIdentity(files)).rejects.toMatchObject({ code: 'CERT_CHAIN', exitCode: 4 })
    // Both in one file: the right one is found.
    const { files: again } = await writeSet(folder)
    await writeFile(files.wwdr, (await readFile(others.wwdr, 'utf8')) + (await readFile(again.wwdr, 'utf8')))
    await expect(loadIdentity(again)).resolves.toMatchObject({ development: true })
    await other.remove()
  })

  test('a certificate that is no pass certificate is refused by name', async () => {
    const args = ['req', '-x509', '-new', '-key', files.key, '-subj', '/UID=x/CN=Apple Push Services: x', '-days', '9']
    await openssl([...args, '-addext', 'basicConstraints=CA:FALSE', '-out', files.certificate])
    await expect(loadIdentity(files)).rejects.toMatchObject({
      code: 'CERT_NOT_PASS',
      message: `${files.certificate} is not a Pass Type ID certificate but Apple Push Services: x.`,
    })
  })

  test('an expired certificate is refused at use, unless allowed', async () => {
    const { files: expired } = await writeSet(folder, { days: -10 })
    await expect(loadIdentity(expired)).rejects.toMatchObject({ code: 'CERT_EXPIRED' })
    await expect(loadIdentity(expired, { allowExpired: true })).resolves.toMatchObject(SUBJECT)
    const before = Date.now() - 10.5 * 86_400_000
    await expect(loadIdentity(expired, { now: before })).resolves.toMatchObject(SUBJECT)
    await expect(loadIdentity(expired, { now: before - 9e9 })).rejects.toMatchObject({ code: 'CERT_NOT_YET_VALID' })
  })
})
