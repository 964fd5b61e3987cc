import { EXIT } from '../../exit-codes.js'
import type { ErrorEntry } from '../entry.js'

/** Errors of the launch folder, its configuration and `tessera init`. */
export const LAUNCH_ERRORS = {
  LAUNCH_NOT_FOUND: {
    exit: EXIT.environment,
    title: 'There is no launch here.',
    cause: 'Neither this folder nor one above it holds a tessera.yaml, or --launch names a folder without one.',
    remedy: 'Go into the launch folder, name it with --launch DIR, or make one with `tessera init DIR`.',
  },
  LAUNCH_UNWRITABLE: {
    exit: EXIT.environment,
    title: 'The launch folder cannot be written.',
    cause: 'The folder is read-only, belongs to somebody else, or a file stands where a folder is needed.',
    remedy: 'Check the path that the message names and its permissions, then run the command again.',
  },
  CONFIG_UNREADABLE: {
    exit: EXIT.environment,
    title: 'tessera.yaml cannot be read.',
    cause: 'The file is not readable, or is not text.',
    remedy: 'Check the file and its permissions.',
  },
  CONFIG_INVALID: {
    exit: EXIT.environment,
    title: 'The configuration has errors.',
    cause: 'A key of tessera.yaml (or a TESSERA_… variable that replaces it) is unknown, missing or has a wrong value.',
    remedy: 'Correct the lines that the message names, then check with `tessera config validate`.',
  },
  SECRET_UNAVAILABLE: {
    exit: EXIT.credentials,
    title: 'A secret cannot be had from where tessera.yaml says it is.',
    cause: 'The file is missing, the environment variable is not set, or the command failed.',
    remedy: 'Check the source that the message names; the value itself is never shown.',
  },
  PERMISSION_DENIED: {
    exit: EXIT.environment,
    title: 'The operating system refused access to a file.',
    cause: 'The file or folder belongs to somebody else or is read-only.',
    remedy: 'Check the permissions of the path that the message names.',
  },
} as const satisfies Record<string, ErrorEntry>
