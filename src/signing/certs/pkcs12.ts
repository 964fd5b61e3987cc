import { createPrivateKey, type KeyObject } from 'node:crypto'
import type { asn1, pkcs12 } from 'node-forge'
import { AppError } from '../../kit/errors/index.js'
import { type Certificate, readCertificate } from './certificate.js'
import type { KeySource } from './private-key.js'

export interface Pkcs12Content {
  readonly certificates: readonly Certificate[]
  readonly keys: readonly KeyObject[]
}

/**
 * Opens a .p12/.pfx: the old RC2/3DES kind that Keychain Access exports and the AES kind of OpenSSL 3. Without a
 * passphrase, the empty one is tried.
 */
export async function readPkcs12(der: Uint8Array, source: KeySource): Promise<Pkcs12Content> {
  const { default: forge } = await import('node-forge')
  const toDer = (element: asn1.Asn1): Buffer => Buffer.from(forge.asn1.toDer(element).getBytes(), 'latin1')
  const pfx = open(forge, { der, source })
  const bags = pfx.safeContents.flatMap(({ safeBags }) => safeBags)
  const { certBag, keyBag, pkcs8ShroudedKeyBag } = forge.pki.oids
  const certificates: Certificate[] = []
  const keys: KeyObject[] = []
  for (const bag of bags) {
    if (bag.type === certBag) {
      const element = bag.cert ? forge.pki.certificateToAsn1(bag.cert) : bag.asn1
      certificates.push(readCertificate(toDer(element)))
    } else if (bag.type === keyBag || bag.type === pkcs8ShroudedKeyBag) {
      // forge knows RSA only; other kinds arrive as they are, and are refused later with a better message.
      const element = bag.key ? forge.pki.wrapRsaPrivateKey(forge.pki.privateKeyToAsn1(bag.key)) : bag.asn1
      keys.push(createPrivateKey({ key: toDer(element), format: 'der', type: 'pkcs8' }))
    }
  }
  return { certificates, keys }
}

type Forge = typeof import('node-forge')

function open(forge: Forge, { der, source }: { der: Uint8Array; source: KeySource }): pkcs12.Pkcs12Pfx {
  const { passphrase = '' } = source
  const outer = (): asn1.Asn1 => forge.asn1.fromDer(forge.util.createBuffer(Buffer.from(der).toString('latin1')))
  try {
    // Not strict: exports written in BER occur.
    return forge.pkcs12.pkcs12FromAsn1(outer(), false, passphrase)
  } catch (error) {
    if (isAscii(passphrase)) throw refusal(error, source)
  }
  try {
    // The integrity check takes the passphrase as UTF-16, the newer encryption as UTF-8; forge has one spelling for
    // both. So the check is left out here: what decrypts to a key and its certificate was not changed on the way.
    const unchecked = outer()
    if (Array.isArray(unchecked.value)) unchecked.value = unchecked.value.slice(0, 2)
    return forge.pkcs12.pkcs12FromAsn1(unchecked, false, forge.util.encodeUtf8(passphrase))
  } catch (error) {
    throw refusal(error, source)
  }
}

function isAscii(text: string): boolean {
  return Buffer.byteLength(text, 'utf8') === text.length
}

const WRONG_PASSPHRASE =
  /MAC could not be verified|wrong password|Failed to decrypt|Too few bytes|Unparsed DER|Cannot read/

function refusal(error: unknown, { place, passphrase }: KeySource): AppError {
  const reason = error instanceof Error ? error.message : String(error)
  // Without an integrity check in the file, a wrong passphrase shows as garbage inside.
  if (WRONG_PASSPHRASE.test(reason)) {
    return passphrase === undefined
      ? new AppError('CERT_PASSPHRASE_REQUIRED', `${place} is protected by a passphrase.`)
      : new AppError('CERT_PASSPHRASE_WRONG', `The passphrase does not open ${place}.`)
  }
  return new AppError('CERT_UNREADABLE', `${place} is a PKCS#12 file that Tessera cannot read: ${reason}`, {
    cause: error,
    hints: [`Convert it with \`openssl pkcs12 -legacy -in ${place} -out pass-with-key.pem\` and import the .pem.`],
  })
}
