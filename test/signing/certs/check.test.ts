import { chmod, copyFile, rm } from 'node:fs/promises'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { AppError } from '../../../src/kit/errors/index.js'
import { type CheckInput, checkCertificates } from '../../../src/signing/certs/check.js'
import { healthChecks } from '../../../src/signing/certs/health.js'
import { openssl, SUBJECT, type TemporaryFolder, temporaryFolder, writeSet } from './material.js'

const DAY = 86_400_000

describe('checking the certificates of a launch', () => {
  let folder: TemporaryFolder
  let input: CheckInput

  beforeEach(async () => {
    folder = await temporaryFolder()
    const now = new Date()
    const { files } = await writeSet(folder, { now, days: 365 })
    input = { files, nameOf: (path) => path.slice(folder.dir.length + 1), expected: SUBJECT, designs: [], now }
  })
  afterEach(() => folder.remove())

  const findingsOf = async (changes: Partial<CheckInput> = {}) => {
    const { findings } = await checkCertificates({ ...input, ...changes })
    return new Map(findings.map((finding) => [finding.rule, finding]))
  }

  test('a good set is fine and says what it is', async () => {
    const report = await checkCertificates(input)
    expect(report).toMatchObject({ ok: true, ...SUBJECT, issuer: 'development', development: true, daysLeft: 365 })
    expect(report.findings.filter(({ severity }) => severity !== 'ok')).toEqual([
      expect.objectContaining({ rule: 'wwdr.apple', severity: 'note' }),
    ])
  })

  test('warns 90 days ahead, then says that it has expired', async () => {
    const at = (days: number) => ({ now: new Date(input.now.getTime() + days * DAY + 1000) })
    expect((await findingsOf(at(273))).get('validity.certificate')?.severity).toBe('ok')
    expect((await findingsOf(at(275))).get('validity.certificate')).toMatchObject({
      severity: 'warning',
      message: expect.stringMatching(/expires on .*, in 89 days/),
      fix: 'tessera certs dev',
    })
    expect(await checkCertificates({ ...input, ...at(366) })).toMatchObject({ ok: false, daysLeft: -2 })
    expect((await findingsOf(at(-9))).get('validity.certificate')).toMatchObject({ severity: 'error' })
    expect((await findingsOf(at(3651))).get('validity.wwdr')).toMatchObject({ severity: 'error' })
  })

  test('missing files are named, each with the command that brings them', async () => {
    await rm(input.files.key)
    await rm(input.files.wwdr)
    const findings = await findingsOf()
    expect(findings.get('key.present')).toMatchObject({ severity: 'error', message: 'pass.key.pem does not exist.' })
    expect(findings.get('wwdr.present')).toMatchObject({ severity: 'error', fix: 'tessera certs dev' })
    await rm(input.files.certificate)
    const report = await checkCertificates(input)
    expect(report.ok).toBe(false)
    expect(report.passTypeIdentifier).toBeUndefined()
  })

  test('a key of another certificate, and one that others can read', async () => {
    await openssl(['genrsa', '-out', input.files.key, '2048'])
    await chmod(input.files.key, 0o644)
    const findings = await findingsOf()
    expect(findings.get('key.match')).toMatchObject({
      severity: 'error',
      message: 'pass.key.pem is not the key of pass.pem.',
      fix: 'tessera certs import FILE --key KEY',
    })
    expect(findings.get('key.permissions')).toMatchObject({ severity: 'warning', fix: 'chmod 600 pass.key.pem' })
  })

  test('the intermediate of another authority with the same name', async () => {
    const other = await temporaryFolder()
    const { files } = await writeSet(other)
    await copyFile(files.wwdr, input.files.wwdr)
    await other.remove()
    expect((await findingsOf()).get('wwdr.issuer')).toMatchObject({ severity: 'error', fix: 'tessera certs dev' })
  })

  test('identity against tessera.yaml and against the designs', async () => {
    const findings = await findingsOf({
      expected: { ...SUBJECT, passTypeIdentifier: 'pass.com.example.new' },
      designs: [{ name: 'bonus', teamIdentifier: 'ANOTHER123' }],
    })
    expect(findings.get('identity.pass-type')).toMatchObject({
      severity: 'error',
      message:
        'The certificate is for passTypeIdentifier pass.com.example.bonus, tessera.yaml says pass.com.example.new.',
    })
    expect(findings.get('identity.team')?.severity).toBe('ok')
    expect(findings.get('identity.design')).toMatchObject({
      severity: 'warning',
      fix: 'set it in designs/bonus.pkpasstemplate/pass.json',
    })
  })

  test('an encrypted key: with its passphrase, without, and when the source fails', async () => {
    const key = folder.path('enc.pem')
    await openssl(['pkcs8', '-topk8', '-in', input.files.key, '-out', key, '-passout', 'pass:secret'])
    await chmod(key, 0o600)
    const files = { ...input.files, key }
    expect((await checkCertificates({ ...input, files, passphrase: async () => 'secret' })).ok).toBe(true)
    expect((await findingsOf({ files })).get('key.present')?.message).toContain('protected by a passphrase')
    const failing = async () => {
      throw new AppError('SECRET_UNAVAILABLE', 'the passphrase cannot be had')
    }
    expect((await findingsOf({ files, passphrase: failing })).get('key.passphrase')?.severity).toBe('error')
  })

  test('doctor gets four checks from it', async () => {
    const run = async (changes: Partial<CheckInput> = {}) =>
      Promise.all(healthChecks({ ...input, ...changes }).map(async (check) => [check.id, (await check.run()).status]))
    expect(await run()).toEqual([
      ['certs.certificate', 'ok'],
      ['certs.key', 'ok'],
      ['certs.wwdr', 'ok'],
      ['certs.validity', 'ok'],
    ])
    await rm(input.files.certificate)
    expect(await run()).toEqual([
      ['certs.certificate', 'failed'],
      ['certs.key', 'skipped'],
      ['certs.wwdr', 'skipped'],
      ['certs.validity', 'skipped'],
    ])
  })
})
