import { visibleText } from '../../kit/visible-text.js'
import { plural } from './numbers.js'
import { type Output, paint } from './styles.js'

interface SilentView {
  readonly cards: number
  readonly withoutValues: number
  readonly fields: readonly { readonly design: string; readonly field: string; readonly cards: number }[]
}

/** Which changes show nothing on the lock screen, why, and what to do about it; no lines when all of them do. */
export function silenceLines({ cards, withoutValues, fields }: SilentView, output: Output): string[] {
  if (cards === 0) return []
  const lines = [paint('yellow', `Phones update ${plural(cards, 'card')} without a word on the lock screen:`, output)]
  if (withoutValues > 0)
    lines.push(`  ${plural(withoutValues, 'card')}: no field changes its value, and phones tell of nothing else.`)
  for (const { design, field, cards: count } of fields)
    lines.push(`  ${plural(count, 'card')}: the field ${visibleText(field)} of ${design} has no changeMessage.`)
  const designs = [...new Set(fields.map(({ design }) => design))]
  const [first] = fields
  if (first !== undefined) {
    lines.push(`To have it told, add to the field in designs/${first.design}.pkpasstemplate/pass.json, for example,`)
    lines.push(`  ${paint('cyan', '"changeMessage": "Now %@"', output)}`)
    lines.push(
      `and publish: ${designs.map((name) => paint('cyan', `tessera design publish ${name}`, output)).join(', ')}`,
    )
  }
  return lines
}
