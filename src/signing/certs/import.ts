import type { KeyObject } from 'node:crypto'
import { chmod, rm } from 'node:fs/promises'
import { AppError } from '../../kit/errors/index.js'
import { appleIntermediateOf } from './apple.js'
import { type Certificate, isDevelopment } from './certificate.js'
import { keepCopy, readIfThere, readMaterialFile, writeWhole } from './files.js'
import { findKey, keyFilesBeside } from './find-key.js'
import { findIssuer, findLeaf, type PassSubject, passSubjectOf, titleOf } from './pass-certificate.js'
import { writePem } from './pem.js'
import { assertSigningKey, privateKeyPem, samePublicKey } from './private-key.js'
import { type Material, readMaterial } from './read-material.js'

export interface IdentityPaths {
  readonly certificate: string
  readonly key: string
  readonly wwdr: string
}

export interface ImportOptions {
  /** What Apple or a colleague sent: .cer, .p12, .pfx or .pem. */
  readonly file: string
  /** Opens `file`. */
  readonly passphrase?: string | undefined
  /** Where the key is, when it is neither in `file` nor beside the target. */
  readonly keyFile?: string | undefined
  readonly targets: IdentityPaths
  /** The waiting key of `certs request` and its request; removed when the import has used them up. */
  readonly pending: { readonly key: string; readonly request: string }
  /** Opens keys that lie in the launch and encrypts the one that is written. */
  readonly keyPassphrase?: string | undefined
  /** Of tessera.yaml. */
  readonly expected: Pick<PassSubject, 'passTypeIdentifier' | 'teamIdentifier'>
  readonly force: boolean
  readonly now: Date
}

export interface ImportResult extends PassSubject {
  readonly certificate: string
  readonly key: string
  /** The file that the key was found in. */
  readonly keyFrom: string
  /** `written`: it came with the file. `present`: the one that is there fits. `missing`: fetch it. */
  readonly wwdr: 'written' | 'present' | 'missing'
  readonly notAfter: Date
  /** What was there before. */
  readonly replaced: 'nothing' | 'development' | 'same' | 'older' | 'other'
  readonly backups: readonly string[]
}

/** Brings a certificate with its key into the launch, after checking that they belong together and here. */
export async function importCertificate(options: ImportOptions): Promise<ImportResult> {
  const { file, targets, now } = options
  const material = await readMaterial(await readMaterialFile(file), { place: file, passphrase: options.passphrase })
  const leaf = findLeaf(material.certificates)
  if (leaf === undefined) {
    const found = material.keys.length > 0 ? 'a key but no certificate' : material.certificates.map(titleOf).join(', ')
    throw new AppError('CERT_NOT_PASS', `${file} holds ${found}, not a Pass Type ID certificate.`)
  }
  const subject = passSubjectOf(leaf, file)
  assertExpected(subject, options)
  const { key, place: keyFrom } = await keyFor(leaf, material, options)
  assertSigningKey(key, keyFrom)
  const replaced = await assertReplaceable({ leaf, key }, options)
  const backups: string[] = []
  if (replaced === 'older' || replaced === 'other') {
    const paths = new Set([targets.certificate, targets.key])
    for (const path of paths) backups.push(...[await keepCopy(path, now)].filter((copy) => copy !== undefined))
  }
  const wwdr = await placeIntermediate(leaf, { material, target: targets.wwdr })
  await writeKey(key, { from: keyFrom, options })
  await writeWhole(targets.certificate, writePem('CERTIFICATE', leaf.der), { mode: 0o644 })
  if (keyFrom === options.pending.key && keyFrom !== targets.key) {
    await rm(options.pending.key, { force: true })
    await rm(options.pending.request, { force: true })
  }
  return {
    ...subject,
    certificate: targets.certificate,
    key: targets.key,
    keyFrom,
    wwdr,
    notAfter: new Date(leaf.notAfter),
    replaced,
    backups,
  }
}

function assertExpected(subject: PassSubject, { file, expected }: ImportOptions): void {
  const wrong = (['passTypeIdentifier', 'teamIdentifier'] as const).filter((name) => subject[name] !== expected[name])
  if (wrong.length === 0) return
  const message = wrong.map((name) => `${name} ${subject[name]}, tessera.yaml says ${expected[name]}`).join('; ')
  throw new AppError('CERT_IDENTITY', `${file} has ${message}.`, {
    hints: [
      `If the certificate is the right one, set ${wrong.map((name) => `apple.${name}: ${subject[name]}`).join(' and ')} in tessera.yaml, then import it again.`,
    ],
  })
}

async function keyFor(leaf: Certificate, material: Material, options: ImportOptions) {
  const { file, keyFile, keyPassphrase, targets, pending } = options
  const own = material.keys.find((candidate) => leaf.x509.checkPrivateKey(candidate))
  if (own !== undefined) return { key: own, place: file }
  if (material.keys.length > 0 && keyFile === undefined) {
    throw new AppError(
      'CERT_KEY_MISMATCH',
      `The key in ${file} is not the key of the certificate in it (${titleOf(leaf)}).`,
    )
  }
  if (keyFile !== undefined) {
    // Asked for by name: a missing file is an error of its own.
    await readMaterialFile(keyFile)
    return findKey(leaf, { candidates: [keyFile], passphrase: options.passphrase ?? keyPassphrase })
  }
  const beside = await keyFilesBeside(targets.key)
  return findKey(leaf, { candidates: [...new Set([pending.key, targets.key, ...beside])], passphrase: keyPassphrase })
}

interface NewPair {
  readonly leaf: Certificate
  readonly key: KeyObject
}

/** Says what is being replaced, or throws CERT_EXISTS where that needs --force. */
async function assertReplaceable({ leaf, key }: NewPair, options: ImportOptions): Promise<ImportResult['replaced']> {
  const { targets, force, now, file } = options
  if (!force && leaf.notAfter < now.getTime()) {
    const day = new Date(leaf.notAfter).toISOString().slice(0, 10)
    throw new AppError('CERT_EXPIRED', `${titleOf(leaf)} in ${file} expired on ${day}.`)
  }
  const bytes = await readIfThere(targets.certificate)
  const old = bytes === undefined ? undefined : await readOld(bytes, targets.certificate)
  if (old !== undefined && isDevelopment(old) && !isDevelopment(leaf)) return 'development'
  if (old?.sha256 === leaf.sha256) return 'same'
  const isRenewal = old?.subject.uid === leaf.subject.uid && old !== undefined && old.notAfter <= leaf.notAfter
  if (isRenewal) return isDevelopment(old) ? 'development' : 'older'
  const keyIsOurs = await holdsKey(targets.key, { key, passphrase: options.keyPassphrase })
  if (bytes === undefined && keyIsOurs !== false) return 'nothing'
  if (force) return 'other'
  const present = old === undefined ? (bytes === undefined ? 'another key' : 'an unreadable certificate') : titleOf(old)
  const where = bytes === undefined ? targets.key : targets.certificate
  throw new AppError('CERT_EXISTS', `${where} holds ${present}, which the import would replace with ${titleOf(leaf)}.`)
}

async function readOld(bytes: Buffer, place: string): Promise<Certificate | undefined> {
  try {
    return findLeaf((await readMaterial(bytes, { place })).certificates)
  } catch {
    return undefined
  }
}

/** Whether the file holds this key; undefined when there is no file. */
async function holdsKey(
  path: string,
  { key, passphrase }: { key: KeyObject; passphrase: string | undefined },
): Promise<boolean | undefined> {
  const bytes = await readIfThere(path)
  if (bytes === undefined) return undefined
  try {
    const { keys } = await readMaterial(bytes, { place: path, passphrase })
    return keys.some((candidate) => samePublicKey(candidate, key))
  } catch {
    return false
  }
}

async function writeKey(key: KeyObject, { from, options }: { from: string; options: ImportOptions }): Promise<void> {
  const { targets, keyPassphrase } = options
  // Left as it is: it may be encrypted in a way its owner chose. Only its permissions are made right.
  if (from === targets.key) await chmod(targets.key, 0o600)
  else await writeWhole(targets.key, privateKeyPem(key, keyPassphrase), { mode: 0o600 })
}

async function placeIntermediate(
  leaf: Certificate,
  { material, target }: { material: Material; target: string },
): Promise<ImportResult['wwdr']> {
  const present = await readIfThere(target)
  if (present !== undefined) {
    const held = await readMaterial(present, { place: target }).catch(() => undefined)
    if (held !== undefined && findIssuer(leaf, held.certificates) !== undefined) return 'present'
  }
  const issuer = findIssuer(leaf, material.certificates)
  if (issuer === undefined) return 'missing'
  if (appleIntermediateOf(issuer.sha256) === undefined && !isDevelopment(issuer)) return 'missing'
  await writeWhole(target, writePem('CERTIFICATE', issuer.der), { mode: 0o644 })
  return 'written'
}
