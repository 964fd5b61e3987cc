import { Errors, flush, run } from '@oclif/core'

/**
 * Runs the command line. Commands render their own errors (base-command.ts); what arrives here failed before a command
 * was found, so oclif's own handler prints it.
 */
export async function main(root: string): Promise<void> {
  try {
    await run(process.argv.slice(2), root)
    await flush()
  } catch (error) {
    await Errors.handle(error as Error)
  }
}
