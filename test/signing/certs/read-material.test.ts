import { readFile, writeFile } from 'node:fs/promises'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { readMaterial } from '../../../src/signing/certs/read-material.js'
import { hasLegacyProvider, openssl, type TemporaryFolder, temporaryFolder, writeSet } from './material.js'

const legacy = await hasLegacyProvider()

describe('reading certificate files', () => {
  let folder: TemporaryFolder
  let leafSha: string

  beforeAll(async () => {
    folder = await temporaryFolder()
    await writeSet(folder)
    const { certificates } = await read('pass.pem')
    leafSha = certificates[0]!.sha256
  })
  afterAll(() => folder.remove())

  const read = async (name: string, passphrase?: string) =>
    readMaterial(await readFile(folder.path(name)), { place: name, passphrase })

  const p12 = async (name: string, passphrase: string, extra: readonly string[] = []) => {
    const [cert, key, wwdr] = ['pass.pem', 'pass.key.pem', 'wwdr.pem'].map(folder.path) as [string, string, string]
    const args = ['pkcs12', '-export', '-in', cert, '-inkey', key, '-certfile', wwdr, '-out', folder.path(name)]
    await openssl([
      ...args,
      '-passout',
      `pass:${passphrase}`,
      '-name',
      'Pass Type ID: pass.com.example.bonus',
      ...extra,
    ])
  }

  const expectPair = async (name: string, passphrase?: string) => {
    const { certificates, keys } = await read(name, passphrase)
    expect(certificates.map(({ sha256 }) => sha256)).toContain(leafSha)
    const leaf = certificates.find(({ sha256 }) => sha256 === leafSha)!
    expect(keys.some((key) => leaf.x509.checkPrivateKey(key))).toBe(true)
  }

  test('.cer in DER and in PEM with Windows line ends', async () => {
    await openssl(['x509', '-in', folder.path('pass.pem'), '-outform', 'DER', '-out', folder.path('pass.cer')])
    expect((await read('pass.cer')).certificates[0]?.sha256).toBe(leafSha)
    const text = await readFile(folder.path('pass.pem'), 'utf8')
    await writeFile(folder.path('windows.cer'), `\ufeff${text.replaceAll('\n', '\r\n')}`)
    expect((await read('windows.cer')).certificates[0]?.sha256).toBe(leafSha)
  })

  test('.p12 as OpenSSL 3 writes it: AES-256, PBES2, SHA-256 MAC', async () => {
    await p12('modern.p12', 'correct horse')
    await expectPair('modern.p12', 'correct horse')
  })

  test.runIf(legacy)('.p12 as Keychain Access exports it: RC2-40 and 3DES', async () => {
    await p12('legacy.p12', 'correct horse', ['-legacy'])
    await expectPair('legacy.p12', 'correct horse')
  })

  test('.p12 with a passphrase outside ASCII, old and new', async () => {
    await p12('umlaut.p12', 'Grüße, Käthe')
    await expectPair('umlaut.p12', 'Grüße, Käthe')
    if (!legacy) return
    await p12('umlaut-legacy.p12', 'Grüße, Käthe', ['-legacy'])
    await expectPair('umlaut-legacy.p12', 'Grüße, Käthe')
  })

  test('.p12 with an empty passphrase needs none', async () => {
    await p12('empty.p12', '')
    await expectPair('empty.p12')
  })

  test('a wrong or missing passphrase of a .p12 is told apart', async () => {
    await p12('locked.p12', 'right')
    await expect(read('locked.p12', 'wrong')).rejects.toMatchObject({ code: 'CERT_PASSPHRASE_WRONG' })
    await expect(read('locked.p12')).rejects.toMatchObject({ code: 'CERT_PASSPHRASE_REQUIRED' })
  })

  test('a .pem with bag attributes, both certificates and an encrypted key, as openssl pkcs12 prints it', async () => {
    await p12('for-pem.p12', 'one')
    const args = ['pkcs12', '-in', folder.path('for-pem.p12'), '-passin', 'pass:one', '-passout', 'pass:two']
    await openssl([...args, '-out', folder.path('all.pem')])
    await expectPair('all.pem', 'two')
    await expect(read('all.pem')).rejects.toMatchObject({ code: 'CERT_PASSPHRASE_REQUIRED' })
    await expect(read('all.pem', 'three')).rejects.toMatchObject({ code: 'CERT_PASSPHRASE_WRONG' })
  })

  test.each([
    ['PKCS#1', ['rsa', '-traditional']],
    ['PKCS#1, AES-256', ['rsa', '-traditional', '-aes256', '-passout', 'pass:secret']],
    ['PKCS#1, 3DES', ['rsa', '-traditional', '-des3', '-passout', 'pass:secret']],
    ['PKCS#8, AES-256', ['pkcs8', '-topk8', '-v2', 'aes-256-cbc', '-passout', 'pass:secret']],
    ['PKCS#8, 3DES (PKCS#12 scheme)', ['pkcs8', '-topk8', '-v1', 'PBE-SHA1-3DES', '-passout', 'pass:secret']],
    ['PKCS#8, DER', ['pkcs8', '-topk8', '-nocrypt', '-outform', 'DER']],
    ['PKCS#1, DER', ['rsa', '-traditional', '-outform', 'DER']],
  ])('a key in %s', async (_, args) => {
    await openssl([...args, '-in', folder.path('pass.key.pem'), '-out', folder.path('other.key')])
    const { keys } = await read('other.key', 'secret')
    const { certificates } = await read('pass.pem')
    expect(certificates[0]?.x509.checkPrivateKey(keys[0]!)).toBe(true)
  })

  test.runIf(legacy)('a key encrypted with RC2, which OpenSSL 3 no longer opens by itself', async () => {
    const legacyArgs = ['-provider', 'legacy', '-provider', 'default', '-passout', 'pass:secret']
    const args = ['pkcs8', '-topk8', '-v1', 'PBE-SHA1-RC2-40', '-in', folder.path('pass.key.pem')]
    await openssl([...args, ...legacyArgs, '-out', folder.path('rc2.key')])
    expect((await read('rc2.key', 'secret')).keys).toHaveLength(1)
    await expect(read('rc2.key', 'nope')).rejects.toMatchObject({ code: 'CERT_PASSPHRASE_WRONG' })
  })

  test('what people hand over by mistake gets an answer that helps', async () => {
    const cases: [string, string | Buffer, RegExp][] = [
      ['page.cer', '<!DOCTYPE html><html>Sign in</html>', /page\.cer is a web page/],
      ['noise.p12', Buffer.from('not a certificate'), /noise\.p12 is no certificate/],
      ['empty.cer', '', /empty\.cer is no certificate/],
      ['cut.pem', '-----BEGIN CERTIFICATE-----\nMIIB\n', /cut\.pem holds a damaged PEM text/],
      ['broken.pem', '-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----\n', /in broken\.pem is damaged/],
    ]
    for (const [name, content, message] of cases) {
      await writeFile(folder.path(name), content)
      await expect(read(name)).rejects.toMatchObject({
        code: 'CERT_UNREADABLE',
        message: expect.stringMatching(message),
      })
    }
    await openssl(['req', '-new', '-key', folder.path('pass.key.pem'), '-subj', '/CN=x', '-out', folder.path('my.csr')])
    await expect(read('my.csr')).rejects.toMatchObject({
      message: 'my.csr is the request, not the certificate.',
      hints: [expect.stringContaining('developer.apple.com')],
    })
  })
})
