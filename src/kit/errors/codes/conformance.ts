import { EXIT } from '../../exit-codes.js'
import type { ErrorEntry } from '../entry.js'

/** Errors of `conformance`: trying a Wallet web service. */
export const CONFORMANCE_ERRORS = {
  CONFORMANCE_UNREACHABLE: {
    exit: EXIT.temporary,
    title: 'The web service gives no answer.',
    cause: 'Nothing listens at the address, it does not speak HTTP, its certificate is not trusted, or it is too slow.',
    remedy: 'Open the address in a browser; --trust takes certificates of your own, --timeout allows more seconds.',
  },
  CONFORMANCE_CARD: {
    exit: EXIT.badInput,
    title: 'The pass cannot be used to try a web service.',
    cause:
      'It lacks a serial number, a pass type or an authentication token, or the passes are of different pass types.',
    remedy: 'Give a pass with webServiceURL and authenticationToken; `tessera pass show` tells what is in it.',
  },
  CONFORMANCE_UPDATE: {
    exit: EXIT.environment,
    title: 'The command that changes a card failed.',
    cause: 'The command of --update-command ended with an error or took more than a minute.',
    remedy: 'Run the command by hand until it changes a card.',
  },
} as const satisfies Record<string, ErrorEntry>
