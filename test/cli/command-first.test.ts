import { expect, test } from 'vitest'
import { commandFirst } from '../../src/cli/command-first.js'

test.each([
  ['', ''],
  ['-h', '--help'],
  ['-v', '--version'],
  ['card list -q', 'card list -q'],
  ['--launch there card list', 'card list --launch there'],
  ['--launch=there -q card list --json', 'card list --json --launch=there -q'],
  ['--json card show -- -5', 'card show --json -- -5'],
  ['--json --help', '--json --help'],
  ['--launch', '--launch'],
  ['--launch there', '--launch there'],
  ['--nonsense card list', '--nonsense card list'],
])('%s', (typed, read) => {
  expect(commandFirst(typed.split(' ')).join(' ')).toBe(read)
})
