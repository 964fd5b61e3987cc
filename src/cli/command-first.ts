const SWITCHES: ReadonlySet<string> = new Set(['--json', '--no-input', '--quiet', '-q', '--verbose'])
const SHORT = new Map([
  ['-h', '--help'],
  ['-v', '--version'],
])

/**
 * Arguments in the order that oclif reads: it takes the first one for the command. Global flags may stand before it, as
 * with git, and `-h` and `-v` alone mean what they mean elsewhere.
 */
export function commandFirst(argv: readonly string[]): string[] {
  const [only] = argv
  if (only !== undefined && argv.length === 1) return [SHORT.get(only) ?? only]
  let count = 0
  for (let word = argv[0]; word !== undefined; word = argv[count]) {
    if (SWITCHES.has(word) || word.startsWith('--launch=')) count += 1
    else if (word === '--launch') count += 2
    else break
  }
  const command = argv[count]
  if (count === 0 || command === undefined || command.startsWith('-')) return [...argv]
  const rest = argv.slice(count)
  const end = rest.indexOf('--')
  return end < 0
    ? [...rest, ...argv.slice(0, count)]
    : [...rest.slice(0, end), ...argv.slice(0, count), ...rest.slice(end)]
}
