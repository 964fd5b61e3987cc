import { EXIT } from '../../exit-codes.js'
import type { ErrorEntry } from '../entry.js'

/** Errors of the store and of the job journal that lives in it. */
export const STORE_ERRORS = {
  STORE_LOCKED: {
    exit: EXIT.temporary,
    title: 'The store is busy.',
    cause: 'Another program holds the database file for longer than Tessera waits.',
    remedy: 'Wait for the other program or end it, then run the same command again. Nothing was lost.',
  },
  STORE_DAMAGED: {
    exit: EXIT.environment,
    title: 'The store file is damaged or is not a Tessera store.',
    cause: 'The file was changed by another program, or the disk lost part of it.',
    remedy: 'Restore the file from a backup. `tessera doctor` shows what the integrity check found.',
  },
  STORE_NEWER: {
    exit: EXIT.environment,
    title: 'The store was written by a newer Tessera.',
    cause: 'Its schema has migrations that this version does not know.',
    remedy: 'Update Tessera to the version that wrote the store, or newer.',
  },
  STORE_UNAVAILABLE: {
    exit: EXIT.environment,
    title: 'The store cannot be opened or written.',
    cause: 'The folder is missing or read-only, or the disk is full.',
    remedy: 'Check the folder, its permissions and the free space that the message names, then run the command again.',
  },
  JOB_RUNNING: {
    exit: EXIT.temporary,
    title: 'Another run is working on this launch.',
    cause: 'Long jobs that write cards run one at a time, so that two runs never issue the same card twice.',
    remedy: 'Wait until the other run has ended, then run the command again.',
  },
  JOB_NOT_FOUND: {
    exit: EXIT.badInput,
    title: 'There is no such job.',
    cause: 'The id is wrong, or the job belongs to another launch.',
    remedy: 'List the jobs with `tessera job list`.',
  },
  WORKER_FAILED: {
    exit: EXIT.bug,
    title: 'A worker of a long job failed twice on the same piece of work.',
    cause: 'The worker ran out of memory or met a fault of the program.',
    remedy: 'Run the same command again; it continues. If it fails at the same place, report it with --verbose output.',
  },
  DISK_FULL: {
    exit: EXIT.environment,
    title: 'The disk is full.',
    cause: 'There is no space left where the output or the store is written.',
    remedy: 'Free some space and run the same command again; it continues where it stopped.',
  },
} as const satisfies Record<string, ErrorEntry>
