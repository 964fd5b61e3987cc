import { EXIT } from '../../exit-codes.js'
import type { ErrorEntry } from '../entry.js'

/** Errors of `certs …` and of loading the certificates that sign cards. */
export const CERTS_ERRORS = {
  CERT_NOT_FOUND: {
    exit: EXIT.credentials,
    title: 'A certificate or key file is missing.',
    cause: 'The path in tessera.yaml (apple.certificate, apple.key, apple.wwdr) or on the command line names no file.',
    remedy: 'Make test certificates with `tessera certs dev`, or import your own with `tessera certs import FILE`.',
  },
  CERT_UNREADABLE: {
    exit: EXIT.credentials,
    title: 'A file is not the certificate or key it should be.',
    cause: 'It is damaged, of another kind (a request, a web page), or in a format that Tessera does not read.',
    remedy: 'Give the .cer that Apple returned, a .p12/.pfx, or a .pem with `tessera certs import FILE`.',
  },
  CERT_NOT_PASS: {
    exit: EXIT.credentials,
    title: 'The certificate is not a Pass Type ID certificate.',
    cause: 'It lacks the pass type identifier; push, app and distribution certificates cannot sign cards.',
    remedy: 'Create a Pass Type ID certificate in Apple’s developer portal and import that one.',
  },
  CERT_KEY_MISMATCH: {
    exit: EXIT.credentials,
    title: 'The key does not belong to the certificate.',
    cause: 'The certificate was made from another request, or the files of two pass types were mixed.',
    remedy: 'Give the key that the request was made with: `tessera certs import FILE --key KEY`.',
  },
  CERT_KEY_UNSUPPORTED: {
    exit: EXIT.credentials,
    title: 'The key cannot sign cards.',
    cause:
      'Cards are signed with RSA keys of at least 2048 bits, the only kind that Apple issues pass certificates for.',
    remedy: 'Make a new request with `tessera certs request` and have Apple issue a certificate for it.',
  },
  CERT_PASSPHRASE_REQUIRED: {
    exit: EXIT.credentials,
    title: 'A key or .p12 is protected by a passphrase that was not given.',
    cause:
      'The file is encrypted, and there was no terminal to ask on, or tessera.yaml names no source of the passphrase.',
    remedy:
      'Set apple.keyPassphrase in tessera.yaml, or pass --passphrase-file, --passphrase-env or --passphrase-command.',
  },
  CERT_PASSPHRASE_WRONG: {
    exit: EXIT.credentials,
    title: 'The passphrase is wrong.',
    cause: 'The file could not be decrypted with the passphrase that was given.',
    remedy: 'Check the source of the passphrase; one line break at its end is ignored, other blanks count.',
  },
  CERT_CHAIN: {
    exit: EXIT.credentials,
    title: 'The intermediate did not issue the pass certificate.',
    cause: 'Apple has several intermediates of almost the same name; phones reject a card that carries the wrong one.',
    remedy: 'Fetch the right one with `tessera certs wwdr`.',
  },
  CERT_EXPIRED: {
    exit: EXIT.credentials,
    title: 'A certificate has expired.',
    cause: 'Pass certificates are valid for about a year. Cards in phones stay, but new ones cannot be signed.',
    remedy: 'Renew: `tessera certs request`, upload the request to Apple, `tessera certs import FILE`.',
  },
  CERT_NOT_YET_VALID: {
    exit: EXIT.credentials,
    title: 'A certificate is not valid yet.',
    cause: 'Its validity starts in the future, or the clock of this machine is wrong.',
    remedy: 'Check the clock, then run `tessera certs check`.',
  },
  CERT_IDENTITY: {
    exit: EXIT.credentials,
    title: 'The certificate is for another pass type or team.',
    cause:
      'tessera.yaml (apple.passTypeIdentifier, apple.teamIdentifier) and the certificate disagree; phones compare them.',
    remedy: 'Import the certificate of this pass type, or correct tessera.yaml.',
  },
  CERT_EXISTS: {
    exit: EXIT.notConfirmed,
    title: 'The command would replace certificates or a key that are not test ones.',
    cause: 'A private key cannot be made again; Tessera replaces one only when told to.',
    remedy: 'Pass --force to replace them; the old files are kept beside the new ones, with the day in their names.',
  },
  CERT_UNWRITABLE: {
    exit: EXIT.environment,
    title: 'A certificate or key cannot be written.',
    cause: 'The folder is missing or read-only, or the disk is full.',
    remedy: 'Check the folder that the message names, then run the command again.',
  },
  CERT_WWDR_UNKNOWN: {
    exit: EXIT.credentials,
    title: 'The pass certificate was issued by an intermediate that Tessera does not know.',
    cause: 'Apple may have started a new generation, or the certificate is not from Apple.',
    remedy: 'Download it from https://www.apple.com/certificateauthority/ and pass --file FILE --fingerprint SHA256.',
  },
  CERT_WWDR_FINGERPRINT: {
    exit: EXIT.credentials,
    title: 'A downloaded or given intermediate is not the one expected.',
    cause: 'Its fingerprint differs from the pinned one: a proxy, a wrong file, or an attack.',
    remedy: 'Download it on another network and pass it with `tessera certs wwdr --file FILE`.',
  },
  CERT_WWDR_DOWNLOAD: {
    exit: EXIT.temporary,
    title: 'Apple’s intermediate could not be downloaded.',
    cause: 'There is no connection, a proxy refuses it, or Apple’s server does not answer.',
    remedy: 'Try again later, or download it elsewhere and pass it with `tessera certs wwdr --file FILE`.',
  },
} as const satisfies Record<string, ErrorEntry>
