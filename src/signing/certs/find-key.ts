import type { KeyObject } from 'node:crypto'
import { readdir } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { AppError, isAppError } from '../../kit/errors/index.js'
import type { Certificate } from './certificate.js'
import { readIfThere } from './files.js'
import { isPassCertificate, titleOf } from './pass-certificate.js'
import { type Material, readMaterial } from './read-material.js'

export interface FoundKey {
  readonly key: KeyObject
  readonly place: string
}

export interface KeySearch {
  /** Files to look into, the likeliest first. */
  readonly candidates: readonly string[]
  readonly passphrase?: string | undefined
}

/**
 * Finds the private key of a certificate among files. Throws CERT_KEY_MISMATCH saying whose the keys are that were
 * looked at, or CERT_PASSPHRASE_REQUIRED when a locked key may be the one.
 */
export async function findKey(leaf: Certificate, { candidates, passphrase }: KeySearch): Promise<FoundKey> {
  const seen: { place: string; material: Material }[] = []
  let locked: unknown
  for (const place of candidates) {
    const bytes = await readIfThere(place)
    if (bytes === undefined) continue
    try {
      const material = await readMaterial(bytes, { place, passphrase })
      const key = material.keys.find((candidate) => leaf.x509.checkPrivateKey(candidate))
      if (key !== undefined) return { key, place }
      seen.push({ place, material })
    } catch (error) {
      if (!isAppError(error)) throw error
      if (error.code.startsWith('CERT_PASSPHRASE')) locked ??= error
    }
  }
  if (locked !== undefined) throw locked
  throw noKey(leaf, seen)
}

function noKey(leaf: Certificate, seen: readonly { place: string; material: Material }[]): AppError {
  const certificates = seen.flatMap(({ place, material }) =>
    material.certificates.map((certificate) => ({ place, certificate })),
  )
  const looked = seen
    .filter(({ material }) => material.keys.length > 0)
    .map(({ place, material }) => {
      const owner = certificates.find(({ certificate }) =>
        material.keys.some((key) => certificate.x509.checkPrivateKey(key)),
      )
      return owner === undefined
        ? `${place} is the key of another, unknown certificate`
        : `${place} is the key of ${describeOwner(owner)}`
    })
  const hint = 'Give the key that the request was made with: `tessera certs import FILE --key KEY`.'
  if (looked.length === 0) {
    return new AppError('CERT_KEY_MISMATCH', `There is no private key for ${titleOf(leaf)}.`, {
      hints: [
        'If the key is in Keychain Access on a Mac, export certificate and key together as .p12 and import that.',
        hint,
      ],
    })
  }
  return new AppError('CERT_KEY_MISMATCH', `No key fits ${titleOf(leaf)}: ${looked.join('; ')}.`, { hints: [hint] })
}

function describeOwner({ place, certificate }: { place: string; certificate: Certificate }): string {
  const until = new Date(certificate.notAfter).toISOString().slice(0, 10)
  const what = isPassCertificate(certificate) ? titleOf(certificate) : `“${titleOf(certificate)}”`
  return `${place} (${what}, until ${until})`
}

/** Files in the folder of `path` that may hold keys or their certificates; never more than fifty. */
export async function keyFilesBeside(path: string): Promise<string[]> {
  const folder = dirname(path)
  const names = await readdir(folder).catch(() => [])
  return names
    .filter((name) => /\.(pem|key|cer|crt)$/i.test(name))
    .sort()
    .slice(0, 50)
    .map((name) => join(folder, name))
}
