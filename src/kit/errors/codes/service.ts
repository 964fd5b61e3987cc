import { EXIT } from '../../exit-codes.js'
import type { ErrorEntry } from '../entry.js'

/** Errors of `serve` and of what belongs to the web service. */
export const SERVICE_ERRORS = {
  SERVICE_NEEDS_ADDRESS: {
    exit: EXIT.environment,
    title: 'The launch does not say where its web service is.',
    cause: 'Every pass carries the address that its phone asks for updates, and tessera.yaml does not have it.',
    remedy: 'Set service.url in tessera.yaml, for example https://cards.example.com.',
  },
  TLS_UNUSABLE: {
    exit: EXIT.credentials,
    title: 'The certificate of the server cannot be used.',
    cause:
      'A file that service.tls of tessera.yaml names is missing or no PEM, or the key is not that of the certificate.',
    remedy: 'Check the two files, or leave out service.tls and let a proxy in front do HTTPS.',
  },
} as const satisfies Record<string, ErrorEntry>
