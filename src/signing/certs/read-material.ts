import { createPrivateKey, type KeyObject } from 'node:crypto'
import { AppError } from '../../kit/errors/index.js'
import { type Asn1Element, isUniversal, readAsn1, TAG } from '../verify/asn1.js'
import { type Certificate, readCertificate } from './certificate.js'
import { looksLikePem, type PemBlock, readPem } from './pem.js'
import { readPkcs12 } from './pkcs12.js'
import { type KeySource, openPrivateKey } from './private-key.js'

/** What a certificate or key file holds. */
export interface Material {
  readonly certificates: readonly Certificate[]
  readonly keys: readonly KeyObject[]
}

/**
 * Reads any file in which Apple, Keychain Access, Windows or openssl hand over certificates and keys: .cer in DER or
 * PEM, .pem with several blocks, .p12/.pfx, key files. The content decides, never the file name.
 * Throws CERT_UNREADABLE, CERT_PASSPHRASE_REQUIRED or CERT_PASSPHRASE_WRONG.
 */
export async function readMaterial(bytes: Uint8Array, source: KeySource): Promise<Material> {
  return looksLikePem(bytes) ? readPemMaterial(Buffer.from(bytes).toString('utf8'), source) : readDer(bytes, source)
}

async function readPemMaterial(text: string, source: KeySource): Promise<Material> {
  const certificates: Certificate[] = []
  const keys: KeyObject[] = []
  const blocks = readPem(text)
  for (const block of blocks) {
    if (block.label === 'CERTIFICATE' || block.label === 'X509 CERTIFICATE') {
      certificates.push(openCertificate(block.der, source.place))
    } else if (block.label.endsWith('PRIVATE KEY')) keys.push(await openPrivateKey(block, source))
  }
  if (certificates.length === 0 && keys.length === 0) throw unusable(blocks, source.place)
  return { certificates, keys }
}

function unusable(blocks: readonly PemBlock[], place: string): AppError {
  if (blocks.some(({ label }) => label.endsWith('CERTIFICATE REQUEST'))) {
    return new AppError('CERT_UNREADABLE', `${place} is the request, not the certificate.`, {
      hints: ['Upload it at developer.apple.com, download the .cer that Apple makes of it, and import that.'],
    })
  }
  const found =
    blocks.length === 0
      ? 'a damaged PEM text'
      : `no certificate or key (${blocks.map(({ label }) => label).join(', ')})`
  return new AppError('CERT_UNREADABLE', `${place} holds ${found}.`)
}

function openCertificate(der: Uint8Array, place: string): Certificate {
  try {
    return readCertificate(der)
  } catch (cause) {
    throw new AppError('CERT_UNREADABLE', `The certificate in ${place} is damaged.`, { cause })
  }
}

async function readDer(bytes: Uint8Array, source: KeySource): Promise<Material> {
  const shape = shapeOf(bytes)
  if (shape === 'pkcs12') return readPkcs12(bytes, source)
  if (shape === 'key') {
    for (const type of ['pkcs8', 'pkcs1', 'sec1'] as const) {
      try {
        return { certificates: [], keys: [createPrivateKey({ key: Buffer.from(bytes), format: 'der', type })] }
      } catch {
        // Not this type of key.
      }
    }
  }
  if (shape === 'sequence') return { certificates: [openCertificate(bytes, source.place)], keys: [] }
  const isPage = /^\s*<(!doctype|html|\?xml)/i.test(Buffer.from(bytes.subarray(0, 200)).toString('latin1'))
  throw new AppError(
    'CERT_UNREADABLE',
    isPage
      ? `${source.place} is a web page, not a certificate.`
      : `${source.place} is no certificate, key or .p12 file.`,
    isPage ? { hints: ['Download the file again while signed in at developer.apple.com.'] } : {},
  )
}

/** A version number first is a .p12 (3) or a key (0, 1); another sequence first is a certificate. */
function shapeOf(bytes: Uint8Array): 'pkcs12' | 'key' | 'sequence' | undefined {
  let outer: Asn1Element
  try {
    outer = readAsn1(bytes)
  } catch {
    return undefined
  }
  if (!isUniversal(outer, TAG.sequence)) return undefined
  const [first] = outer.children
  if (isUniversal(first, TAG.integer)) return first.content.length === 1 && first.content[0] === 3 ? 'pkcs12' : 'key'
  return isUniversal(first, TAG.sequence) ? 'sequence' : undefined
}
