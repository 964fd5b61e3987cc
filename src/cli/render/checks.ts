import type { HealthResult } from '../../kit/health.js'
import { plural } from './numbers.js'
import { type Output, paint } from './styles.js'
import { padText, textWidth } from './width.js'

const MARKS = {
  ok: ['✓', 'green'],
  warning: ['!', 'yellow'],
  failed: ['✗', 'red'],
  skipped: ['-', 'dim'],
} as const

/** One line a check, its remedy below it, and the sum last. */
export function renderChecks(
  checks: readonly (HealthResult & { readonly title: string })[],
  output: Output = process.stdout,
): string {
  const width = Math.max(0, ...checks.map(({ title }) => textWidth(title)))
  const lines = checks.flatMap(({ title, status, detail, remedy }) => {
    const [mark, colour] = MARKS[status]
    const indent = ' '.repeat(width + 4)
    const line = `${paint(colour, mark, output)} ${padText(title, width)}  ${detail.replaceAll('\n', `\n${indent}`)}`
    return remedy === undefined ? [line] : [line, `${indent}${paint('bold', remedy, output)}`]
  })
  const count = (wanted: HealthResult['status']): number => checks.filter(({ status }) => status === wanted).length
  const failed = count('failed')
  const warnings = count('warning')
  const sum =
    failed > 0
      ? paint(
          'red',
          `${plural(failed, 'check')} failed${warnings > 0 ? `, ${plural(warnings, 'warning')}` : ''}.`,
          output,
        )
      : warnings > 0
        ? paint('yellow', `Nothing failed; ${plural(warnings, 'warning')}.`, output)
        : paint('green', 'All is well.', output)
  return [...lines, '', sum].join('\n')
}
