import { Asn1Error } from './asn1.js'
import { CONTENT_TYPE, NotSignedDataError, readSignedData, type SignedData } from './cms.js'
import type { Findings } from './findings.js'

const file = 'signature'

/** A signature of a pass is 3-4 KB; Apple's certificates do not make more of it. */
const LARGEST = 256 * 1024

const KINDS: Readonly<Record<string, string>> = {
  [CONTENT_TYPE.data]: 'plain data',
  '1.2.840.113549.1.7.3': 'encrypted data (EnvelopedData)',
  '1.2.840.113549.1.7.5': 'digested data',
  '1.2.840.113549.1.7.6': 'encrypted data',
  '1.2.840.113549.1.9.16.1.9': 'compressed data',
  '1.2.840.113549.1.9.16.1.4': 'a time stamp',
}

/** Reads the file `signature`, or says what it is instead. */
export function readSignature(bytes: Uint8Array, findings: Findings): SignedData | undefined {
  if (bytes.length === 0) {
    findings.add('signature.parse', { file, message: 'The file "signature" is empty.' })
    return undefined
  }
  if (bytes.length > LARGEST) {
    const message = `The signature has ${bytes.length} bytes; one of a pass has 3,000 to 4,000, and more than ${LARGEST} are not read.`
    findings.add('signature.parse', { file, message })
    return undefined
  }
  const text = textFormOf(bytes)
  if (text !== undefined) {
    const { what, fix } = text
    findings.add('signature.encoding', { file, message: `The signature is ${what} instead of binary CMS (DER).`, fix })
    return undefined
  }
  try {
    return readSignedData(bytes)
  } catch (error) {
    if (error instanceof NotSignedDataError) {
      findings.add('signature.kind', { file, message: `The file "signature" is no signature but ${kindOf(error)}.` })
      return undefined
    }
    if (!(error instanceof Asn1Error)) throw error
    findings.add('signature.parse', { file, message: `The signature cannot be read as CMS: ${error.message}.` })
    return undefined
  }
}

function kindOf({ contentType }: NotSignedDataError): string {
  if (contentType === undefined) return 'something else, such as a certificate or a key'
  return KINDS[contentType] ?? `a structure of type ${contentType}`
}

interface TextForm {
  readonly what: string
  readonly fix: string
}

/** Signatures that were written as a text: the options of openssl for other uses, or a careless copy. */
function textFormOf(bytes: Uint8Array): TextForm | undefined {
  // DER and BER begin with a SEQUENCE, which is the digit 0 in a text.
  const start = Buffer.from(bytes.subarray(0, 4096))
    .toString('latin1')
    .replace(/^(?:\xef\xbb\xbf)?\s+/, '')
  if (/^(?:\xef\xbb\xbf)?-----BEGIN /.test(start)) {
    const fix =
      'Convert it: `openssl cms -cmsout -inform PEM -in signature -outform DER -out signature.der`, or sign with -outform DER.'
    return { what: 'PEM text', fix }
  }
  if (/^(?:MIME-Version|Content-Type|Content-Disposition|To|From|Subject): /i.test(start)) {
    const fix =
      'Sign with `openssl cms -sign -binary -outform DER`: without -outform, openssl writes a mail whose signature covers another text.'
    return { what: 'an S/MIME mail', fix }
  }
  if (/^MI[A-Za-z0-9+/\s]{60,}/.test(start) && !/[^A-Za-z0-9+/=\s]/.test(start)) {
    return { what: 'base64 text', fix: 'Decode it before it is put into the pass: `base64 -d`.' }
  }
  return undefined
}
