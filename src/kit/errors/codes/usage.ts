import { EXIT } from '../../exit-codes.js'
import type { ErrorEntry } from '../entry.js'

/** Errors of the command line itself. */
export const USAGE_ERRORS = {
  USAGE: {
    exit: EXIT.usage,
    title: 'The command line is not one this command understands.',
    cause: 'A flag or an argument is unknown, missing, or does not go with another one.',
    remedy: 'Run the command with --help to see its flags and examples.',
  },
  INPUT_REQUIRED: {
    exit: EXIT.usage,
    title: 'The command needs answers that it may not ask for here.',
    cause: 'There is no terminal to ask on, or --no-input was given, and required flags are missing.',
    remedy: 'Give the flags that the message names.',
  },
  NOT_CONFIRMED: {
    exit: EXIT.notConfirmed,
    title: 'A dangerous act was not confirmed.',
    cause: 'The command changes or deletes much at once and asks for a confirmation, which was not given.',
    remedy: 'Look at what --dry-run would do, then repeat the command with the confirmation that the message names.',
  },
  INTERRUPTED: {
    exit: EXIT.interrupted,
    title: 'The command was interrupted.',
    cause: 'Ctrl-C was pressed, or the process was asked to end.',
    remedy: 'Run the same command again; a long job continues where it stopped.',
  },
  BUG: {
    exit: EXIT.bug,
    title: 'Tessera met a situation that its authors did not foresee.',
    cause: 'This is a fault of the program, not of your input.',
    remedy: 'Run the command again with --verbose and report what it prints.',
  },
} as const satisfies Record<string, ErrorEntry>
