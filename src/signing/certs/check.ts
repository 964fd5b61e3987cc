import { stat } from 'node:fs/promises'
import { isAppError } from '../../kit/errors/index.js'
import { appleIntermediateOf } from './apple.js'
import { type Certificate, isDevelopment } from './certificate.js'
import { readIfThere } from './files.js'
import type { IdentityPaths } from './import.js'
import { findIssuer, findLeaf, hasPassKeyUsage, isPassCertificate, titleOf } from './pass-certificate.js'
import { type Material, readMaterial } from './read-material.js'
import type { CertificateFinding, CertificateReport } from './report.js'

/** Warn this long before a certificate expires: Apple's process and the cards on their way take time. */
export const RENEW_WITHIN_DAYS = 90

export interface CheckInput {
  readonly files: IdentityPaths
  /** How a path is named in messages; as it is by default. */
  readonly nameOf?: (path: string) => string
  /** Of tessera.yaml. */
  readonly expected: { readonly passTypeIdentifier: string; readonly teamIdentifier: string }
  /** What the designs' pass.json say, when they say anything. */
  readonly designs: readonly DesignIdentity[]
  readonly now: Date
  /** Fetches the passphrase of the key; undefined when tessera.yaml names none. */
  readonly passphrase?: (() => Promise<string>) | undefined
}

export interface DesignIdentity {
  readonly name: string
  readonly passTypeIdentifier?: string | undefined
  readonly teamIdentifier?: string | undefined
}

type Add = (rule: string, severity: CertificateFinding['severity'], message: string, fix?: string) => void

interface Context extends CheckInput {
  readonly add: Add
  readonly name: (path: string) => string
}

const DAY = 86_400_000

/** Checks the certificates of a launch and names the fix of whatever is wrong. Never throws for what it finds. */
export async function checkCertificates(input: CheckInput): Promise<CertificateReport> {
  const findings: CertificateFinding[] = []
  const add: Add = (rule, severity, message, fix) => {
    findings.push({ rule, title: titleOfRule(rule), severity, message, ...(fix === undefined ? {} : { fix }) })
  }
  const context: Context = { ...input, add, name: input.nameOf ?? ((path) => path) }
  const passphrase = await fetchPassphrase(context)
  const leaf = await checkLeaf(context, passphrase)
  await checkKey(leaf, { context, passphrase })
  const issuer = leaf === undefined ? undefined : await checkIssuer(leaf, context)
  if (leaf !== undefined) {
    checkIdentity(leaf, context)
    checkValidity(leaf, { rule: 'validity.certificate', what: 'The pass certificate', context })
  }
  if (issuer !== undefined) checkValidity(issuer, { rule: 'validity.wwdr', what: 'The intermediate', context })
  const ok = findings.every(({ severity }) => severity !== 'error')
  return { ok, findings, ...(leaf === undefined ? {} : summaryOf(leaf, { issuer, now: input.now })) }
}

function summaryOf(leaf: Certificate, { issuer, now }: { issuer: Certificate | undefined; now: Date }) {
  const development = isDevelopment(issuer ?? leaf)
  const generation = issuer === undefined ? undefined : appleIntermediateOf(issuer.sha256)?.generation
  const { uid, organizationalUnit, organization } = leaf.subject
  return {
    ...(uid === undefined ? {} : { passTypeIdentifier: uid }),
    ...(organizationalUnit === undefined ? {} : { teamIdentifier: organizationalUnit }),
    ...(organization === undefined ? {} : { organizationName: organization }),
    sha256: leaf.sha256,
    notBefore: new Date(leaf.notBefore).toISOString(),
    notAfter: new Date(leaf.notAfter).toISOString(),
    daysLeft: daysLeft(leaf, now),
    issuer: development ? 'development' : (generation ?? leaf.issuer.commonName ?? 'unknown'),
    development,
  }
}

async function fetchPassphrase({ passphrase, add }: Context): Promise<string | undefined> {
  try {
    return await passphrase?.()
  } catch (error) {
    if (!isAppError(error)) throw error
    add('key.passphrase', 'error', error.message, error.hints.at(-1))
    return undefined
  }
}

interface OpenOptions {
  readonly context: Context
  readonly rule: string
  readonly fix: string
  readonly passphrase?: string | undefined
}

async function open(path: string, { context, rule, fix, passphrase }: OpenOptions): Promise<Material | undefined> {
  const { add, name } = context
  try {
    const bytes = await readIfThere(path)
    if (bytes !== undefined) return await readMaterial(bytes, { place: name(path), passphrase })
    add(rule, 'error', `${name(path)} does not exist.`, fix)
  } catch (error) {
    if (!isAppError(error)) throw error
    add(rule, 'error', error.message, error.hints.at(-1))
  }
  return undefined
}

async function checkLeaf(context: Context, passphrase: string | undefined): Promise<Certificate | undefined> {
  const { add, files, name } = context
  const fix = 'tessera certs import FILE (or for tests: tessera certs dev)'
  const opened = await open(files.certificate, { context, rule: 'certificate.present', fix, passphrase })
  if (opened === undefined) return undefined
  const leaf = findLeaf(opened.certificates)
  if (leaf === undefined) {
    add('certificate.present', 'error', `${name(files.certificate)} holds no pass certificate.`, fix)
    return undefined
  }
  const { uid } = leaf.subject
  const portal = 'create a Pass Type ID certificate at developer.apple.com, then: tessera certs import FILE'
  if (!isPassCertificate(leaf)) {
    add('certificate.pass-type', 'error', `${titleOf(leaf)} is not a Pass Type ID certificate.`, portal)
  } else if (leaf.passTypeExtension !== uid) {
    const message = `The certificate is for ${uid ?? 'no pass type'}, but its extension says ${leaf.passTypeExtension}.`
    add('certificate.pass-type', 'error', message, portal)
  } else if (!hasPassKeyUsage(leaf)) {
    add('certificate.pass-type', 'error', 'The certificate may not sign passes (extended key usage).', portal)
  } else add('certificate.pass-type', 'ok', titleOf(leaf))
  return leaf
}

async function checkKey(
  leaf: Certificate | undefined,
  { context, passphrase }: { context: Context; passphrase: string | undefined },
): Promise<void> {
  const { add, files, name } = context
  const fix = 'tessera certs import FILE --key KEY'
  const opened = await open(files.key, { context, rule: 'key.present', fix, passphrase })
  if (opened === undefined) return
  if (opened.keys.length === 0) return add('key.present', 'error', `${name(files.key)} holds no private key.`, fix)
  if (leaf !== undefined) {
    const fits = opened.keys.some((key) => leaf.x509.checkPrivateKey(key))
    if (fits) add('key.match', 'ok', 'The key belongs to the certificate.')
    else add('key.match', 'error', `${name(files.key)} is not the key of ${name(files.certificate)}.`, fix)
  }
  const { mode } = await stat(files.key)
  // Windows has no such permissions; there the bits say nothing.
  if (process.platform !== 'win32' && (mode & 0o077) !== 0) {
    const message = `${name(files.key)} can be read by other users of this machine.`
    add('key.permissions', 'warning', message, `chmod 600 ${name(files.key)}`)
  }
}

async function checkIssuer(leaf: Certificate, context: Context): Promise<Certificate | undefined> {
  const { add, files, name } = context
  const fix = isDevelopment(leaf) ? 'tessera certs dev' : 'tessera certs wwdr'
  const opened = await open(files.wwdr, { context, rule: 'wwdr.present', fix })
  if (opened === undefined) return undefined
  const issuer = findIssuer(leaf, opened.certificates)
  if (issuer === undefined) {
    const held = opened.certificates.map(titleOf).join(', ') || 'no certificate'
    add('wwdr.issuer', 'error', `${name(files.wwdr)} (${held}) did not issue the pass certificate.`, fix)
    return undefined
  }
  add('wwdr.issuer', 'ok', 'The intermediate issued the pass certificate.')
  const known = appleIntermediateOf(issuer.sha256)
  if (known !== undefined) add('wwdr.apple', 'ok', `It is Apple’s ${known.generation}.`)
  else if (isDevelopment(issuer)) {
    const next = 'for cards in phones: tessera certs request'
    add(
      'wwdr.apple',
      'note',
      'These are development certificates: everything works, but phones refuse the cards.',
      next,
    )
  } else add('wwdr.apple', 'warning', 'The intermediate is none of Apple’s that Tessera knows.', 'tessera certs wwdr')
  return issuer
}

function checkIdentity(leaf: Certificate, { add, expected, designs }: Context): void {
  const found = { passTypeIdentifier: leaf.subject.uid, teamIdentifier: leaf.subject.organizationalUnit }
  for (const name of ['passTypeIdentifier', 'teamIdentifier'] as const) {
    const rule = name === 'passTypeIdentifier' ? 'identity.pass-type' : 'identity.team'
    if (found[name] === expected[name]) add(rule, 'ok', `${name} ${expected[name]}`)
    else {
      const message = `The certificate is for ${name} ${found[name] ?? '(none)'}, tessera.yaml says ${expected[name]}.`
      add(rule, 'error', message, `set apple.${name} in tessera.yaml, or: tessera certs import FILE`)
    }
    const others = designs.filter((design) => design[name] !== undefined && design[name] !== found[name])
    for (const design of others) {
      const message = `Design ${design.name} says ${name} ${design[name]}; cards get the certificate’s instead.`
      add('identity.design', 'warning', message, `set it in designs/${design.name}.pkpasstemplate/pass.json`)
    }
  }
}

function checkValidity(
  certificate: Certificate,
  { rule, what, context }: { rule: string; what: string; context: Context },
): void {
  const { add, now } = context
  const development = isDevelopment(certificate)
  const fix = development
    ? 'tessera certs dev'
    : rule === 'validity.wwdr'
      ? 'tessera certs wwdr'
      : 'tessera certs request'
  const days = daysLeft(certificate, now)
  const until = new Date(certificate.notAfter).toISOString().slice(0, 10)
  if (now.getTime() < certificate.notBefore) {
    const from = new Date(certificate.notBefore).toISOString().slice(0, 10)
    add(rule, 'error', `${what} is valid only from ${from} on.`, 'check the clock of this machine')
  } else if (now.getTime() > certificate.notAfter) add(rule, 'error', `${what} expired on ${until}.`, fix)
  else if (days <= RENEW_WITHIN_DAYS) {
    add(rule, 'warning', `${what} expires on ${until}, in ${days} ${days === 1 ? 'day' : 'days'}.`, fix)
  } else add(rule, 'ok', `${what} is valid until ${until} (${days} days).`)
}

const TITLES: Readonly<Record<string, string>> = {
  certificate: 'Pass certificate',
  key: 'Private key',
  wwdr: 'Intermediate',
  identity: 'Identity',
  validity: 'Validity',
}

function titleOfRule(rule: string): string {
  return TITLES[rule.split('.')[0] ?? ''] ?? rule
}

function daysLeft({ notAfter }: Certificate, now: Date): number {
  return Math.floor((notAfter - now.getTime()) / DAY)
}
