import type { KeyObject } from 'node:crypto'
import { AppError } from '../../kit/errors/index.js'
import type { SigningIdentity } from '../identity.js'
import { type Certificate, isDevelopment } from './certificate.js'
import { readMaterialFile } from './files.js'
import { findIssuer, findLeaf, passSubjectOf, titleOf } from './pass-certificate.js'
import { assertSigningKey } from './private-key.js'
import { type Material, readMaterial } from './read-material.js'

export interface IdentityFiles {
  /** Paths. The same file may be named twice when it holds both. PEM, DER and PKCS#12 are read. */
  readonly certificate: string
  readonly key: string
  readonly wwdr: string
  /** Opens the key, or the .p12 that holds it. */
  readonly passphrase?: string
}

export interface LoadIdentityOptions {
  /** Epoch milliseconds; the moment the certificates must be valid at. */
  readonly now?: number
  /** Load expired certificates too: to show them, or to make old passes again in a test. */
  readonly allowExpired?: boolean
}

/**
 * Loads a pass certificate with its key and issuer and checks that they belong together: the key opens, it is the
 * certificate's, the intermediate really issued it, and both are valid now.
 * Throws an AppError CERT_… that names the file at fault.
 */
export async function loadIdentity(files: IdentityFiles, options: LoadIdentityOptions = {}): Promise<SigningIdentity> {
  const { now = Date.now(), allowExpired = false } = options
  const source = await readFiles(files)
  const leaf = findLeaf(source.certificate.certificates)
  if (leaf === undefined) {
    throw new AppError('CERT_UNREADABLE', `${files.certificate} holds no pass certificate.`)
  }
  const subject = passSubjectOf(leaf, files.certificate)
  const key = pickKey(leaf, { keys: source.key.keys, files })
  const issuer = findIssuer(leaf, [...source.wwdr.certificates, ...source.certificate.certificates])
  if (issuer === undefined) throw wrongIssuer(leaf, { files, held: source.wwdr.certificates })
  const identity: SigningIdentity = {
    ...subject,
    leaf: leaf.der,
    issuer: issuer.der,
    key,
    notBefore: leaf.notBefore,
    notAfter: Math.min(leaf.notAfter, issuer.notAfter),
    development: isDevelopment(issuer),
  }
  if (!allowExpired) {
    assertValidAt(leaf, { place: files.certificate, now, development: identity.development })
    assertValidAt(issuer, { place: files.wwdr, now, development: identity.development })
  }
  return identity
}

async function readFiles(files: IdentityFiles): Promise<Record<'certificate' | 'key' | 'wwdr', Material>> {
  const { passphrase } = files
  const open = async (place: string): Promise<Material> =>
    readMaterial(await readMaterialFile(place), { place, passphrase })
  const certificate = await open(files.certificate)
  const key = files.key === files.certificate ? certificate : await open(files.key)
  const wwdr = files.wwdr === files.certificate ? certificate : await open(files.wwdr)
  return { certificate, key, wwdr }
}

function pickKey(leaf: Certificate, { keys, files }: { keys: readonly KeyObject[]; files: IdentityFiles }): KeyObject {
  const [first] = keys
  if (first === undefined) throw new AppError('CERT_UNREADABLE', `${files.key} holds no private key.`)
  const key = keys.find((candidate) => leaf.x509.checkPrivateKey(candidate))
  if (key === undefined) {
    throw new AppError('CERT_KEY_MISMATCH', `${files.key} is not the key of ${files.certificate} (${titleOf(leaf)}).`)
  }
  assertSigningKey(key, files.key)
  return key
}

function wrongIssuer(
  leaf: Certificate,
  { files, held }: { files: IdentityFiles; held: readonly Certificate[] },
): AppError {
  const generation = leaf.issuer.organizationalUnit
  const wanted = `${leaf.issuer.commonName ?? 'its issuer'}${generation === undefined ? '' : ` (${generation})`}`
  const found = held.map(titleOf).join(', ') || 'no certificate'
  const hints = isDevelopment(leaf) ? ['Make a matching set with `tessera certs dev`.'] : undefined
  const message = `${files.wwdr} did not issue ${files.certificate}: it holds ${found}; needed is the ${wanted} whose signature the certificate carries.`
  return new AppError('CERT_CHAIN', message, hints === undefined ? {} : { hints })
}

interface Validity {
  readonly place: string
  readonly now: number
  readonly development: boolean
}

function assertValidAt(certificate: Certificate, { place, now, development }: Validity): void {
  const name = titleOf(certificate)
  const hints = development ? { hints: ['Make new ones with `tessera certs dev`.'] } : {}
  if (now > certificate.notAfter) {
    throw new AppError('CERT_EXPIRED', `${name} (${place}) expired on ${isoDate(certificate.notAfter)}.`, hints)
  }
  if (now < certificate.notBefore) {
    throw new AppError('CERT_NOT_YET_VALID', `${name} (${place}) is valid from ${isoDate(certificate.notBefore)} on.`)
  }
}

function isoDate(time: number): string {
  return new Date(time).toISOString().slice(0, 10)
}
