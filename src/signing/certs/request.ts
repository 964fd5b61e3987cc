import { AppError } from '../../kit/errors/index.js'
import { keepCopy, readIfThere, writeWhole } from './files.js'
import { generateSigningKey, issueRequest, NAME, type NameAttribute } from './issue-certificate.js'
import { writePem } from './pem.js'
import { assertSigningKey, privateKeyPem } from './private-key.js'
import { readMaterial } from './read-material.js'

export interface RequestOptions {
  /** Where the key goes. */
  readonly key: string
  /** Where the request goes; Apple's portal takes files named *.certSigningRequest. */
  readonly request: string
  readonly commonName: string
  readonly organization: string
  readonly email?: string
  /** ISO 3166-1 alpha-2. */
  readonly country?: string
  /** Encrypts the key, or opens the one that is there. */
  readonly passphrase?: string
  /** Make a new key although there is one; the old one is kept with the day in its name. */
  readonly force: boolean
  readonly now: Date
}

export interface RequestResult {
  readonly key: string
  readonly request: string
  /** False when the key of an earlier request was used again. */
  readonly newKey: boolean
  /** Where the key that --force replaced is kept. */
  readonly backup?: string
}

/**
 * Makes an RSA-2048 key and a certificate request (PKCS#10) for Apple's portal. A key that is there already is used
 * again, never replaced, so running it twice does no harm.
 */
export async function requestCertificate(options: RequestOptions): Promise<RequestResult> {
  const existing = options.force ? undefined : await readIfThere(options.key)
  const backup = options.force ? await keepCopy(options.key, options.now) : undefined
  const key = existing === undefined ? await generateSigningKey() : await openExisting(existing, options)
  if (existing === undefined) {
    await writeWhole(options.key, privateKeyPem(key, options.passphrase), { mode: 0o600, exclusive: !options.force })
  }
  const der = issueRequest({ subject: subjectOf(options), key })
  await writeWhole(options.request, writePem('CERTIFICATE REQUEST', der), { mode: 0o644 })
  return {
    key: options.key,
    request: options.request,
    newKey: existing === undefined,
    ...(backup === undefined ? {} : { backup }),
  }
}

async function openExisting(bytes: Buffer, options: RequestOptions) {
  const { keys } = await readMaterial(bytes, { place: options.key, passphrase: options.passphrase })
  const [key] = keys
  if (key === undefined) throw new AppError('CERT_UNREADABLE', `${options.key} holds no private key.`)
  assertSigningKey(key, options.key)
  return key
}

/** Apple takes only the public key from a request; the names help whoever finds the file later. */
function subjectOf({ commonName, organization, email, country }: RequestOptions): NameAttribute[] {
  return [
    ...(email === undefined ? [] : [[NAME.email, email] as const]),
    [NAME.commonName, commonName],
    [NAME.organization, organization],
    ...(country === undefined ? [] : [[NAME.country, country] as const]),
  ]
}
