import { EXIT } from '../../exit-codes.js'
import type { ErrorEntry } from '../entry.js'

/** Errors of `issue …` and `card …`. */
export const ISSUING_ERRORS = {
  CSV_UNREADABLE: {
    exit: EXIT.badInput,
    title: 'The CSV file cannot be read.',
    cause: 'It does not exist, is empty, or is not text in the expected encoding.',
    remedy: 'Check the path; give --encoding or --delimiter if the detection was wrong.',
  },
  CSV_HEADER: {
    exit: EXIT.badInput,
    title: 'The header of the CSV does not fit the design.',
    cause: 'A column that the design needs is missing, a name occurs twice, or --map names something unknown.',
    remedy: 'Rename the column, or map it: --map "column in the file=field of the design".',
  },
  LINKS_NEED_ADDRESS: {
    exit: EXIT.environment,
    title: 'Download links cannot be made.',
    cause: 'A link begins with the address of the service, and tessera.yaml does not have it.',
    remedy: 'Set service.url in tessera.yaml, for example https://cards.example.com.',
  },
  ROWS_REJECTED: {
    exit: EXIT.rowsLeft,
    title: 'Some rows could not be issued.',
    cause: 'Their values do not fit the design; each is reported with its line and reason.',
    remedy: 'Fix the rows in the .rejected.csv file and issue that file.',
  },
  CARD_NOT_FOUND: {
    exit: EXIT.badInput,
    title: 'No card matches.',
    cause: 'No card of this launch has that serial or that field value.',
    remedy: 'List the cards with `tessera card list`.',
  },
  SELECTION_UNKNOWN: {
    exit: EXIT.usage,
    title: 'No card has such a field or design.',
    cause: '--where names a field, or --design a design, that no card of this launch has: a slip of the pen, mostly.',
    remedy: 'Look at the fields of a card with `tessera card show SERIAL`.',
  },
  CARD_AMBIGUOUS: {
    exit: EXIT.badInput,
    title: 'More than one card matches.',
    cause: 'The value given is not a serial, and several cards have it in a field.',
    remedy: 'Name the card by its serial.',
  },
  OUTPUT_UNWRITABLE: {
    exit: EXIT.environment,
    title: 'The output cannot be written.',
    cause: 'The folder or file is missing, read-only, or of the wrong kind.',
    remedy: 'Check the path that the message names, then run the same command again.',
  },
  BUNDLE_TOO_LARGE: {
    exit: EXIT.badInput,
    title: 'A .pkpasses bundle would exceed what Apple Wallet accepts.',
    cause: 'A bundle holds at most 10 passes and 150 MB.',
    remedy: 'Name fewer cards and write several bundles.',
  },
} as const satisfies Record<string, ErrorEntry>
