import { formatCount, formatDuration } from '../render/numbers.js'
import { cutText } from '../render/width.js'
import type { ProgressState } from './progress-state.js'

const BAR = 24

/** `issue  ██████░░░░  42 %  420/1,000 rows  312/s  2 s left  3 failed`, cut to `columns`. */
export function liveLine(state: ProgressState, now: number, columns: number): string {
  const share = state.share()
  const filled = Math.round((share ?? 0) * BAR)
  const bar = share === undefined ? '' : `${'█'.repeat(filled)}${'░'.repeat(BAR - filled)}`
  const parts = [state.kind, bar, ...facts(state, now)]
  // One column less than the terminal has, since a full line makes some terminals wrap.
  return cutText(parts.filter((part) => part !== '').join('  '), Math.max(20, columns - 1))
}

/** `issue: 42 %, 420/1,000 rows, 312/s, 2 s left, 3 failed`: one line for a log. */
export function plainLine(state: ProgressState, now: number): string {
  return `${state.kind}: ${facts(state, now).join(', ')}`
}

function facts(state: ProgressState, now: number): string[] {
  const share = state.share()
  const rate = state.rate(now)
  const left = state.secondsLeft(now)
  const count =
    state.total === undefined ? formatCount(state.done) : `${formatCount(state.done)}/${formatCount(state.total)}`
  return [
    share === undefined ? '' : `${Math.floor(share * 100)} %`,
    `${count} ${state.unit}`,
    rate === undefined ? '' : `${rate < 10 ? rate.toFixed(1) : formatCount(rate)}/s`,
    left === undefined || left < 0.5 ? '' : `${formatDuration(Math.ceil(left))} left`,
    state.failed === 0 ? '' : `${formatCount(state.failed)} failed`,
  ].filter((fact) => fact !== '')
}
