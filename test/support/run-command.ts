import { type Command, Config, settings } from '@oclif/core'

export interface CommandRun {
  readonly stdout: string
  readonly stderr: string
  /** As the shell would see it: 0 when the command set none. */
  readonly exitCode: number
  /** What `run()` returned; undefined when it failed. */
  readonly result: unknown
  /** stdout, parsed: for runs with --json. */
  json<T = Record<string, unknown>>(): T
}

export interface RunOptions {
  /** Working directory for the time of the run. */
  readonly cwd?: string
  /** Variables for the time of the run; undefined removes one. */
  readonly env?: Readonly<Record<string, string | undefined>>
  /** Command id such as `card:show`, as oclif gives it; matters for messages that name the command. */
  readonly id?: string
}

const root = new URL('../../package.json', import.meta.url)
let config: Promise<Config> | undefined

type CommandClass = typeof Command & (new (argv: string[], config: Config) => Command)

/**
 * Runs a command class from `src/` in this process with a real argv, and captures what it prints and its exit code.
 * Output is captured process-wide, so one run at a time: await each before the next.
 *
 * ```ts
 * const run = await runCommand(CertsDev, ['--json'], { cwd: launch })
 * expect(run.exitCode).toBe(0)
 * ```
 */
export async function runCommand(
  command: unknown,
  argv: readonly string[],
  options: RunOptions = {},
): Promise<CommandRun> {
  settings.enableAutoTranspile = false
  config ??= Config.load(root.href.replace('file://', ''))
  const loaded = await config
  const commandClass = command as CommandClass
  if (options.id !== undefined) commandClass.id = options.id
  const restore = [captureWrites(), enter(options)]
  const [captured] = restore
  const exitCodeBefore = process.exitCode
  process.exitCode = undefined
  let result: unknown
  let exitCode = 0
  try {
    result = await (commandClass as unknown as { run(argv: string[], config: Config): Promise<unknown> }).run(
      [...argv],
      loaded,
    )
  } finally {
    exitCode = Number(process.exitCode ?? 0)
    process.exitCode = exitCodeBefore
    for (const { undo } of restore) undo()
  }
  const stdout = captured?.text('stdout') ?? ''
  const stderr = captured?.text('stderr') ?? ''
  return { stdout, stderr, exitCode, result, json: <T>() => JSON.parse(stdout) as T }
}

interface Undo {
  undo(): void
  text(stream: 'stdout' | 'stderr'): string
}

function captureWrites(): Undo {
  const text = { stdout: '', stderr: '' }
  const before = { stdout: process.stdout.write, stderr: process.stderr.write }
  for (const name of ['stdout', 'stderr'] as const) {
    process[name].write = ((chunk: string | Uint8Array, ...rest: unknown[]): boolean => {
      text[name] += typeof chunk === 'string' ? chunk : Buffer.from(chunk).toString()
      const done = rest.at(-1)
      if (typeof done === 'function') done()
      return true
    }) as typeof process.stdout.write
  }
  return {
    text: (name) => text[name],
    undo() {
      process.stdout.write = before.stdout
      process.stderr.write = before.stderr
    },
  }
}

function enter({ cwd, env = {} }: RunOptions): Undo {
  const cwdBefore = process.cwd()
  const envBefore = Object.fromEntries(Object.keys(env).map((name) => [name, process.env[name]]))
  if (cwd !== undefined) process.chdir(cwd)
  setEnv(env)
  return {
    text: () => '',
    undo() {
      process.chdir(cwdBefore)
      setEnv(envBefore)
    },
  }
}

function setEnv(env: Readonly<Record<string, string | undefined>>): void {
  for (const [name, value] of Object.entries(env)) {
    if (value === undefined) delete process.env[name]
    else process.env[name] = value
  }
}
