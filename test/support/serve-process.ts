import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'

export const bin = fileURLToPath(new URL('../../bin/run.js', import.meta.url))

/** `tessera serve` of the compiled program, as a process of its own. */
export interface ServeProcess {
  readonly url: string
  readonly child: ChildProcess
  kill(signal: NodeJS.Signals): Promise<number | null>
}

/** Without limits: everything in a test comes from one address. */
const NO_LIMITS = {
  TESSERA_SERVICE_LIMITS_PER_ADDRESS: '0',
  TESSERA_SERVICE_LIMITS_PER_CARD: '0',
  TESSERA_SERVICE_LIMITS_FAILURES: '0',
  TESSERA_SERVICE_LIMITS_LOGS: '0',
}

export async function startServe(
  launch: string,
  { args = [], env = {} }: { args?: readonly string[]; env?: Readonly<Record<string, string>> } = {},
): Promise<ServeProcess> {
  const child = spawn(process.execPath, [bin, 'serve', '--port', '0', '--access-log', 'off', ...args], {
    cwd: launch,
    env: { ...process.env, ...NO_LIMITS, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const ended = once(child, 'exit') as Promise<[number | null]>
  let errors = ''
  child.stderr?.setEncoding('utf8').on('data', (text: string) => {
    errors += text
  })
  const url = await new Promise<string>((resolve, reject) => {
    child.stdout?.setEncoding('utf8').once('data', (text: string) => resolve(text.trim()))
    void ended.then(() => reject(new Error(`tessera serve ended: ${errors}`)))
  })
  return {
    url,
    child,
    async kill(signal) {
      child.kill(signal)
      const [code] = await ended
      return code
    },
  }
}

/** Works through tasks with some at a time, in their order. */
export async function inParallel<T>(
  tasks: readonly T[],
  most: number,
  work: (task: T) => Promise<void>,
): Promise<void> {
  let next = 0
  const worker = async (): Promise<void> => {
    for (let task = tasks[next++]; task !== undefined; task = tasks[next++]) await work(task)
  }
  await Promise.all(Array.from({ length: most }, worker))
}
