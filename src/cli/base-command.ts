import { Command, Flags, type Interfaces } from '@oclif/core'
import type { Environment } from '../app/environment.js'
import type { Launch } from '../app/launch.js'
import { AppError } from '../kit/errors/index.js'
import type { JobEvent, JobSummary } from '../kit/events.js'
import { EXIT, type ExitCode } from '../kit/exit-codes.js'
import { shellQuote } from '../kit/shell-quote.js'
import { toFailure } from './errors/failure.js'
import { failureJson, failureText } from './errors/render-failure.js'
import { Interrupts } from './interrupts.js'
import type { Prompts } from './prompts.js'

export { EXIT }

type FlagsOf<T extends typeof Command> = Interfaces.InferredFlags<(typeof TesseraCommand)['baseFlags'] & T['flags']>
type ArgsOf<T extends typeof Command> = Interfaces.InferredArgs<T['args']>

/** Add to the flags of a command that runs a long job: `static flags = { ...jobFlags, … }`. */
export const jobFlags = {
  output: Flags.option({
    options: ['text', 'ndjson'] as const,
    default: 'text',
    env: 'TESSERA_OUTPUT',
    summary: 'How events are written: as text, or each as one line of JSON (the summary last).',
  })(),
}

/**
 * What every command shares: global flags, errors, exit codes, Ctrl-C, the launch, prompts and progress.
 * `run()` returns the object that --json prints: always an object or an array, since oclif prints nothing for others.
 */
export abstract class TesseraCommand<T extends typeof Command> extends Command {
  static override enableJsonFlag = true

  static override baseFlags = {
    json: Flags.boolean({ summary: 'Print the result as one JSON value.', helpGroup: 'GLOBAL' }),
    launch: Flags.string({
      summary: 'The launch folder; otherwise found by walking up from here.',
      helpGroup: 'GLOBAL',
      helpValue: 'DIR',
      env: 'TESSERA_LAUNCH',
    }),
    'no-input': Flags.boolean({
      summary: 'Never ask; fail and name what is missing.',
      helpGroup: 'GLOBAL',
      env: 'TESSERA_NO_INPUT',
    }),
    quiet: Flags.boolean({
      char: 'q',
      summary: 'No progress and no notes, only results, warnings and errors.',
      helpGroup: 'GLOBAL',
      env: 'TESSERA_QUIET',
    }),
    verbose: Flags.boolean({
      summary: 'Show the details of unexpected errors.',
      helpGroup: 'GLOBAL',
      env: 'TESSERA_VERBOSE',
    }),
  }

  protected flags!: FlagsOf<T>
  protected args!: ArgsOf<T>
  /** All arguments in their order, for commands that take any number of them (`strict = false`). */
  protected words: readonly string[] = []
  #environment: Environment | undefined
  #onBuildServer = false
  #stopped = false
  #launch: Promise<Launch> | undefined
  #prompts: Prompts | undefined
  readonly #interrupts = new Interrupts(() => this.say('\nStopping cleanly. Press Ctrl-C again to stop at once.'))

  protected override async init(): Promise<void> {
    this.#interrupts.listen()
    await super.init()
    const { args, argv, flags } = await this.parse({
      flags: this.ctor.flags,
      baseFlags: this.ctor.baseFlags,
      enableJsonFlag: this.ctor.enableJsonFlag,
      args: typedOnly(this.ctor.args),
      strict: this.ctor.strict,
      constraints: this.ctor.constraints,
    })
    this.flags = withFalse(flags, { ...this.ctor.baseFlags, ...this.ctor.flags }) as FlagsOf<T>
    this.args = args as ArgsOf<T>
    this.words = argv.map(String)
    const { isBuildServer } = await import('../app/environment.js')
    this.#onBuildServer = isBuildServer((await this.environment()).env)
  }

  /** Aborted at the first Ctrl-C or SIGTERM. Asking for it promises to stop cleanly; the second Ctrl-C ends at once. */
  protected get signal(): AbortSignal {
    return this.#interrupts.signal
  }

  protected async environment(): Promise<Environment> {
    if (this.#environment === undefined) {
      const { readEnvironment } = await import('../app/environment.js')
      this.#environment = readEnvironment()
    }
    return this.#environment
  }

  /** The launch of --launch, or the one this folder lies in. Opened once; closed when the command ends. */
  protected openLaunch(): Promise<Launch> {
    this.#launch ??= this.#loadLaunch()
    return this.#launch
  }

  async #loadLaunch(): Promise<Launch> {
    const { openLaunch } = await import('../app/launch.js')
    return openLaunch({ dir: this.flags.launch, environment: await this.environment() })
  }

  /** A line of the result on stdout. Muted by --json and --output ndjson. */
  protected print(text = ''): void {
    this.log(text)
  }

  /** What is piped into the command. */
  protected get input(): AsyncIterable<Uint8Array> {
    return process.stdin
  }

  /** A file as the result, on stdout. */
  protected printBytes(bytes: Uint8Array): void {
    process.stdout.write(bytes)
  }

  override log(message = ''): void {
    if (!this.jsonEnabled() && !this.ndjson) process.stdout.write(`${message}\n`)
  }

  protected override logJson(json: unknown): void {
    process.stdout.write(`${JSON.stringify(json, null, 2)}\n`)
  }

  /** A note on stderr. Muted by --quiet and --json. */
  protected say(text: string): void {
    if (this.flags?.quiet !== true && !this.jsonEnabled()) process.stderr.write(`${text}\n`)
  }

  /** A line for whoever operates a server, on stderr, whatever else is muted: --quiet does not end an access log. */
  protected diagnose(text: string): void {
    process.stderr.write(`${text}\n`)
  }

  /** One line of JSON on stdout, for commands with `--output ndjson` that run no job. */
  protected printLine(value: unknown): void {
    process.stdout.write(`${JSON.stringify(value)}\n`)
  }

  /** True when a person reads what goes to stderr. */
  protected get onTerminal(): boolean {
    return process.stderr.isTTY === true
  }

  /** True when questions are allowed. */
  protected interactive(): boolean {
    if (this.flags['no-input'] || this.jsonEnabled() || this.ndjson || this.#onBuildServer) return false
    return process.stdin.isTTY === true && process.stderr.isTTY === true
  }

  /** Call when no question may be asked: throws INPUT_REQUIRED naming all flags whose value is undefined at once. */
  protected requireAnswers<A extends Record<string, unknown>>(answers: A): { [K in keyof A]: NonNullable<A[K]> } {
    const missing = Object.keys(answers).filter((name) => answers[name] === undefined || answers[name] === '')
    if (missing.length > 0) {
      const flags = missing.map((name) => `--${name}`).join(', ')
      const hints = [`Give ${flags}; \`tessera ${this.spokenId} --help\` explains them.`]
      throw new AppError('INPUT_REQUIRED', `Missing: ${flags}.`, { hints, details: { missing } })
    }
    return answers as { [K in keyof A]: NonNullable<A[K]> }
  }

  protected async prompts(): Promise<Prompts> {
    if (this.#prompts === undefined) {
      const { createPrompts } = await import('./prompts.js')
      this.#prompts = createPrompts()
    }
    return this.#prompts
  }

  /** Two results cannot share stdout. @throws AppError USAGE with --json or --output ndjson */
  protected assertNoJson(flag: string, instead: string): void {
    const other = this.ndjson ? '--output ndjson' : this.jsonEnabled() ? '--json' : undefined
    if (other === undefined) return
    throw new AppError('USAGE', `${other} and ${flag} both want stdout.`, {
      hints: [`Add ${instead}, or leave out one.`],
    })
  }

  /** True when the flag stands on the command line; false when its value comes from a variable or a default. */
  protected given(flag: string): boolean {
    return this.argv.some((word) => word === `--${flag}` || word.startsWith(`--${flag}=`))
  }

  /** The exit code of a command that ends without an error, such as `rowsLeft`. */
  protected endWith(code: ExitCode): void {
    process.exitCode = code
  }

  /**
   * Runs a long job to its end, showing progress and warnings, or NDJSON. A job that was stopped on request ends with
   * exit code 3 and the command that continues it; with `resumable: false`, where nothing can be continued, with 130.
   */
  protected async follow<S>(
    events: AsyncIterable<JobEvent<S>>,
    { resumable = true }: { readonly resumable?: boolean } = {},
  ): Promise<JobSummary<S>> {
    const { followJob } = await import('./progress/follow-job.js')
    const summary = await followJob(events, {
      mode: this.ndjson ? 'ndjson' : this.jsonEnabled() ? 'silent' : this.flags.quiet ? 'quiet' : 'text',
      stdout: process.stdout,
      stderr: process.stderr,
    })
    if (summary.state === 'stopped') {
      this.endWith(resumable ? EXIT.rowsLeft : EXIT.interrupted)
      this.#stopped = resumable
    }
    return summary
  }

  protected override async catch(error: unknown): Promise<void> {
    const failure = toFailure(error, { command: this.spokenId, flags: this.#flagNames() })
    process.exitCode = failure.exit
    // A failed parse is reported here; oclif would add a warning of its own.
    this.parsed = true
    if (this.ndjson) process.stdout.write(`${JSON.stringify({ type: 'error', ...failureJson(failure) })}\n`)
    else if (this.jsonEnabled()) this.logJson(failureJson(failure))
    if (this.jsonEnabled() || this.ndjson) return
    const verbose = this.flags?.verbose ?? this.argv.includes('--verbose')
    process.stderr.write(failureText(failure, { verbose, output: process.stderr }))
  }

  protected override async finally(): Promise<void> {
    this.#interrupts.close()
    // Said last, below what the command itself prints of the job.
    if (this.#stopped) this.say(`\nStopped. Nothing is lost; continue with:\n  ${this.commandLine}`)
    const launch = await this.#launch?.catch(() => undefined)
    await launch?.close()
  }

  /** True with `--output ndjson`, also before the flags are parsed. */
  private get ndjson(): boolean {
    if (this.ctor.flags === undefined || !('output' in this.ctor.flags)) return false
    if (this.flags !== undefined) return (this.flags as Record<string, unknown>).output === 'ndjson'
    const at = this.argv.indexOf('--output')
    return this.argv.includes('--output=ndjson') || (at >= 0 && this.argv[at + 1] === 'ndjson')
  }

  /** `card show` for the id `card:show`. */
  protected get spokenId(): string {
    return (this.id ?? '').replaceAll(':', ' ')
  }

  #flagNames(): string[] {
    return Object.keys({ ...this.ctor.baseFlags, ...this.ctor.flags })
  }

  /** What was typed, quoted where a shell needs it: `tessera issue members.csv --design bonus`. */
  protected get commandLine(): string {
    return shellQuote(['tessera', ...this.spokenId.split(' '), ...this.argv])
  }
}

/** oclif leaves switches that are not given undefined, although their type says false. */
function withFalse(flags: object, definitions: Interfaces.FlagInput): object {
  const off = Object.entries(definitions).filter(([, { type }]) => type === 'boolean')
  return { ...Object.fromEntries(off.map(([name]) => [name, false])), ...flags }
}

/**
 * oclif fills a missing argument with what is piped into the command. In `ssh host bash -s < script.sh` or in a
 * `while read` loop that is the rest of the script or of the list, and the command would take it for serials.
 */
function typedOnly(args: Interfaces.ArgInput): Interfaces.ArgInput {
  return Object.fromEntries(Object.entries(args).map(([name, arg]) => [name, { ...arg, ignoreStdin: true }]))
}
