import { expect, test } from 'vitest'
import { followJob } from '../../src/cli/progress/follow-job.js'
import { ProgressState } from '../../src/cli/progress/progress-state.js'
import { liveLine, plainLine } from '../../src/cli/progress/progress-text.js'
import { warningLine } from '../../src/cli/progress/warnings.js'
import type { Output } from '../../src/cli/render/styles.js'
import type { JobEvent } from '../../src/kit/events.js'

type Event = JobEvent<{ issued: number }>

function at(done: number, failed = 0): Event {
  return { type: 'progress', done, total: 1000, failed }
}

test('rate and time left follow the last ten seconds, and a resume does not count as work', () => {
  const state = new ProgressState(0)
  state.take({ type: 'start', job: 'j', kind: 'issue', unit: 'rows', total: 1000, resumedAt: 500 }, 0)
  expect(plainLine(state, 0)).toBe('issue: 50 %, 500/1,000 rows')
  for (let second = 1; second <= 4; second++) state.take(at(500 + second * 50, 3), second * 1000)
  expect(state.rate(4000)).toBe(50)
  expect(state.secondsLeft(4000)).toBe(6)
  expect(plainLine(state, 4000)).toBe('issue: 70 %, 700/1,000 rows, 50/s, 6.0 s left, 3 failed')
})

test('a slow-down shows within ten seconds', () => {
  const state = new ProgressState(0)
  state.take({ type: 'start', job: 'j', kind: 'issue', unit: 'rows' }, 0)
  state.take({ type: 'progress', done: 10_000, failed: 0 }, 1000)
  for (let second = 2; second <= 13; second++) {
    state.take({ type: 'progress', done: 10_000 + second, failed: 0 }, second * 1000)
  }
  expect(state.rate(13_000)).toBeLessThan(2)
})

test('the live line fits the terminal', () => {
  const state = new ProgressState(0)
  state.take({ type: 'start', job: 'j', kind: 'issue', unit: 'rows', total: 1000 }, 0)
  state.take(at(420), 1000)
  expect(liveLine(state, 1000, 200)).toBe('issue  ██████████░░░░░░░░░░░░░░  42 %  420/1,000 rows  420/s  2.0 s left')
  expect(liveLine(state, 1000, 40)).toHaveLength(39)
})

async function* job(): AsyncGenerator<Event> {
  yield { type: 'start', job: 'j', kind: 'issue', unit: 'rows', total: 1000 }
  yield at(1)
  yield { type: 'warning', code: 'X', message: 'odd' }
  yield { type: 'item', item: { serial: '1' } }
  yield { type: 'summary', state: 'done', summary: { issued: 1 } }
}

function record(isTTY: boolean): Output & { text: string } {
  const output = {
    text: '',
    isTTY,
    columns: 80,
    hasColors: () => false,
    write(chunk: string, done?: () => void) {
      output.text += chunk
      done?.()
      return true
    },
  }
  return output
}

test('a terminal gets a line that is redrawn and is gone at the end', async () => {
  const [stdout, stderr] = [record(true), record(true)]
  let clock = 0
  const now = (): number => {
    clock += 200
    return clock
  }
  const summary = await followJob(job(), { mode: 'text', stdout, stderr, now })
  expect(summary.summary).toEqual({ issued: 1 })
  expect(stdout.text).toBe('')
  expect(stderr.text).toContain('\r\u001b[2Kissue')
  expect(stderr.text).toContain('Warning: odd\n')
  expect(stderr.text.endsWith('\r\u001b[2K')).toBe(true)
})

test('elsewhere nothing moves', async () => {
  const [stdout, stderr] = [record(false), record(false)]
  await followJob(job(), { mode: 'text', stdout, stderr })
  expect(stderr.text).toBe('Warning: odd\n')
})

test('NDJSON waits for a slow reader', async () => {
  let waiting = 0
  let most = 0
  const stdout: Output = {
    write(_chunk, done) {
      waiting++
      most = Math.max(most, waiting)
      setImmediate(() => {
        waiting--
        done?.()
      })
      return false
    },
  }
  await followJob(job(), { mode: 'ndjson', stdout, stderr: record(false) })
  expect(most).toBe(1)
})

test.skipIf(process.platform === 'win32')('SIGUSR1 prints where the job is, even when quiet', async () => {
  const stderr = record(false)
  async function* slow(): AsyncGenerator<Event> {
    yield { type: 'start', job: 'j', kind: 'issue', unit: 'rows', total: 1000 }
    yield at(250)
    process.emit('SIGUSR1')
    yield { type: 'summary', state: 'done', summary: { issued: 1 } }
  }
  await followJob(slow(), { mode: 'silent', stdout: record(false), stderr })
  expect(stderr.text).toMatch(/^issue: 25 %, 250\/1,000 rows/)
})

test.each([
  ['odd', undefined, 'Warning: odd'],
  ['odd', { file: '/x/members.csv' }, 'Warning: members.csv: odd'],
  ['odd', { file: '/x/members.csv', line: 4 }, 'Warning: members.csv line 4: odd'],
  ['line 4: odd', { file: '/x/members.csv', line: 4 }, 'Warning: members.csv line 4: odd'],
  ['members.csv line 4: odd', { file: '/x/members.csv', line: 4 }, 'Warning: members.csv line 4: odd'],
])('the place of a warning is said once: %s', (message, where, expected) => {
  const warning = { type: 'warning', code: 'X', message, ...(where === undefined ? {} : { where }) } as const
  expect(warningLine(warning, record(false))).toBe(expected)
})
