import { diffSections } from './design-diff.js'
import { plural } from './numbers.js'
import { type Output, paint } from './styles.js'

type DiffView = Parameters<typeof diffSections>[0]

interface PublishView extends DiffView {
  readonly design: string
  readonly before: number | null
  readonly version: number
  readonly changed: boolean
  readonly dryRun: boolean
  readonly cards: number
  readonly refused: readonly { readonly message: string }[]
}

/** What changes, how many cards follow, and how to go back. */
export function renderPublish(view: PublishView, output: Output = process.stdout): string {
  const { design, before, version, changed, dryRun, cards, holder, refused } = view
  if (!changed) return `${design} is published as it is: version ${version}, ${plural(cards, 'card')}.`
  const name = paint(
    'bold',
    before === null ? `${design}@${version}` : `${design}@${before} -> ${design}@${version}`,
    output,
  )
  const follow = cards === 1 ? '1 card follows' : `${plural(cards, 'card')} follow`
  const would = cards === 1 ? '1 card would follow' : `${plural(cards, 'card')} would follow`
  const silent =
    cards > 0 && !holder.some(({ kind }) => kind === 'lock-screen')
      ? [
          paint('yellow', 'Phones update without a word on the lock screen:', output) +
            ' no value of a field with a changeMessage is another one.',
        ]
      : []
  const back = paint('cyan', `tessera design publish ${design} --from-version ${before}`, output)
  return [
    name,
    ...diffSections(view, output).flatMap((text) => ['', text]),
    '',
    ...refused.map(({ message }) => `${paint('red', 'Phones refuse this card:', output)} ${message}`),
    ...silent,
    dryRun
      ? `Would publish version ${version}; ${would}. Nothing was written.`
      : `Published as version ${version}; ${follow}${cards === 0 ? '' : ' as phones ask for them'}.`,
    ...(dryRun || before === null ? [] : [`Go back with: ${back}`]),
  ].join('\n')
}
