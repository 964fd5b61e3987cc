import { spawn } from 'node:child_process'
import { randomInt } from 'node:crypto'
import { mkdtemp, open, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { AppError } from '../../kit/errors/index.js'
import { shellQuote } from '../../kit/shell-quote.js'
import { visibleText } from '../../kit/visible-text.js'

export interface UpdateCommandOptions {
  readonly cwd: string
  /** Milliseconds. */
  readonly limit?: number
}

/** Of what the command says when it fails. */
const MOST_SAID = 4096

/**
 * What runs the user's command for a card. `{serial}`, which may come from a stranger's pass, is quoted for the shell;
 * `{number}` is another number each time.
 *
 * @throws AppError CONFORMANCE_UPDATE from the function that is returned; the reason of the signal when it is aborted
 */
export function updateCommand(
  command: string,
  { cwd, limit = 60_000 }: UpdateCommandOptions,
): (serial: string, signal?: AbortSignal) => Promise<void> {
  // Not from 1: a run must not find the values that the one before it has left.
  let number = randomInt(1_000, 1_000_000)
  return async (serial, signal) => {
    number++
    const line = command.replaceAll('{serial}', () => shellQuote([serial])).replaceAll('{number}', String(number))
    const dir = await mkdtemp(join(tmpdir(), 'tessera-update-command-said-'))
    // A file, not a pipe: what the shell has started may outlive it, and would keep a pipe open.
    const said = await open(join(dir, 'stderr'), 'w+')
    try {
      const { code, late } = await runShell(line, { cwd, limit, stderr: said.fd, signal })
      signal?.throwIfAborted()
      if (code === 0) return
      const how = late
        ? `took more than ${limit / 1000} s`
        : code === null
          ? 'was ended by a signal'
          : `ended with exit code ${code}`
      const { buffer, bytesRead } = await said.read(Buffer.alloc(MOST_SAID), 0, MOST_SAID, 0)
      const [first = ''] = buffer.toString('utf8', 0, bytesRead).trim().split('\n', 1)
      const why = first === '' ? '.' : `: ${visibleText(first)}`
      throw new AppError('CONFORMANCE_UPDATE', `The update command ${how}${why}`)
    } finally {
      await said.close()
      await rm(dir, { recursive: true, force: true })
    }
  }
}

interface Shell {
  readonly cwd: string
  readonly limit: number
  /** Open file. */
  readonly stderr: number
  readonly signal: AbortSignal | undefined
}

/** Resolves when the shell has ended, also when what it has started has not. */
function runShell(
  line: string,
  { cwd, limit, stderr, signal }: Shell,
): Promise<{ readonly code: number | null; readonly late: boolean }> {
  return new Promise((resolve, reject) => {
    signal?.throwIfAborted()
    const child = spawn(line, { shell: true, cwd, stdio: ['ignore', 'ignore', stderr] })
    let late = false
    const end = (): void => void child.kill()
    const timer = setTimeout(() => {
      late = true
      end()
    }, limit)
    signal?.addEventListener('abort', end)
    const over = (): void => {
      clearTimeout(timer)
      signal?.removeEventListener('abort', end)
    }
    child.on('error', (error) => {
      over()
      reject(error)
    })
    child.on('exit', (code) => {
      over()
      resolve({ code, late })
    })
  })
}
