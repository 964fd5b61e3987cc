import { flush, run, settings } from '@oclif/core'
import { commandFirst } from './command-first.js'
import { toFailure } from './errors/failure.js'
import { failureJson, failureText } from './errors/render-failure.js'
import { setExit } from './interrupts.js'

/**
 * Runs the command line. `root` is the URL of the file in bin/, `exit` ends the process at once: a second Ctrl-C may
 * not wait. Commands render their own errors (base-command.ts); what arrives here failed before a command was found.
 */
export async function main(root: string, exit: (code: number) => void): Promise<void> {
  setExit(exit)
  // Only what was compiled is run; oclif would otherwise look for TypeScript sources when NODE_ENV says so.
  settings.enableAutoTranspile = false
  const argv = commandFirst(process.argv.slice(2))
  // A closed pipe (`tessera card list | head`) is no error, also before and after a command runs.
  const closed = new Promise<void>((resolve) => {
    process.stdout.once('error', () => resolve())
  })
  process.stdout.on('error', ignoreClosedPipe)
  process.stderr.on('error', ignoreClosedPipe)
  try {
    await run(argv, root)
    // What is left to write to a closed pipe is never flushed.
    await Promise.race([flush(), closed])
  } catch (error) {
    const failure = toFailure(error, { command: undefined })
    process.exitCode = failure.exit
    if (argv.includes('--json')) process.stdout.write(`${JSON.stringify(failureJson(failure), null, 2)}\n`)
    else process.stderr.write(failureText(failure, { verbose: argv.includes('--verbose'), output: process.stderr }))
  }
}

function ignoreClosedPipe(error: NodeJS.ErrnoException): void {
  if (error.code !== 'EPIPE') throw error
}
