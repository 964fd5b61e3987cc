import { createPublicKey, generateKeyPair, type KeyObject, randomBytes, sign } from 'node:crypto'
import { promisify } from 'node:util'
import forge from 'node-forge'

/** One attribute of a distinguished name: dotted type and text. */
export type NameAttribute = readonly [type: string, value: string]

export const NAME = {
  uid: '0.9.2342.19200300.100.1.1',
  commonName: '2.5.4.3',
  organizationalUnit: '2.5.4.11',
  organization: '2.5.4.10',
  country: '2.5.4.6',
  email: '1.2.840.113549.1.9.1',
} as const

export interface CertificateRecipe {
  readonly subject: readonly NameAttribute[]
  readonly issuer: readonly NameAttribute[]
  /** Of the subject; private or public. */
  readonly key: KeyObject
  readonly issuerKey: KeyObject
  readonly notBefore: Date
  readonly notAfter: Date
  /** In forge's notation. */
  readonly extensions: readonly object[]
}

const RSA_SHA256 = '1.2.840.113549.1.1.11'

/** Two functions of forge that its type declarations forget: the bytes that a certificate's or request's signature covers. */
interface ToBeSigned {
  getTBSCertificate(certificate: forge.pki.Certificate): forge.asn1.Asn1
  getCertificationRequestInfo(request: ReturnType<typeof forge.pki.createCertificationRequest>): forge.asn1.Asn1
}
const toBeSigned = forge.pki as unknown as ToBeSigned

/** RSA-2048, what Apple accepts for pass certificates. Runs outside the event loop. */
export async function generateSigningKey(): Promise<KeyObject> {
  const { privateKey } = await promisify(generateKeyPair)('rsa', { modulusLength: 2048, publicExponent: 0x10001 })
  return privateKey
}

/** Encodes a certificate with forge and signs it with node:crypto (SHA-256). Returns its DER. */
export function issueCertificate(recipe: CertificateRecipe): Buffer {
  const certificate = forge.pki.createCertificate()
  certificate.publicKey = forgePublicKey(recipe.key)
  // A positive number of 20 octets at most, as RFC 5280 wants it.
  certificate.serialNumber = `5e${randomBytes(15).toString('hex')}`
  certificate.validity.notBefore = recipe.notBefore
  certificate.validity.notAfter = recipe.notAfter
  certificate.setSubject(attributes(recipe.subject))
  certificate.setIssuer(attributes(recipe.issuer))
  certificate.setExtensions([...recipe.extensions])
  certificate.signatureOid = RSA_SHA256
  Object.assign(certificate.siginfo, { algorithmOid: RSA_SHA256 })
  const body = der(toBeSigned.getTBSCertificate(certificate))
  certificate.signature = sign('sha256', body, recipe.issuerKey).toString('latin1')
  return der(forge.pki.certificateToAsn1(certificate))
}

/** Encodes a certificate request (PKCS#10) and signs it with its own key. Returns its DER. */
export function issueRequest({ subject, key }: Pick<CertificateRecipe, 'subject' | 'key'>): Buffer {
  const request = forge.pki.createCertificationRequest()
  request.publicKey = forgePublicKey(key)
  request.setSubject(attributes(subject))
  const info = toBeSigned.getCertificationRequestInfo(request)
  Object.assign(request, {
    signatureOid: RSA_SHA256,
    siginfo: { algorithmOid: RSA_SHA256 },
    certificationRequestInfo: info,
    signature: sign('sha256', der(info), key).toString('latin1'),
  })
  return der(forge.pki.certificationRequestToAsn1(request))
}

/** Key identifier as Apple's certificates have it: SHA-1 of the public key, as a binary string for forge. */
export function keyIdentifierOf(key: KeyObject): string {
  return forge.pki.getPublicKeyFingerprint(forgePublicKey(key), { type: 'RSAPublicKey' }).getBytes()
}

function forgePublicKey(key: KeyObject): forge.pki.rsa.PublicKey {
  const publicKey = key.type === 'private' ? createPublicKey(key) : key
  return forge.pki.publicKeyFromPem(publicKey.export({ type: 'spki', format: 'pem' }).toString())
}

/** C is a PrintableString and e-mail an IA5String by definition; everything else is UTF-8, as in Apple's. */
function attributes(name: readonly NameAttribute[]): forge.pki.CertificateField[] {
  const { PRINTABLESTRING, IA5STRING, UTF8 } = forge.asn1.Type
  return name.map(([type, value]) => ({
    type,
    value,
    valueTagClass: (type === NAME.country ? PRINTABLESTRING : type === NAME.email ? IA5STRING : UTF8) as never,
  }))
}

function der(element: forge.asn1.Asn1): Buffer {
  return Buffer.from(forge.asn1.toDer(element).getBytes(), 'latin1')
}
