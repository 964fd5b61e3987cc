import { type Output, paint } from './styles.js'

interface InitView {
  readonly dir: string
  readonly files: readonly { readonly path: string; readonly action: string }[]
  readonly notes: readonly string[]
  readonly next: readonly string[]
}

/** What `tessera init` did, file by file, and the commands that come next. */
export function renderInit({ dir, files, notes, next }: InitView, output: Output = process.stdout): string {
  const width = Math.max(...files.map(({ action }) => action.length))
  return [
    `Launch in ${paint('bold', dir, output)}`,
    ...files.map(({ path, action }) => `  ${paint('dim', action.padEnd(width), output)}  ${path}`),
    ...(notes.length === 0 ? [] : ['', ...notes]),
    '',
    'Next:',
    ...next.map((command) => `  ${paint('cyan', command, output)}`),
  ].join('\n')
}
