import { APPLE_OID } from '../certs/apple.js'
import type { Certificate } from '../certs/certificate.js'
import { isPassCertificate, titleOf } from '../certs/pass-certificate.js'
import { type Findings, shown } from './findings.js'
import type { SigningRuleId } from './rules/index.js'

const file = 'signature'

/** What pass.json says of who issued it: null where it says nothing that is text, undefined where that is told elsewhere. */
export interface PassIdentity {
  readonly passTypeIdentifier?: string | null | undefined
  readonly teamIdentifier?: string | null | undefined
  /** Whether it has a member `nfc`. */
  readonly hasNfc?: boolean | undefined
}

/** Phones compare pass.json with the certificate; the team and the pass type must be the same. */
export function checkIdentity(signer: Certificate, pass: PassIdentity, findings: Findings): void {
  const { uid, organizationalUnit } = signer.subject
  const differs = (rule: SigningRuleId, name: 'passTypeIdentifier' | 'teamIdentifier', other?: string): void => {
    const own = pass[name]
    if (own === undefined || own === other) return
    const what = rule === 'certificate.team' ? 'team (OU)' : 'pass type (UID)'
    const place = { file: 'pass.json', pointer: name }
    if (own === null) {
      const named = other === undefined ? `a ${what}` : `the ${what} ${shown(other)}`
      findings.add(rule, {
        ...place,
        message: `pass.json has no ${name} that is a text; the certificate is for ${named}.`,
      })
      return
    }
    findings.add(rule, {
      ...place,
      message:
        other === undefined
          ? `The certificate names no ${what}, but pass.json has the ${name} ${shown(own)}.`
          : `${name} is ${shown(own)}, but the certificate is for the ${what} ${shown(other)}.`,
      evidence: `pass.json: ${shown(own)}, certificate: ${shown(other ?? 'nothing')}`,
    })
  }
  differs('certificate.pass-type', 'passTypeIdentifier', uid)
  differs('certificate.team', 'teamIdentifier', organizationalUnit)
  const { commonName = '' } = signer.subject
  if (pass.hasNfc === true && isPassCertificate(signer) && !commonName.startsWith('Pass Type ID with NFC')) {
    findings.add('certificate.nfc', {
      file: 'pass.json',
      pointer: 'nfc',
      message: 'pass.json has nfc, but the certificate is not one for passes with NFC.',
      evidence: `certificate: CN=${shown(commonName)}`,
    })
  }
}

/** Whether the certificate is one for passes, and says the same everywhere. */
export function checkCertificate(signer: Certificate, pass: PassIdentity | undefined, findings: Findings): void {
  const title = shown(titleOf(signer))
  if (!isPassCertificate(signer)) {
    const why = signer.isAuthority
      ? 'which is a certificate authority'
      : `which is no Pass Type ID certificate: extension ${APPLE_OID.passTypeIdentifier} is missing`
    findings.add('certificate.kind', { file, message: `The pass was signed with ${title}, ${why}.` })
    return
  }
  const { uid, commonName = '' } = signer.subject
  const { passTypeExtension = '', keyUsages } = signer
  // Where the extension agrees with pass.json and the subject does not, the subject is what is wrong.
  if (passTypeExtension !== uid && passTypeExtension !== pass?.passTypeIdentifier) {
    findings.add('certificate.extension', {
      file,
      message: `The certificate is for the pass type ${shown(uid ?? 'of no name')} by its subject, but for ${shown(passTypeExtension)} by its extension.`,
      evidence: `UID: ${shown(uid ?? 'nothing')}, extension ${APPLE_OID.passTypeIdentifier}: ${shown(passTypeExtension)}`,
    })
  }
  const expected = uid ?? passTypeExtension
  if (commonName !== `Pass Type ID: ${expected}` && commonName !== `Pass Type ID with NFC: ${expected}`) {
    findings.add('certificate.name', {
      file,
      message: `The certificate is called "${shown(commonName)}", not "Pass Type ID: ${shown(expected)}".`,
      evidence: `CN: ${shown(commonName)}, UID: ${shown(uid ?? 'nothing')}`,
    })
  }
  if (!keyUsages.includes(APPLE_OID.passKeyUsage)) {
    findings.add('certificate.usage', {
      file,
      message: `The certificate is not meant for signing passes: its extended key usage lacks ${APPLE_OID.passKeyUsage}.`,
      evidence: `extended key usage: ${shown(keyUsages.join(', ')) || 'none'}`,
    })
  }
}
