import { createPrivateKey, createPublicKey, type KeyObject } from 'node:crypto'
import { AppError } from '../../kit/errors/index.js'
import type { PemBlock } from './pem.js'

export interface KeySource {
  /** The file, for errors. */
  readonly place: string
  readonly passphrase?: string | undefined
}

/** Opens a private key in any PEM form: PKCS#8, PKCS#1, encrypted or not, modern or old ciphers. */
export async function openPrivateKey(block: PemBlock, { place, passphrase }: KeySource): Promise<KeyObject> {
  const encrypted = block.label === 'ENCRYPTED PRIVATE KEY' || block.text.includes('Proc-Type: 4,ENCRYPTED')
  if (!encrypted) {
    try {
      return createPrivateKey(block.text)
    } catch (cause) {
      throw new AppError('CERT_UNREADABLE', `The private key in ${place} is damaged.`, { cause })
    }
  }
  if (passphrase === undefined) {
    throw new AppError('CERT_PASSPHRASE_REQUIRED', `The private key in ${place} is protected by a passphrase.`)
  }
  const key = tryNative(block, passphrase) ?? (await tryOldCiphers(block, passphrase))
  if (key === undefined) {
    throw new AppError('CERT_PASSPHRASE_WRONG', `The passphrase does not open the private key in ${place}.`)
  }
  return key
}

function tryNative(block: PemBlock, passphrase: string): KeyObject | undefined {
  try {
    return createPrivateKey({ key: block.text, format: 'pem', passphrase })
  } catch {
    // Wrong passphrase, or a cipher that OpenSSL 3 no longer has.
    return undefined
  }
}

/** RC2, single DES and the like, which OpenSSL 3 left out and old exports still use. */
async function tryOldCiphers(block: PemBlock, passphrase: string): Promise<KeyObject | undefined> {
  const { default: forge } = await import('node-forge')
  try {
    const key = forge.pki.decryptRsaPrivateKey(block.text, passphrase) as unknown
    return key === null
      ? undefined
      : createPrivateKey(forge.pki.privateKeyToPem(key as Parameters<typeof forge.pki.privateKeyToPem>[0]))
  } catch {
    return undefined
  }
}

/** Writes a key as PKCS#8 PEM; with a passphrase encrypted (PBES2, AES-256-CBC). */
export function privateKeyPem(key: KeyObject, passphrase: string | undefined): string {
  const pem =
    passphrase === undefined
      ? key.export({ type: 'pkcs8', format: 'pem' })
      : key.export({ type: 'pkcs8', format: 'pem', cipher: 'aes-256-cbc', passphrase })
  return pem.toString()
}

/** Throws CERT_KEY_UNSUPPORTED for anything but RSA of at least 2048 bits. */
export function assertSigningKey(key: KeyObject, place: string): void {
  const bits = key.asymmetricKeyDetails?.modulusLength ?? 0
  if (key.asymmetricKeyType === 'rsa' && bits >= 2048) return
  const kind = key.asymmetricKeyType === 'rsa' ? `an RSA key of ${bits} bits` : `a key of type ${key.asymmetricKeyType}`
  throw new AppError('CERT_KEY_UNSUPPORTED', `${place} holds ${kind}; cards need RSA with 2048 bits or more.`)
}

/** Whether two keys (private or public) are halves of the same pair. */
export function samePublicKey(one: KeyObject, other: KeyObject): boolean {
  return publicDer(one).equals(publicDer(other))
}

function publicDer(key: KeyObject): Buffer {
  return (key.type === 'private' ? createPublicKey(key) : key).export({ type: 'spki', format: 'der' })
}
