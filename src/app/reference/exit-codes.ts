import { EXIT, type ExitCode } from '../../kit/exit-codes.js'

export interface ExitCodePage {
  readonly code: ExitCode
  readonly name: string
  readonly meaning: string
  /** What a script does about it. */
  readonly next: string
}

const PAGES: Readonly<Record<keyof typeof EXIT, readonly [meaning: string, next: string]>> = {
  ok: ['Done.', 'Go on.'],
  bug: ['A fault of Tessera.', 'Run again with --verbose and report what it prints.'],
  usage: ['The command line is wrong, or an answer is missing that may not be asked for.', 'Correct the command.'],
  rowsLeft: [
    'A long job has finished with rejected rows, or was stopped; nothing is lost.',
    'Correct the rejected rows, or run the same command again to continue.',
  ],
  credentials: [
    'A certificate, key or secret is missing, expired or refused.',
    'Correct it; retrying alone is no use.',
  ],
  temporary: ['A service or file is busy or cannot be reached for the moment.', 'Run the same command again later.'],
  badInput: ['The input data is wrong: a file, a serial, a design.', 'Correct the input.'],
  environment: ['The configuration, the machine or the launch is not in order.', 'Run `tessera doctor`.'],
  nothingToDo: ['There is nothing to do yet.', 'Run again later; this is no failure.'],
  notConfirmed: ['A dangerous act was not confirmed.', 'Repeat it with the confirmation that the message names.'],
  interrupted: ['Interrupted by Ctrl-C or SIGTERM before the work could be stopped cleanly.', 'Run the command again.'],
}

/** Every exit code, in rising order. */
export function exitCodePages(): readonly ExitCodePage[] {
  return (Object.keys(PAGES) as (keyof typeof EXIT)[])
    .map((name) => ({ code: EXIT[name], name, meaning: PAGES[name][0], next: PAGES[name][1] }))
    .sort((a, b) => a.code - b.code)
}
