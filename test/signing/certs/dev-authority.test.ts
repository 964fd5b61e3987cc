import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { execa } from 'execa'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { isDevelopment, isIssuedBy, readCertificate } from '../../../src/signing/certs/certificate.js'
import { type DevelopmentCertificates, makeDevelopmentCertificates } from '../../../src/signing/certs/dev-authority.js'
import { writePem } from '../../../src/signing/certs/pem.js'

const SUBJECT = {
  passTypeIdentifier: 'pass.com.example.bonus',
  teamIdentifier: 'A1B2C3D4E5',
  organizationName: 'Café Nordlicht',
}

describe('the development authority', () => {
  let dir: string
  let made: DevelopmentCertificates

  beforeAll(async () => {
    dir = await mkdtemp(join(tmpdir(), 'tessera-dev-'))
    made = await makeDevelopmentCertificates(SUBJECT, { now: new Date(), days: 365 })
    for (const name of ['leaf', 'intermediate', 'root'] as const) {
      await writeFile(join(dir, `${name}.pem`), writePem('CERTIFICATE', made[name]))
    }
  })
  afterAll(() => rm(dir, { recursive: true, force: true }))

  const text = async (name: string): Promise<string> => {
    const { stdout } = await execa('openssl', [
      'x509',
      '-in',
      join(dir, `${name}.pem`),
      '-noout',
      '-text',
      '-nameopt',
      'utf8',
    ])
    return stdout
  }

  test('its leaf has the subject and the extensions of a Pass Type ID certificate', async () => {
    const leaf = await text('leaf')
    expect(leaf).toContain(
      'Subject: UID=pass.com.example.bonus, CN=Pass Type ID: pass.com.example.bonus, OU=A1B2C3D4E5, O=Café Nordlicht, C=US',
    )
    expect(leaf).toMatch(/1\.2\.840\.113635\.100\.6\.1\.16:\s+\.\.pass\.com\.example\.bonus/)
    expect(leaf).toMatch(/1\.2\.840\.113635\.100\.6\.3\.2:\s+\.\./)
    expect(leaf).toMatch(/TLS Web Client Authentication, 1\.2\.840\.113635\.100\.4\.14/)
    expect(leaf).toContain('Public-Key: (2048 bit)')
    expect(leaf).toContain('Signature Algorithm: sha256WithRSAEncryption')
    expect(leaf).toContain('Phones refuse cards signed with this certificate.')
  })

  test('its intermediate bears the name of the G4 and was issued by a root that says what it is', async () => {
    const intermediate = await text('intermediate')
    expect(intermediate).toContain(
      'Subject: CN=Apple Worldwide Developer Relations Certification Authority, OU=G4, O=Apple Inc., C=US',
    )
    expect(intermediate).toContain('O=Tessera development authority, OU=Not for phones')
    expect(intermediate).toContain('CA:TRUE, pathlen:0')
  })

  test('openssl verifies the chain', async () => {
    const file = (name: string) => join(dir, `${name}.pem`)
    const args = ['verify', '-x509_strict', '-CAfile', file('root'), '-untrusted', file('intermediate'), file('leaf')]
    const { stdout } = await execa('openssl', args)
    expect(stdout).toMatch(/: OK$/)
  })

  test('our own reader agrees and recognises them as development certificates', () => {
    const [leaf, intermediate, root] = [made.leaf, made.intermediate, made.root].map(readCertificate)
    if (leaf === undefined || intermediate === undefined || root === undefined) throw new Error('three were made')
    expect(leaf.subject).toMatchObject({
      uid: SUBJECT.passTypeIdentifier,
      organizationalUnit: SUBJECT.teamIdentifier,
      organization: SUBJECT.organizationName,
    })
    expect(leaf.passTypeExtension).toBe(SUBJECT.passTypeIdentifier)
    expect(leaf.x509.checkPrivateKey(made.key)).toBe(true)
    expect(isIssuedBy(leaf, intermediate)).toBe(true)
    expect(isIssuedBy(intermediate, root)).toBe(true)
    expect(isIssuedBy(leaf, root)).toBe(false)
    expect(isDevelopment(leaf)).toBe(true)
    expect(isDevelopment(intermediate)).toBe(true)
  })
})
