import { EXIT } from '../../exit-codes.js'
import type { ErrorEntry } from '../entry.js'

/** Errors of `pass`: finished passes, wherever they come from. */
export const PASSES_ERRORS = {
  PASS_NOT_FOUND: {
    exit: EXIT.badInput,
    title: 'There is no such pass.',
    cause: 'The file or folder does not exist, or the folder holds no .pkpass, .pkpasses or pass.json.',
    remedy: 'Check the path; `tessera card export` writes the cards of a launch.',
  },
  PASS_DOWNLOAD: {
    exit: EXIT.temporary,
    title: 'A pass could not be downloaded.',
    cause: 'The address does not answer, answers with an error, or sends more than a pass may weigh.',
    remedy: 'Open the address in a browser; try again later.',
  },
} as const satisfies Record<string, ErrorEntry>
