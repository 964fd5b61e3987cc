import { createHash, createPublicKey, generateKeyPairSync, verify, X509Certificate } from 'node:crypto'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { execa } from 'execa'
import fc from 'fast-check'
import { beforeAll, describe, expect, test } from 'vitest'
import { makeDevelopmentCertificates } from '../../src/signing/certs/dev-authority.js'
import { writePem } from '../../src/signing/certs/pem.js'
import { createManifestSigner, type Signatory } from '../../src/signing/cms.js'
import { derTime, issuerAndSerial, oid, readElements, tlv } from '../../src/signing/der.js'
import { tempDir } from '../support/temp-dir.js'
import { SUBJECT } from './certs/material.js'

const dir = await tempDir('cms')
const path = (name: string): string => join(dir, name)
let identity: Signatory

beforeAll(async () => {
  const made = await makeDevelopmentCertificates(SUBJECT, { now: new Date('2026-01-01T00:00:00Z'), days: 9000 })
  identity = { leaf: made.leaf, issuer: made.intermediate, key: made.key }
  await writeFile(path('root.pem'), writePem('CERTIFICATE', made.root))
})

async function openssl(signature: Buffer, manifest: string, ...more: string[]): Promise<string> {
  await writeFile(path('signature'), signature)
  await writeFile(path('manifest.json'), manifest)
  const args = ['cms', '-verify', '-noverify', '-binary', '-inform', 'DER', '-in', path('signature')]
  const { stdout } = await execa('openssl', [...args, '-content', path('manifest.json'), ...more], {
    stripFinalNewline: false,
  })
  return stdout
}

/** The same bytes again, cut into elements and put together: true only of DER with shortest lengths. */
function again(bytes: Buffer): Buffer {
  return Buffer.concat(
    readElements(bytes).map(({ tag, content }) => tlv(tag, (tag & 0x20) !== 0 ? again(content) : content)),
  )
}

describe('a signature', () => {
  test.each([
    '{}',
    '{"pass.json":"é漢😀"}',
    `{"x":"${'0'.repeat(100_000)}"}`,
  ])('of %.20s is accepted', async (manifest) => {
    const signature = createManifestSigner(identity)(Buffer.from(manifest), new Date())
    expect(await openssl(signature, manifest)).toBe(manifest)
    await expect(openssl(signature, `${manifest} `)).rejects.toThrow(/digest|verif/i)
  })

  test('is DER to the last byte, and its attributes are sorted', () => {
    for (const when of ['2026-07-01T00:00:00Z', '2051-07-01T00:00:00Z']) {
      const signature = createManifestSigner(identity)(Buffer.from('{}'), new Date(when))
      expect(again(signature)).toEqual(signature)
      const attributes = attributesOf(signature)
      expect(attributes).toEqual(attributes.toSorted(Buffer.compare))
      expect(attributes).toHaveLength(3)
    }
  })

  test('signs the attributes as a SET with the key of the certificate', () => {
    const signature = createManifestSigner(identity)(Buffer.from('{"a":1}'), new Date())
    const info = signerInfoOf(signature)
    const signed = Buffer.from(info[3]?.whole ?? '')
    signed[0] = 0x31
    const key = createPublicKey(new X509Certificate(identity.leaf).publicKey.export({ type: 'spki', format: 'pem' }))
    expect(verify('sha256', signed, key, info[5]?.content ?? Buffer.alloc(0))).toBe(true)
    const digest = createHash('sha256').update('{"a":1}').digest()
    expect(attributesOf(signature).some((attribute) => attribute.includes(digest))).toBe(true)
  })

  test('changes with manifest and time and nothing else, however one signer is used', async () => {
    const sign = createManifestSigner(identity)
    const times = [
      '2027-01-01T00:00:00Z',
      '2027-01-01T00:00:00.900Z',
      '2027-01-01T00:00:01Z',
      '2049-12-31T23:59:59Z',
      '2050-01-01T00:00:00Z',
      '2027-01-01T00:00:00Z',
    ]
    for (const time of times) {
      for (const manifest of ['{}', '{"a":"b"}']) {
        const signature = sign(Buffer.from(manifest), new Date(time))
        expect(signature).toEqual(createManifestSigner(identity)(Buffer.from(manifest), new Date(time)))
        expect(await openssl(signature, manifest)).toBe(manifest)
      }
    }
  })

  test('is accepted up to the root at its time', async () => {
    const signature = createManifestSigner(identity)(Buffer.from('{}'), new Date())
    expect(await openssl(signature, '{}', '-CAfile', path('root.pem'), '-purpose', 'any')).toBe('{}')
  })

  test('is made with RSA only', () => {
    const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
    expect(() => createManifestSigner({ ...identity, key: privateKey })).toThrow('RSA')
  })

  test.each([2048, 3072, 4096])('fits a key of %d bits', (bits) => {
    const { privateKey } = generateKeyPairSync('rsa', { modulusLength: bits })
    const signature = createManifestSigner({ ...identity, key: privateKey })(Buffer.from('{}'), new Date())
    expect(again(signature)).toEqual(signature)
    expect(signerInfoOf(signature)[5]?.content).toHaveLength(bits / 8)
  })
})

/** ContentInfo > [0] > SignedData > SET OF SignerInfo > the one. */
function signerInfoOf(signature: Buffer) {
  const inside = (bytes: Buffer, index: number): Buffer => readElements(bytes)[index]?.content ?? Buffer.alloc(0)
  const signedData = inside(inside(inside(signature, 0), 1), 0)
  return readElements(inside(inside(signedData, 4), 0))
}

function attributesOf(signature: Buffer): Buffer[] {
  return readElements(signerInfoOf(signature)[3]?.content ?? Buffer.alloc(0)).map(({ whole }) => whole)
}

describe('DER', () => {
  test('lengths of every size are read back', () => {
    for (const length of [0, 1, 127, 128, 255, 256, 65_535, 65_536, 1 << 20]) {
      const content = Buffer.alloc(length, 7)
      const [element, ...rest] = readElements(tlv(0x04, content))
      expect(rest).toEqual([])
      expect(element?.content).toEqual(content)
    }
  })

  test('object identifiers as openssl writes them', async () => {
    for (const dotted of [
      '1.2.840.113549.1.7.2',
      '2.16.840.1.101.3.4.2.1',
      '2.999.1',
      '0.9.2342.19200300.100.1.1',
      '1.2.840.113635.100.6.1.16',
    ]) {
      const { stdout } = await execa('openssl', ['asn1parse', '-inform', 'DER', '-oid', '/dev/null'], {
        input: oid(dotted),
        reject: false,
      })
      const printed = stdout.match(/OBJECT\s+:(.*)$/m)?.[1] ?? ''
      const { stdout: numbers } = await execa(
        'openssl',
        ['asn1parse', '-genstr', `OID:${dotted}`, '-noout', '-out', path('oid')],
        { reject: false },
      )
      expect(numbers).toBe('')
      expect(printed).not.toBe('')
      expect(oid(dotted)).toEqual(await import('node:fs/promises').then(({ readFile }) => readFile(path('oid'))))
    }
  })

  test.each([
    ['2027-03-01T09:08:07.999Z', 0x17, '270301090807Z'],
    ['1950-01-01T00:00:00Z', 0x17, '500101000000Z'],
    ['2049-12-31T23:59:59Z', 0x17, '491231235959Z'],
    ['2050-01-01T00:00:00Z', 0x18, '20500101000000Z'],
  ])('%s as time', (when, tag, text) => {
    const [time] = readElements(derTime(new Date(when)))
    expect([time?.tag, time?.content.toString()]).toEqual([tag, text])
  })

  test('garbage never reads past its end', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 40 }), (bytes) => {
        try {
          const elements = readElements(Buffer.from(bytes))
          expect(Buffer.concat(elements.map(({ whole }) => whole))).toEqual(Buffer.from(bytes))
        } catch (error) {
          expect(error).toBeInstanceOf(RangeError)
        }
      }),
    )
  })

  test('issuer and serial number are those that openssl prints', async () => {
    const { issuer, serial } = issuerAndSerial(identity.leaf)
    const { stdout } = await execa('openssl', ['x509', '-inform', 'DER', '-noout', '-serial'], { input: identity.leaf })
    expect(stdout).toBe(`serial=${readElements(serial)[0]?.content.toString('hex').toUpperCase().replace(/^00/, '')}`)
    expect(issuer).toEqual(subjectOf(identity.issuer))
    expect(() => issuerAndSerial(Buffer.from('3000', 'hex'))).toThrow(RangeError)
  })
})

/** The subject of a certificate: after version, serial, algorithm, issuer and validity. */
function subjectOf(certificate: Buffer): Buffer {
  const [outer] = readElements(certificate)
  const [tbs] = readElements(outer?.content ?? Buffer.alloc(0))
  return readElements(tbs?.content ?? Buffer.alloc(0))[5]?.whole ?? Buffer.alloc(0)
}
