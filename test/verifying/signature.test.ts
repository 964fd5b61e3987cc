import { readFile } from 'node:fs/promises'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { DevelopmentCertificates } from '../../src/signing/certs/dev-authority.js'
import { loadIdentity } from '../../src/signing/certs/load-identity.js'
import { createManifestSigner } from '../../src/signing/cms.js'
import type { PassReport } from '../../src/verifying/types.js'
import { verifyPass } from '../../src/verifying/verify-pass.js'
import { SUBJECT, type TemporaryFolder, temporaryFolder, writeSet } from '../signing/certs/material.js'
import { makePass, opensslVerifies, type PassRecipe, toBer, withSignature } from './make-pass.js'

const DAY = 86_400_000
/** Signature and certificates alone. */
const plain = { file: 'card.pkpass', content: false }

describe('verifying a pass', () => {
  let folder: TemporaryFolder
  let made: DevelopmentCertificates
  let files: { certificate: string; key: string; wwdr: string }

  beforeAll(async () => {
    folder = await temporaryFolder()
    ;({ made, files } = await writeSet(folder))
  })
  afterAll(() => folder.remove())

  const verify = async (recipe: PassRecipe = {}, options: { now?: number } = {}) =>
    verifyPass(await makePass(folder, recipe), { ...plain, trust: [made.intermediate], ...options })
  const rules = (report: PassReport) => report.findings.map(({ rule, place }) => `${rule} ${place.file}`.trim())

  test('one that openssl signed is valid, and says who signed when', async () => {
    const report = await verify()
    expect(report.findings).toEqual([])
    expect(report).toMatchObject({
      verdict: 'valid',
      pass: { serialNumber: 'A-1' },
      signer: { ...SUBJECT, digest: 'sha256' },
    })
    expect(Math.abs((report.signer?.signedAt ?? 0) - Date.now())).toBeLessThan(60_000)
  })

  test.each<[string, PassRecipe]>([
    ['a signer named by key identifier (version 3)', { cms: ['-keyid'] }],
    ['SHA-1, as most tools still sign', { cms: ['-md', 'sha1'] }],
    ['no S/MIME capabilities', { cms: ['-nosmimecap'] }],
    ['files stored without compression', { zip: ['-0'] }],
    ['a byte order mark before pass.json', { passJson: `\ufeff${JSON.stringify({ ...passJson() })}` }],
  ])('%s is read', async (_, recipe) => {
    const report = await verify(recipe)
    expect(report.findings).toEqual([])
    expect(report.verdict).toBe('valid')
  })

  test.each([
    ['teamIdentifier', 5, 'certificate.team'],
    ['teamIdentifier', ['ABCDE12345'], 'certificate.team'],
    ['passTypeIdentifier', true, 'certificate.pass-type'],
    ['passTypeIdentifier', null, 'certificate.pass-type'],
    ['passTypeIdentifier', undefined, 'certificate.pass-type'],
  ])('%s that is %j is not that of the certificate', async (key, value, rule) => {
    const report = await verify({ passJson: { ...passJson(), [key]: value } })
    expect(rules(report)).toEqual([`${rule} pass.json`])
    expect(report.verdict).toBe('invalid')
  })

  test('what is missing of the identity is told once', async () => {
    for (const value of [undefined, null]) {
      const bytes = await makePass(folder, {
        passJson: { ...passJson(), organizationName: 'x', teamIdentifier: value },
      })
      const { findings } = await verifyPass(bytes, { ...plain, content: true, trust: [made.intermediate] })
      const refused = findings.filter(({ severity }) => severity === 'refused').map(({ rule }) => rule)
      expect(refused).toEqual(['identity.team'])
    }
  })

  test('BER of indefinite length, as Apple’s own samples', async () => {
    await makePass(folder)
    const ber = toBer(await readFile(folder.path('pass/signature')))
    expect([...ber.subarray(0, 2)]).toEqual([0x30, 0x80])
    const report = await verifyPass(await withSignature(folder, ber), { ...plain, trust: [made.intermediate] })
    expect(report).toMatchObject({ verdict: 'valid', findings: [] })
    await opensslVerifies(folder)
  })

  test('one that Tessera signs is valid, for openssl too', async () => {
    const identity = await loadIdentity(files)
    await makePass(folder)
    const manifest = await readFile(folder.path('pass/manifest.json'))
    const pass = await withSignature(folder, createManifestSigner(identity)(manifest, new Date()))
    const report = await verifyPass(pass, { ...plain, trust: [made.intermediate] })
    expect(report).toMatchObject({ verdict: 'valid', findings: [] })
    await opensslVerifies(folder)
  })

  test('development certificates are not trusted unless told so; their root is enough', async () => {
    const pass = await makePass(folder)
    const report = await verifyPass(pass, plain)
    expect(report.verdict).toBe('invalid')
    expect(report.findings).toEqual([
      expect.objectContaining({ rule: 'certificate.trust', message: expect.stringContaining('phones refuse it') }),
    ])
    expect(await verifyPass(pass, { ...plain, trust: [made.root] })).toMatchObject({ verdict: 'valid' })
  })

  test('a changed, an added and a missing file are named', async () => {
    expect(await verify({ tamper: { 'icon.png': 'another picture' } })).toMatchObject({
      verdict: 'invalid',
      findings: [{ rule: 'manifest.digest', place: { file: 'icon.png' }, severity: 'refused' }],
    })
    expect(rules(await verify({ tamper: { 'extra/x.png': 'x' } }))).toEqual(['manifest.unlisted extra/x.png'])
    const manifest = JSON.stringify({ 'pass.json': '0'.repeat(40), 'gone.png': 'f'.repeat(40), 'icon.png': 12 })
    expect(rules(await verify({ manifest }))).toEqual([
      'manifest.unlisted de.lproj/pass.strings',
      'manifest.absent gone.png',
      'manifest.parse icon.png',
      'manifest.digest pass.json',
    ])
    expect(rules(await verify({ manifest: '[]' }))).toEqual(['manifest.parse manifest.json'])
    expect(rules(await verify({ manifest: '{' }))).toEqual(['manifest.parse manifest.json'])
  })

  test('a manifest that was changed after signing', async () => {
    const report = await verify({ tamper: { 'manifest.json': '{ }' } })
    expect(report.verdict).toBe('invalid')
    expect(rules(report)).toContain('signature.digest signature')
  })

  test('a signature that is missing, damaged, without attributes, not detached, or without certificates', async () => {
    expect(await verify({ sign: false })).toMatchObject({ verdict: 'unsigned' })
    expect(rules(await verify({ tamper: { signature: 'nonsense' } }))).toEqual(['signature.parse signature'])
    expect(rules(await verify({ cms: ['-noattr'] }))).toEqual(['signature.attributes signature'])
    expect(rules(await verify({ cms: ['-nodetach'] }))).toEqual(['signature.detached signature'])
    expect(rules(await verify({ cms: ['-nocerts'] }))).toEqual(['signature.certificate signature'])
  })

  test('a flipped bit in the signature value', async () => {
    await makePass(folder)
    const signature = await readFile(folder.path('pass/signature'))
    const at = signature.length - 20
    signature[at] = (signature[at] ?? 0) ^ 1
    const report = await verifyPass(await withSignature(folder, signature), { ...plain, trust: [made.intermediate] })
    expect(rules(report)).toEqual(['signature.value signature'])
  })

  test('the wrong intermediate, or none', async () => {
    const other = await temporaryFolder()
    const { files: others } = await writeSet(other)
    const wrong = await verify({ signer: { ...files, wwdr: others.wwdr } })
    expect(wrong.verdict).toBe('invalid')
    expect(rules(wrong)).toEqual(['certificate.issuer signature'])
    const { wwdr, ...alone } = files
    expect(rules(await verify({ signer: alone }))).toEqual(['certificate.issuer signature'])
    expect(wwdr).toBeDefined()
    await other.remove()
  })

  test('identity: pass type and team against the certificate', async () => {
    const json = { ...passJson(), passTypeIdentifier: 'pass.com.example.other', teamIdentifier: 'ZZZZZZZZZZ' }
    expect(rules(await verify({ passJson: json }))).toEqual([
      'certificate.pass-type pass.json',
      'certificate.team pass.json',
    ])
  })

  test('expired and not yet valid', async () => {
    expect(await verify({}, { now: Date.now() + 366 * DAY })).toMatchObject({
      verdict: 'expired',
      findings: [
        { rule: 'certificate.expired', message: expect.stringContaining('Pass Type ID: pass.com.example.bonus') },
      ],
    })
    expect(await verify({}, { now: Date.now() - 9 * DAY })).toMatchObject({ verdict: 'invalid' })
  })

  test('a pass.json that others forgive, and ones that nobody does', async () => {
    const comma = JSON.stringify(passJson()).replace('{}', '{"x":["a, ]",],}')
    expect(await verify({ passJson: comma })).toMatchObject({ verdict: 'valid' })
    expect(await verify({ passJson: '{"serialNumber":' })).toMatchObject({ verdict: 'broken' })
    expect(await verify({ passJson: '[]' })).toMatchObject({ verdict: 'broken' })
    expect(await verifyPass(Buffer.from('PK not at all'), plain)).toMatchObject({
      verdict: 'broken',
      findings: [{ rule: 'archive.unreadable' }],
    })
  })

  test('no mutation of the bytes makes it throw, and none of the content goes unnoticed', async () => {
    const pass = await makePass(folder)
    const original = await verifyPass(pass, { ...plain, trust: [made.intermediate] })
    const mutation = fc.array(fc.tuple(fc.nat({ max: pass.length - 1 }), fc.integer({ min: 0, max: 255 })), {
      minLength: 1,
      maxLength: 6,
    })
    await fc.assert(
      fc.asyncProperty(mutation, fc.option(fc.nat({ max: pass.length })), async (changes, cut) => {
        const bytes = Buffer.from(pass)
        for (const [at, value] of changes) bytes[at] = value
        const judged = cut === null ? bytes : bytes.subarray(0, cut)
        const report = await verifyPass(judged, { ...plain, trust: [made.intermediate] })
        // What the archive says beside its files may change, which is told; all that was signed is the same.
        if (report.verdict !== 'valid') return
        expect(report.findings.filter(({ rule }) => !rule.startsWith('archive.'))).toEqual([])
        expect(report).toMatchObject({ pass: original.pass, signer: original.signer })
        expect(await filesOf(judged)).toEqual(await filesOf(pass))
      }),
      { numRuns: 400 },
    )
  })

  test('no mutation of the signature makes it throw', async () => {
    await makePass(folder)
    const { checkSignature } = await import('../../src/signing/verify/check-signature.js')
    const { createFindings } = await import('../../src/signing/verify/findings.js')
    const signature = await readFile(folder.path('pass/signature'))
    const manifest = await readFile(folder.path('pass/manifest.json'))
    fc.assert(
      fc.property(fc.nat({ max: signature.length - 1 }), fc.integer({ min: 1, max: 255 }), (at, by) => {
        const bytes = Buffer.from(signature)
        bytes[at] = (bytes[at] ?? 0) ^ by
        checkSignature(bytes, { manifest, findings: createFindings() })
      }),
      { numRuns: 600 },
    )
  })
})

/** The files of a pass, as the verifier unpacks them. */
async function filesOf(bytes: Uint8Array): Promise<ReadonlyMap<string, string>> {
  const { readZip } = await import('../../src/signing/verify/zip.js')
  const { createFindings } = await import('../../src/signing/verify/findings.js')
  const files = readZip(bytes, { findings: createFindings() })
  return new Map([...files].map(([name, content]) => [name, Buffer.from(content).toString('base64')]))
}

function passJson() {
  return {
    formatVersion: 1,
    serialNumber: 'A-1',
    passTypeIdentifier: SUBJECT.passTypeIdentifier,
    teamIdentifier: SUBJECT.teamIdentifier,
    description: 'x',
    storeCard: {},
  }
}
