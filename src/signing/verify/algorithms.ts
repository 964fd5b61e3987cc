/** Digests by object identifier. The names are node:crypto's. */
const DIGESTS: Readonly<Record<string, string>> = {
  '1.2.840.113549.2.5': 'md5',
  '1.3.14.3.2.26': 'sha1',
  '2.16.840.1.101.3.4.2.4': 'sha224',
  '2.16.840.1.101.3.4.2.1': 'sha256',
  '2.16.840.1.101.3.4.2.2': 'sha384',
  '2.16.840.1.101.3.4.2.3': 'sha512',
}

/** The name for node:crypto; undefined for digests that nobody signs passes with. */
export function digestName(id: string): string | undefined {
  return Object.hasOwn(DIGESTS, id) ? DIGESTS[id] : undefined
}

/** Digests of which passes in the wild are known that phones accept. */
export const PROVEN_DIGESTS: ReadonlySet<string> = new Set(['sha1', 'sha256'])

/** SHA-2 that Apple's frameworks know in CMS, but of which no pass is known. */
export const LIKELY_DIGESTS: ReadonlySet<string> = new Set(['sha384', 'sha512'])

export interface SignatureKind {
  readonly name: 'RSA' | 'RSA-PSS' | 'ECDSA'
  /** Of the key, as node:crypto calls it. */
  readonly key: 'rsa' | 'ec'
  /** The digest that is part of the name; undefined where the signer names it elsewhere. */
  readonly digest?: string
}

const rsa = (digest?: string): SignatureKind => ({ name: 'RSA', key: 'rsa', ...(digest && { digest }) })
const ecdsa = (digest?: string): SignatureKind => ({ name: 'ECDSA', key: 'ec', ...(digest && { digest }) })

const SIGNATURES: Readonly<Record<string, SignatureKind>> = {
  '1.2.840.113549.1.1.1': rsa(),
  '1.2.840.113549.1.1.4': rsa('md5'),
  '1.2.840.113549.1.1.5': rsa('sha1'),
  '1.2.840.113549.1.1.14': rsa('sha224'),
  '1.2.840.113549.1.1.11': rsa('sha256'),
  '1.2.840.113549.1.1.12': rsa('sha384'),
  '1.2.840.113549.1.1.13': rsa('sha512'),
  '1.2.840.113549.1.1.10': { name: 'RSA-PSS', key: 'rsa' },
  '1.2.840.10045.2.1': ecdsa(),
  '1.2.840.10045.4.1': ecdsa('sha1'),
  '1.2.840.10045.4.3.1': ecdsa('sha224'),
  '1.2.840.10045.4.3.2': ecdsa('sha256'),
  '1.2.840.10045.4.3.3': ecdsa('sha384'),
  '1.2.840.10045.4.3.4': ecdsa('sha512'),
}

/** Undefined for algorithms that nobody signs passes with. */
export function signatureKind(id: string): SignatureKind | undefined {
  return Object.hasOwn(SIGNATURES, id) ? SIGNATURES[id] : undefined
}

/** `SHA-256` for `sha256`. */
export function titleOfDigest(name: string): string {
  return name === 'md5' ? 'MD5' : name.replace('sha', 'SHA-')
}
