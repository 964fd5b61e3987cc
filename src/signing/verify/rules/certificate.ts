import type { SigningRule } from './group.js'

const PROFILE = 'Apple, Worldwide Developer Relations Certification Practice Statement'
const IMPORT = 'tessera certs import FILE'

const rules = [
  {
    id: 'certificate.kind',
    severity: 'refused',
    title: 'The signer is no Pass Type ID certificate.',
    reason: 'Phones accept passes that are signed with a Pass Type ID certificate of Apple only.',
    fix: 'Make a Pass Type ID certificate at developer.apple.com; one for apps or pushes does not do.',
    source: PROFILE,
    example: 'A pass signed with an iPhone Distribution certificate',
    command: 'tessera certs request',
  },
  {
    id: 'certificate.issuer',
    severity: 'refused',
    title: 'The intermediate certificate is missing or the wrong one.',
    reason: 'The commonest reason of all: phones cannot follow the chain to Apple and refuse the pass.',
    fix: 'Enclose the WWDR intermediate that issued the certificate, chosen by its key, never by its name.',
    source: 'php-pkpass 118, jpasskit 312, passkit-generator 108, dotnet-passbook 130, pass-js 616',
    example: 'WWDR G1 beside a certificate that G4 issued',
    command: 'tessera certs wwdr',
  },
  {
    id: 'certificate.trust',
    severity: 'refused',
    title: 'The chain does not lead to Apple.',
    reason: 'Phones refuse passes whose certificate Apple did not issue.',
    fix: 'Sign with a certificate from Apple. For your own tests name the intermediate with --trust.',
    source: PROFILE,
    example: 'A card signed with the certificates of tessera certs dev',
    command: 'tessera certs request',
  },
  {
    id: 'certificate.expired',
    severity: 'refused',
    title: 'A certificate has expired.',
    reason: 'Passes that are in Wallet already stay there; phones refuse to add the pass anew, and updates of it.',
    fix: 'Renew the certificate and sign again.',
    source: PROFILE,
    example: 'A Pass Type ID certificate of last year; WWDR G1, which ended on 7 February 2023',
    command: 'tessera certs request',
  },
  {
    id: 'certificate.not-yet-valid',
    severity: 'refused',
    title: 'A certificate is not valid yet.',
    reason: 'Phones refuse the pass until then.',
    fix: 'Wait, or set the clock of the machine that made the certificate.',
    source: PROFILE,
    example: 'A certificate from a machine whose clock is a day ahead',
    command: 'tessera certs check',
  },
  {
    id: 'certificate.pass-type',
    severity: 'refused',
    title: 'passTypeIdentifier is not that of the certificate.',
    reason: 'Phones compare the two and refuse the pass: "may not match your certificate".',
    fix: 'Write the identifier of the certificate into pass.json before signing, or sign with the certificate of that pass type.',
    source: 'Apple, Pass.passTypeIdentifier',
    example: 'pass.com.example.bonus beside a certificate of pass.com.example.coupon',
    command: IMPORT,
  },
  {
    id: 'certificate.extension',
    severity: 'refused',
    title: 'The pass type in the extension of the certificate is another one.',
    reason: 'Phones look at extension 1.2.840.113635.100.6.1.16 as well as at the name.',
    fix: 'Sign with the certificate as Apple issued it.',
    source: 'pkpassvalidator: bad.pkpass differs from good.pkpass in this only',
    example: 'UID pass.com.example.bonus, extension "Le Rendez Vous"',
    command: IMPORT,
  },
  {
    id: 'certificate.team',
    severity: 'refused',
    title: 'teamIdentifier is not that of the certificate.',
    reason: 'Phones compare the two and refuse the pass: "may not match your certificate".',
    fix: 'Write the team of the certificate (its OU) into pass.json before signing.',
    source: 'Apple, Pass.teamIdentifier',
    example: 'The team of the developer beside the certificate of the client',
    command: IMPORT,
  },
] as const satisfies readonly SigningRule[]

export const CERTIFICATE_RULES = {
  id: 'certificate',
  title: 'Certificates',
  intro:
    'Who signed: from the certificate in the signature over an intermediate to Apple, and whether pass.json names the same pass type and team.',
  rules,
} as const
