import { visibleText } from '../../kit/visible-text.js'
import { plural } from './numbers.js'
import { type Output, paint } from './styles.js'
import { table } from './table.js'
import { type ThingView, valueText } from './updates.js'

interface HistoryView {
  readonly serial: string
  readonly design: string
  readonly entries: readonly {
    readonly at: string
    readonly actor: string | null
    readonly source: string
    readonly of: 'card' | 'design'
    readonly things: readonly ThingView[]
  }[]
}

interface Line {
  readonly at: string
  readonly who: string
  readonly by: string
  readonly thing?: ThingView
}

/** A line for each thing that changed, the newest last. */
export function renderHistory({ serial, design, entries }: HistoryView, output: Output = process.stdout): string {
  const lines = entries.flatMap(({ at, actor, source, of, things }): Line[] => {
    const first = { at: `${at.slice(0, 19).replace('T', ' ')}Z`, who: actor ?? '-', by: source }
    if (things.length === 0) return [first]
    return things.map((thing, index) => ({
      ...(index === 0 ? first : { at: '', who: '', by: '' }),
      thing: of === 'design' ? { ...thing, what: `${thing.what} ${design}` } : thing,
    }))
  })
  const rows = table(
    lines,
    [
      { title: 'When', value: ({ at }) => at },
      { title: 'Who', value: ({ who }) => visibleText(who) },
      { title: 'By', value: ({ by }) => by },
      { title: 'What', value: ({ thing }) => (thing === undefined ? 'the card was issued' : visibleText(thing.what)) },
      { title: 'Before', value: ({ thing }) => (thing === undefined ? '' : valueText(thing.before)) },
      { title: 'After', value: ({ thing }) => (thing === undefined ? '' : valueText(thing.after)) },
    ],
    output,
  )
  const changes = entries.length - 1
  const count =
    changes === 0 ? 'Nothing changed since.' : `${plural(changes, 'change')} of card ${visibleText(serial)}.`
  return [rows, '', paint('dim', count, output)].join('\n')
}
