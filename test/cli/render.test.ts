import { expect, test } from 'vitest'
import { renderChecks } from '../../src/cli/render/checks.js'
import { formatBytes, formatCount, formatDuration, plural } from '../../src/cli/render/numbers.js'
import type { Output } from '../../src/cli/render/styles.js'
import { definitions, table } from '../../src/cli/render/table.js'
import { cutText, textWidth } from '../../src/cli/render/width.js'

const pipe: Output = { write: () => true }
const terminal = (columns: number): Output => ({ write: () => true, isTTY: true, columns, hasColors: () => false })

test.each([
  ['abc', 3],
  ['Мария', 5],
  ['李小龙', 6],
  ['é', 1],
  ['👩‍👩‍👧', 2],
  ['☕', 2],
  ['\u001b[31mred\u001b[39m', 3],
  ['한글', 4],
])('%s takes %i columns', (text, width) => {
  expect(textWidth(text)).toBe(width)
})

test('columns are aligned, also with wide characters; numbers to the right', () => {
  const rows = [
    { name: '李小龙', points: 5 },
    { name: 'Ada', points: 1200 },
  ]
  const columns = [
    { title: 'NAME', value: (row: (typeof rows)[number]) => row.name },
    { title: 'POINTS', value: (row: (typeof rows)[number]) => row.points },
  ]
  expect(table(rows, columns, pipe)).toBe('NAME    POINTS\n李小龙       5\nAda       1200')
  expect(table([], columns, pipe)).toBe('')
})

test('the last column is cut on a terminal and whole in a pipe', () => {
  const rows = ['a very long explanation']
  const columns = [
    { title: 'K', value: () => 'key' },
    { title: 'TEXT', value: (row: string) => row },
  ]
  expect(table(rows, columns, terminal(16))).toContain('key  a very lon…')
  expect(table(rows, columns, pipe)).toContain('a very long explanation')
})

test('a value cannot break the row or send codes to the terminal', () => {
  const text = table(['a\nb\u001b[2Jc'], [{ title: 'X', value: (row: string) => row }], pipe)
  expect(text).toBe('X\na b [2Jc')
})

test('definitions leave out what is undefined and indent further lines', () => {
  expect(
    definitions(
      [
        ['Serial', '1'],
        ['Note', undefined],
        ['Text', 'a\nb'],
      ],
      pipe,
    ),
  ).toBe('Serial  1\nText    a\n        b')
})

test('text is cut at its width, not at its length', () => {
  expect(cutText('李小龙', 5)).toBe('李小…')
  expect(cutText('abc', 3)).toBe('abc')
})

test('numbers read the same on every machine', () => {
  expect(formatCount(1234567)).toBe('1,234,567')
  expect(plural(1, 'card')).toBe('1 card')
  expect(plural(2, 'entry', 'entries')).toBe('2 entries')
  expect([0.2, 4.25, 42, 60, 200, 3600, 7500].map(formatDuration)).toEqual([
    '200 ms',
    '4.3 s',
    '42 s',
    '1 min',
    '3 min 20 s',
    '1 h',
    '2 h 5 min',
  ])
  expect([812, 70_000, 1_440_000, 999_900].map(formatBytes)).toEqual(['812 B', '70 KB', '1.4 MB', '1.0 MB'])
})

test('checks end with what there is to do', () => {
  const text = renderChecks(
    [
      { title: 'Node', status: 'ok', detail: '24' },
      { title: 'Disk', status: 'failed', detail: 'full', remedy: 'Free some space.' },
      { title: 'X', status: 'warning', detail: 'odd' },
    ],
    pipe,
  )
  expect(text).toBe('✓ Node  24\n✗ Disk  full\n        Free some space.\n! X     odd\n\n1 check failed, 1 warning.')
})
