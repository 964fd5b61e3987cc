import { dirname, join } from 'node:path'
import { AppError, isAppError } from '../../kit/errors/index.js'
import type { SigningIdentity } from '../identity.js'
import { type Certificate, isDevelopment } from './certificate.js'
import { type DevelopmentSubject, makeDevelopmentCertificates } from './dev-authority.js'
import { keepCopy, readIfThere, writeWhole } from './files.js'
import type { IdentityPaths } from './import.js'
import { loadIdentity } from './load-identity.js'
import { titleOf } from './pass-certificate.js'
import { writePem } from './pem.js'
import { privateKeyPem } from './private-key.js'
import { type Material, readMaterial } from './read-material.js'

export interface DevelopmentSetOptions {
  readonly targets: IdentityPaths
  readonly subject: DevelopmentSubject
  /** How long the pass certificate is valid. */
  readonly days: number
  /** Replace certificates that are not development ones; they are kept with the day in their names. */
  readonly force: boolean
  readonly now: Date
}

export interface DevelopmentSet extends IdentityPaths {
  /** The root, for openssl: `openssl verify -CAfile dev-root.pem …`. */
  readonly root: string
  /** False when a fitting set was there already. */
  readonly created: boolean
  readonly notAfter: Date
  readonly backups: readonly string[]
}

/**
 * Puts development certificates in place. A fitting set that is there stays as it is; an old one is replaced; anything
 * that is not a development certificate, or a key whose certificate is not there, needs `force`. Throws CERT_EXISTS.
 */
export async function writeDevelopmentSet(options: DevelopmentSetOptions): Promise<DevelopmentSet> {
  const { targets, subject, days, force, now } = options
  const root = join(dirname(targets.wwdr), 'dev-root.pem')
  const present = await presentSet(options)
  if (present !== undefined && !force) {
    return { ...targets, root, created: false, notAfter: new Date(present.notAfter), backups: [] }
  }
  const precious = await preciousFiles(targets)
  if (precious.length > 0 && !force) {
    const [first] = precious
    throw new AppError('CERT_EXISTS', `${first?.place} holds ${first?.what}, not a development certificate.`)
  }
  const backups: string[] = []
  for (const { place } of precious) backups.push(...[await keepCopy(place, now)].filter((copy) => copy !== undefined))
  const made = await makeDevelopmentCertificates(subject, { now, days })
  await writeWhole(root, writePem('CERTIFICATE', made.root), { mode: 0o644 })
  await writeWhole(targets.wwdr, writePem('CERTIFICATE', made.intermediate), { mode: 0o644 })
  await writeWhole(targets.key, privateKeyPem(made.key, undefined), { mode: 0o600 })
  await writeWhole(targets.certificate, writePem('CERTIFICATE', made.leaf), { mode: 0o644 })
  return { ...targets, root, created: true, notAfter: made.notAfter, backups }
}

/** The development set in place, when it is whole, valid and for this subject. */
async function presentSet({ targets, subject, now }: DevelopmentSetOptions): Promise<SigningIdentity | undefined> {
  try {
    const identity = await loadIdentity(targets, { now: now.getTime() })
    const fits =
      identity.development &&
      identity.passTypeIdentifier === subject.passTypeIdentifier &&
      identity.teamIdentifier === subject.teamIdentifier &&
      identity.organizationName === subject.organizationName
    return fits ? identity : undefined
  } catch (error) {
    if (!isAppError(error)) throw error
    return undefined
  }
}

interface Precious {
  readonly place: string
  readonly what: string
}

/** What cannot be made again: real certificates, and keys that are not the key of a development certificate. */
async function preciousFiles({ certificate, key, wwdr }: IdentityPaths): Promise<Precious[]> {
  const [leafFile, keyFile, wwdrFile] = [await open(certificate), await open(key), await open(wwdr)]
  const development = leafFile?.certificates.filter(isDevelopment) ?? []
  const isOurs = keyFile?.keys.some((held) => development.some((leaf) => leaf.x509.checkPrivateKey(held))) === true
  return [
    ...describe(certificate, leafFile?.certificates),
    ...(keyFile === undefined || isOurs ? [] : [{ place: key, what: 'a private key' }]),
    ...describe(wwdr, wwdrFile?.certificates),
  ]
}

function describe(place: string, certificates: readonly Certificate[] | undefined): Precious[] {
  if (certificates === undefined) return []
  const real = certificates.find((certificate) => !isDevelopment(certificate))
  if (certificates.length > 0 && real === undefined) return []
  return [{ place, what: real === undefined ? 'something unreadable' : titleOf(real) }]
}

/** Undefined when there is no file; empty for one that cannot be read, such as a locked key. */
async function open(place: string): Promise<Material | undefined> {
  const bytes = await readIfThere(place)
  if (bytes === undefined) return undefined
  return readMaterial(bytes, { place }).catch(() => ({ certificates: [], keys: [] }))
}
