import { Args, Flags } from '@oclif/core'
import { expect, test } from 'vitest'
import { jobFlags, TesseraCommand } from '../../src/cli/base-command.js'
import { AppError } from '../../src/kit/errors/index.js'
import type { JobEvent } from '../../src/kit/events.js'
import { runCommand } from '../support/run-command.js'

class Sample extends TesseraCommand<typeof Sample> {
  static override id = 'sample'
  static override flags = {
    ...jobFlags,
    design: Flags.string(),
    fail: Flags.string({ options: ['app', 'bug', 'answers', 'system', 'job'] }),
    job: Flags.boolean(),
  }

  async run(): Promise<object> {
    const { fail, design } = this.flags
    if (fail === 'app') throw new AppError('JOB_NOT_FOUND', 'There is no job 7.', { details: { job: 7 } })
    if (fail === 'bug') throw new TypeError('x is undefined')
    if (fail === 'answers') this.requireAnswers({ design, column: undefined })
    if (fail === 'system') throw Object.assign(new Error('EACCES: no'), { code: 'EACCES', path: '/x' })
    if (this.flags.job) return (await this.follow(job(fail === 'job'))).summary
    this.say('a note')
    this.print('a result with 100 % and %s')
    return { design: design ?? null }
  }
}

async function* job(broken: boolean): AsyncGenerator<JobEvent<{ done: number }>> {
  yield { type: 'start', job: 'j1', kind: 'sample', unit: 'rows', total: 30 }
  for (let line = 1; line <= 30; line++) {
    yield { type: 'warning', code: 'X', message: `row ${line} is odd.`, where: { file: 'members.csv', line } }
  }
  if (broken) throw new AppError('DISK_FULL', 'The disk is full.')
  yield { type: 'progress', done: 30, total: 30, failed: 0 }
  yield { type: 'summary', state: 'stopped', summary: { done: 30 } }
}

test('text: the result on stdout, notes on stderr', async () => {
  const run = await runCommand(Sample, [])
  expect(run).toMatchObject({ stdout: 'a result with 100 % and %s\n', stderr: 'a note\n', exitCode: 0 })
})

test('--quiet leaves only the result', async () => {
  expect(await runCommand(Sample, ['-q'])).toMatchObject({ stdout: 'a result with 100 % and %s\n', stderr: '' })
})

test('--json prints the returned object and nothing else', async () => {
  const run = await runCommand(Sample, ['--json', '--design', 'bonus'])
  expect(run.stderr).toBe('')
  expect(run.json()).toEqual({ design: 'bonus' })
})

test('an error says what, what next, and where to read more', async () => {
  const run = await runCommand(Sample, ['--fail', 'app'])
  expect(run).toMatchObject({ exitCode: 6, stdout: '' })
  expect(run.stderr).toBe(
    'Error: There is no job 7.\n  List the jobs with `tessera job list`.\n  tessera help errors JOB_NOT_FOUND\n',
  )
})

test('an error under --json is one object on stdout', async () => {
  const run = await runCommand(Sample, ['--fail', 'app', '--json'])
  expect(run).toMatchObject({ exitCode: 6, stderr: '' })
  expect(run.json()).toEqual({
    error: {
      code: 'JOB_NOT_FOUND',
      message: 'There is no job 7.',
      hints: ['List the jobs with `tessera job list`.'],
      details: { job: 7 },
    },
  })
})

test.each([
  [['--desing', 'x'], 'Unknown flag: --desing', 'Did you mean --design?'],
  [['surplus'], 'Unexpected argument: surplus', '`tessera sample --help` shows its flags and examples.'],
  [['--design'], 'Flag --design expects a value', '`tessera sample --help` shows its flags and examples.'],
  [['--fail', 'no'], 'Expected --fail=no to be one of: app, bug, answers, system, job', '`tessera sample'],
])('usage error %j', async (argv, message, hint) => {
  const text = await runCommand(Sample, argv)
  expect(text).toMatchObject({ exitCode: 2, stdout: '' })
  expect(text.stderr).toContain(`Error: ${message}`)
  expect(text.stderr).toContain(hint)
  const json = await runCommand(Sample, ['--json', ...argv])
  expect(json).toMatchObject({ exitCode: 2, stderr: '' })
  expect(json.json()).toMatchObject({ error: { code: 'USAGE', message } })
})

class Needy extends TesseraCommand<typeof Needy> {
  static override id = 'needy'
  static override args = { file: Args.string({ required: true, description: 'The CSV file.' }) }
  static override flags = { design: Flags.string({ required: true }), map: Flags.string({ multiple: true }) }

  async run(): Promise<object> {
    return {}
  }
}

test.each([
  [['--design', 'x'], 'Missing: FILE (The CSV file).'],
  [['x.csv'], 'Missing: --design'],
])('what is missing is named: %j', async (argv, message) => {
  expect((await runCommand(Needy, [...argv, '--json'])).json()).toMatchObject({ error: { code: 'USAGE', message } })
})

test('all missing answers are named at once', async () => {
  const run = await runCommand(Sample, ['--fail', 'answers', '--json'])
  expect(run.exitCode).toBe(2)
  expect(run.json()).toMatchObject({
    error: {
      code: 'INPUT_REQUIRED',
      message: 'Missing: --design, --column.',
      details: { missing: ['design', 'column'] },
    },
  })
})

test('a bug exits 1 and shows its stack only with --verbose', async () => {
  const short = await runCommand(Sample, ['--fail', 'bug'])
  expect(short.exitCode).toBe(1)
  expect(short.stderr).toContain('Error: x is undefined')
  expect(short.stderr).not.toContain('    at ')
  const long = await runCommand(Sample, ['--fail', 'bug', '--verbose'])
  expect(long.stderr).toContain('    at ')
})

test('a refusal of the operating system is no bug', async () => {
  expect(await runCommand(Sample, ['--fail', 'system'])).toMatchObject({ exitCode: 7 })
})

test('a stopped job exits 3, shows 20 warnings and the command that continues', async () => {
  const run = await runCommand(Sample, ['--job', '--design', "it's"])
  expect(run.exitCode).toBe(3)
  expect(run.stderr.match(/Warning: members\.csv line \d+: row/g)).toHaveLength(20)
  expect(run.stderr).toContain('… and 10 more warnings.')
  expect(run.stderr).toContain("tessera sample --job --design 'it'\\''s'")
})

test('--output ndjson writes every event, the summary last', async () => {
  const run = await runCommand(Sample, ['--job', '--output', 'ndjson'])
  const events = run.stdout
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as JobEvent)
  expect(events).toHaveLength(33)
  expect(events[0]).toMatchObject({ type: 'start', kind: 'sample' })
  expect(events.at(-1)).toEqual({ type: 'summary', state: 'stopped', summary: { done: 30 } })
})

test('--output ndjson ends with an error line when the job fails', async () => {
  const run = await runCommand(Sample, ['--job', '--output=ndjson', '--fail', 'job'])
  expect(run).toMatchObject({ exitCode: 7, stderr: '' })
  expect(JSON.parse(run.stdout.trimEnd().split('\n').at(-1) ?? '')).toMatchObject({
    type: 'error',
    error: { code: 'DISK_FULL' },
  })
})

test('--json shows only the final object of a job', async () => {
  const run = await runCommand(Sample, ['--job', '--json'])
  expect(run).toMatchObject({ exitCode: 3, stderr: '' })
  expect(run.json()).toEqual({ done: 30 })
})

test('flags have twins in the environment', async () => {
  const run = await runCommand(Sample, [], { env: { TESSERA_QUIET: '1' } })
  expect(run.stderr).toBe('')
})
