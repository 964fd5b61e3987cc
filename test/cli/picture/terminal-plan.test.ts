import { describe, expect, test } from 'vitest'
import { planPicture } from '../../../src/cli/picture/plan-picture.js'
import { terminalPlan } from '../../../src/cli/picture/terminal-plan.js'
import type { Output } from '../../../src/cli/render/styles.js'

const plan = (env: Record<string, string>, columns?: number) => planPicture({ env, protocol: 'auto', columns })

describe('what terminals say of themselves', () => {
  test.each([
    ['kitty', { TERM: 'xterm-kitty' }],
    ['kitty', { TERM: 'xterm-256color', KITTY_WINDOW_ID: '1' }],
    ['kitty', { TERM: 'xterm-ghostty' }],
    ['iterm', { TERM: 'xterm-256color', TERM_PROGRAM: 'iTerm.app' }],
    ['iterm', { TERM: 'xterm-256color', TERM_PROGRAM: 'WezTerm' }],
    ['iterm', { TERM: 'xterm-256color', TERM_PROGRAM: 'vscode' }],
    ['iterm', { TERM: 'xterm-256color', LC_TERMINAL: 'iTerm2' }],
    ['sixel', { TERM: 'foot' }],
    ['sixel', { TERM: 'mlterm-256color' }],
    ['sixel', { TERM: 'xterm-256color', KONSOLE_VERSION: '230805' }],
    ['blocks', { TERM: 'xterm-256color', KONSOLE_VERSION: '200400' }],
    ['blocks', { TERM: 'xterm-256color', TERM_PROGRAM: 'Apple_Terminal' }],
    ['blocks', { TERM: 'tmux-256color', TERM_PROGRAM: 'tmux', TMUX: '/tmp/tmux-0/default,1,0' }],
    ['blocks', { TERM: 'screen', STY: '1.pts', KITTY_WINDOW_ID: '1' }],
    ['blocks', {}],
  ])('%s for %j', (protocol, env) => {
    expect(plan(env)).toMatchObject({ protocol })
  })

  test('tmux around a terminal with pictures is wrapped for, around others not', () => {
    const tmux = { TMUX: '/tmp/tmux-0/default,1,0', TERM: 'tmux-256color' }
    expect(plan({ ...tmux, KITTY_WINDOW_ID: '1' })).toMatchObject({ protocol: 'kitty', tmux: true })
    expect(plan({ ...tmux, LC_TERMINAL: 'iTerm2' })).toMatchObject({ protocol: 'iterm', tmux: true })
    expect(plan(tmux)).toMatchObject({ protocol: 'blocks', tmux: false })
  })

  test('colours are 256 unless more are promised', () => {
    expect(plan({ TERM: 'xterm-256color' }).trueColour).toBe(false)
    expect(plan({ TERM: 'xterm-256color', COLORTERM: 'truecolor' }).trueColour).toBe(true)
    expect(plan({ TERM: 'xterm-256color', WT_SESSION: '1' }).trueColour).toBe(true)
  })

  test('a picture is as wide as the terminal, within reason', () => {
    expect(plan({}, 100).columns).toBe(100)
    expect(plan({}, 300).columns).toBe(120)
    expect(plan({ TERM: 'xterm-kitty' }, 300).columns).toBe(72)
    expect(plan({}, 5).columns).toBe(20)
    expect(plan({}).columns).toBe(80)
  })
})

describe('standard output', () => {
  const pipe: Output = { write: () => true }
  const screen: Output = { write: () => true, isTTY: true, columns: 60 }

  test('that is no terminal gets no picture', () => {
    expect(() => terminalPlan({ env: { TERM: 'xterm-kitty' }, protocol: 'auto' }, pipe)).toThrow(
      expect.objectContaining({ code: 'NO_TERMINAL' }),
    )
  })

  test('gets one all the same when its reader is known', () => {
    expect(terminalPlan({ env: {}, protocol: 'sixel' }, pipe)).toMatchObject({ protocol: 'sixel', columns: 72 })
  })

  test('that is a terminal says how wide it is', () => {
    expect(terminalPlan({ env: {}, protocol: 'auto' }, screen)).toMatchObject({ protocol: 'blocks', columns: 60 })
  })
})
