import { AppError, isAppError } from '../../kit/errors/index.js'
import { APPLE_CERTIFICATE_AUTHORITY, APPLE_INTERMEDIATES, type AppleIntermediate } from './apple.js'
import { type Certificate, isDevelopment, isIssuedBy } from './certificate.js'
import { readIfThere, readMaterialFile, writeWhole } from './files.js'
import { findIssuer, findLeaf, titleOf } from './pass-certificate.js'
import { writePem } from './pem.js'
import { readMaterial } from './read-material.js'

export interface WwdrOptions {
  /** The pass certificate whose issuer is wanted. */
  readonly certificate: string
  /** Where the intermediate goes. */
  readonly target: string
  /** An intermediate that was downloaded elsewhere. */
  readonly file?: string
  /** SHA-256 that the user vouches for, for a generation that is not pinned. Hex, colons allowed. */
  readonly fingerprint?: string
  /** Opens `certificate` when it is a .p12. */
  readonly passphrase?: string | undefined
  readonly fetch: typeof fetch
  readonly now: Date
  readonly signal?: AbortSignal
  readonly timeoutMs?: number
  /** Where Apple publishes them, and the pins: arguments for the tests. */
  readonly baseUrl?: string
  readonly known?: readonly AppleIntermediate[]
}

export interface WwdrResult {
  readonly wwdr: string
  /** `G4`; undefined for one that is not pinned. */
  readonly generation?: string
  readonly sha256: string
  readonly notAfter: Date
  /** False when the right one was there already. */
  readonly changed: boolean
  /** Where it came from. */
  readonly source: string
}

/**
 * Puts the intermediate in place that issued the pass certificate. It is chosen by the leaf's authority key
 * identifier and proven by its pinned fingerprint and by the leaf's signature; names play no part, since Apple's
 * generations share one.
 */
export async function placeIntermediate(options: WwdrOptions): Promise<WwdrResult> {
  const leaf = await readLeaf(options)
  const present = await readPresent(leaf, options)
  if (present !== undefined && options.file === undefined) {
    return result(present, { options, changed: false, source: options.target })
  }
  const { certificate, source } =
    options.file === undefined ? await download(leaf, options) : await readGiven(leaf, { file: options.file, options })
  await writeWhole(options.target, writePem('CERTIFICATE', certificate.der), { mode: 0o644 })
  return result(certificate, { options, changed: certificate.sha256 !== present?.sha256, source })
}

function result(
  certificate: Certificate,
  { options, changed, source }: { options: WwdrOptions; changed: boolean; source: string },
): WwdrResult {
  const pinned = pins(options).find(({ sha256 }) => sha256 === certificate.sha256)
  return {
    wwdr: options.target,
    ...(pinned === undefined ? {} : { generation: pinned.generation }),
    sha256: certificate.sha256,
    notAfter: new Date(certificate.notAfter),
    changed,
    source,
  }
}

function pins({ known = APPLE_INTERMEDIATES }: WwdrOptions): readonly AppleIntermediate[] {
  return known
}

async function readLeaf({ certificate, passphrase }: WwdrOptions): Promise<Certificate> {
  let bytes: Buffer
  try {
    bytes = await readMaterialFile(certificate)
  } catch (cause) {
    if (!isAppError(cause) || cause.code !== 'CERT_NOT_FOUND') throw cause
    throw new AppError('CERT_NOT_FOUND', `${certificate} does not exist: the intermediate is chosen by it.`, {
      cause,
      hints: ['Import the pass certificate first: `tessera certs import FILE`.'],
    })
  }
  const leaf = findLeaf((await readMaterial(bytes, { place: certificate, passphrase })).certificates)
  if (leaf === undefined) throw new AppError('CERT_UNREADABLE', `${certificate} holds no pass certificate.`)
  return leaf
}

/** The intermediate in place, when it is the right one and still valid. A damaged file is simply replaced. */
async function readPresent(leaf: Certificate, { target, now }: WwdrOptions): Promise<Certificate | undefined> {
  const bytes = await readIfThere(target)
  const held = bytes === undefined ? undefined : await readMaterial(bytes, { place: target }).catch(() => undefined)
  const issuer = held === undefined ? undefined : findIssuer(leaf, held.certificates)
  return issuer !== undefined && issuer.notAfter > now.getTime() ? issuer : undefined
}

interface Found {
  readonly certificate: Certificate
  readonly source: string
}

async function readGiven(leaf: Certificate, { file, options }: { file: string; options: WwdrOptions }): Promise<Found> {
  const { certificates } = await readMaterial(await readMaterialFile(file), { place: file })
  const certificate = findIssuer(leaf, certificates)
  if (certificate === undefined) {
    const held = certificates.map(titleOf).join(', ') || 'no certificate'
    throw new AppError('CERT_CHAIN', `${file} did not issue ${options.certificate}: it holds ${held}.`)
  }
  const vouched = options.fingerprint?.replaceAll(/[^0-9a-f]/gi, '').toLowerCase()
  if (vouched !== undefined && vouched !== certificate.sha256) {
    throw new AppError('CERT_WWDR_FINGERPRINT', `${file} has the SHA-256 ${certificate.sha256}, not ${vouched}.`)
  }
  const isKnown = pins(options).some(({ sha256 }) => sha256 === certificate.sha256)
  if (vouched === undefined && !isKnown && !isDevelopment(certificate)) {
    throw new AppError(
      'CERT_WWDR_UNKNOWN',
      `${file} issued the certificate but is none of Apple’s known intermediates.`,
      {
        hints: [`Compare its SHA-256 with Apple’s page, then repeat with --fingerprint ${certificate.sha256}.`],
      },
    )
  }
  return { certificate, source: file }
}

async function download(leaf: Certificate, options: WwdrOptions): Promise<Found> {
  const { authorityKeyId } = leaf
  if (isDevelopment(leaf)) {
    throw new AppError('CERT_CHAIN', `${options.certificate} is a development certificate; its issuer was not Apple.`, {
      hints: ['Make a matching set with `tessera certs dev`.'],
    })
  }
  const candidates = pins(options).filter(({ keyId }) => authorityKeyId === undefined || keyId === authorityKeyId)
  const offered = candidates.flatMap(({ file, ...pin }) => (file === undefined ? [] : [{ ...pin, file }]))
  if (offered.length === 0) throw notOffered(candidates, options)
  for (const candidate of offered) {
    const url = new URL(candidate.file, options.baseUrl ?? APPLE_CERTIFICATE_AUTHORITY).href
    const certificate = await fetchCertificate(url, options)
    if (certificate?.sha256 !== candidate.sha256) {
      const got = certificate === undefined ? 'no certificate' : `SHA-256 ${certificate.sha256}`
      throw new AppError('CERT_WWDR_FINGERPRINT', `${url} gave ${got}; pinned is ${candidate.sha256}.`)
    }
    if (isIssuedBy(leaf, certificate)) return { certificate, source: url }
  }
  throw new AppError(
    'CERT_CHAIN',
    `${options.certificate} names ${offered.map(({ generation }) => generation).join(', ')} as its issuer, but its signature does not verify with it.`,
    {
      hints: ['Download the certificate again from developer.apple.com and import it.'],
    },
  )
}

function notOffered(candidates: readonly AppleIntermediate[], { certificate }: WwdrOptions): AppError {
  const [old] = candidates
  if (old === undefined)
    return new AppError('CERT_WWDR_UNKNOWN', `None of the known intermediates issued ${certificate}.`)
  return new AppError(
    'CERT_EXPIRED',
    `${certificate} was issued by Apple’s ${old.generation}, which expired on ${old.expires}.`,
  )
}

/** A certificate is about 1 KB; whatever is longer is something else. */
const LARGEST = 64 * 1024

/** Undefined when the answer is no certificate at all (the sign-in page of a hotel network, say). */
async function fetchCertificate(url: string, options: WwdrOptions): Promise<Certificate | undefined> {
  const timeout = AbortSignal.timeout(options.timeoutMs ?? 15_000)
  const signal = options.signal === undefined ? timeout : AbortSignal.any([options.signal, timeout])
  const bytes = await fetchBytes(url, { fetch: options.fetch, signal }).catch((cause: unknown) => {
    options.signal?.throwIfAborted()
    if (isAppError(cause)) throw cause
    const reason = timeout.aborted ? 'there was no answer in time' : reasonOf(cause)
    throw new AppError('CERT_WWDR_DOWNLOAD', `${url} could not be downloaded: ${reason}.`, { cause })
  })
  const material = await readMaterial(bytes, { place: url }).catch(() => undefined)
  return material?.certificates[0]
}

async function fetchBytes(url: string, init: { fetch: typeof fetch; signal: AbortSignal }): Promise<Uint8Array> {
  const response = await init.fetch(url, { signal: init.signal, headers: { accept: 'application/pkix-cert, */*' } })
  if (!response.ok) {
    await response.body?.cancel()
    throw new AppError('CERT_WWDR_DOWNLOAD', `${url} answered ${response.status} ${response.statusText}.`)
  }
  const parts: Uint8Array[] = []
  let length = 0
  for await (const part of response.body ?? []) {
    length += part.length
    if (length > LARGEST) break
    parts.push(part)
  }
  return Buffer.concat(parts)
}

function reasonOf(error: unknown): string {
  const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error
  if (cause instanceof Error && 'code' in cause) return String(cause.code)
  return cause instanceof Error ? cause.message : String(cause)
}
