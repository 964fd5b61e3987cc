import type { ComparedFile, PassDiff } from '../../app/passes/diff-passes.js'
import { visibleText } from '../../kit/visible-text.js'
import { diffSections, section } from './design-diff.js'
import { plural } from './numbers.js'
import { type Output, paint } from './styles.js'
import { definitions } from './table.js'
import { oneLine } from './text-block.js'
import { wrapText } from './wrap.js'

const WIDEST = 100
const REASONS: Readonly<Record<PassDiff['silent'][number]['reason'], string>> = {
  'no-change-message': 'its value changes, but it has no changeMessage',
  'new-field': 'it is new',
  'same-value': 'its value is the same',
}

/** Whether the new pass replaces the old one, what changes, and what the lock screen says of it. */
export function renderPassDiff(diff: PassDiff, output: Output = process.stdout): string {
  const width = Math.min(WIDEST, output.columns ?? WIDEST)
  const { before, after, obstacles, notes } = diff
  const title = paint('bold', `${oneLine(before.title, 60)} -> ${oneLine(after.title, 60)}`, output)
  const parts = [
    definitions(
      [
        ['before', signedText(before)],
        ['after', signedText(after)],
      ],
      output,
    ),
    ...(obstacles.length === 0 ? [] : [section('The update', obstacleLines(diff, width, output), output)]),
  ]
  const heading = [title, ...notes.flatMap((note) => wrapText(note, width))].join('\n')
  if (diff.same) {
    const same = diff.differsInLayoutOnly
      ? 'The same pass. pass.json differs in white space, comments or the order of keys only.'
      : 'No differences; the signatures at most are others.'
    return [heading, ...parts, same].join('\n\n')
  }
  return [
    heading,
    ...parts,
    ...diffSections({ ...diff, holder: diff.holder.filter(({ kind }) => kind !== 'lock-screen') }, output),
    section('The lock screen', lockScreenLines(diff, width, output), output),
    plural(diff.changes.length, 'change'),
  ].join('\n\n')
}

function signedText({ verdict, signer }: ComparedFile): string {
  if (signer === null) return verdict
  const day = signer.signedAt === undefined ? '' : ` on ${new Date(signer.signedAt).toISOString().slice(0, 10)}`
  const who = signer.organizationName ?? signer.passTypeIdentifier ?? 'somebody unnamed'
  const team = signer.teamIdentifier === undefined ? '' : ` (${signer.teamIdentifier})`
  return oneLine(`${verdict}; signed by ${who}${team}${day}`, 90)
}

function obstacleLines({ obstacles }: PassDiff, width: number, output: Output): string[] {
  return obstacles.flatMap(({ message, effect }) => {
    const colour = effect === 'second-card' ? 'red' : 'yellow'
    const [first = '', ...rest] = wrapText(visibleText(message), width - 4)
    return [`${paint(colour, '  !', output)} ${first}`, ...rest.map((line) => `    ${line}`)]
  })
}

function lockScreenLines({ holder, silent, obstacles }: PassDiff, width: number, output: Output): string[] {
  const isOther = obstacles.some(({ effect }) => effect === 'second-card')
  const said = holder.filter(({ kind }) => kind === 'lock-screen')
  const first = isOther
    ? ['Nothing, since it comes as another card. As an update of the same card:']
    : said.length === 0
      ? ['The update shows nothing on the lock screen.']
      : []
  const lines = [
    ...first.map((line) => `  ${paint('yellow', line, output)}`),
    ...said.map(({ locale, after = '' }) => `  ${visibleText(locale)}  ${oneLine(JSON.stringify(after), width - 8)}`),
    ...silent.map(({ field, reason }) =>
      paint(
        'dim',
        `  nothing of ${oneLine(field === '' ? 'a field without a key' : field, 30)}: ${REASONS[reason]}`,
        output,
      ),
    ),
  ]
  return silent.length === 0 && said.length === 0 ? [...lines, '  No field changes its value.'] : lines
}
