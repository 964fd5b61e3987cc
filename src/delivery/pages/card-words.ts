import type { FieldGroup } from '../../cards/styles.js'
import type { PassBundle, PassColours } from '../../cards/view/types.js'
import { viewPass } from '../../cards/view/view-pass.js'

/** What a page says of a card, and the colours that it takes from it. */
export interface CardWords {
  readonly organization: string
  /** What kind of card it is: `Bonus card of Nordlicht`. */
  readonly description: string
  /** What stands on the front, for those who do not see the picture. */
  readonly front: string
  readonly colours: PassColours
  readonly locale: string
}

const ON_THE_FRONT: readonly FieldGroup[] = [
  'headerFields',
  'primaryFields',
  'secondaryFields',
  'auxiliaryFields',
  'footerFields',
]
/** Characters; longer texts tire those who listen. */
const LONGEST = 500

export function cardWords(bundle: PassBundle, options: { readonly locale: string; readonly now: number }): CardWords {
  const view = viewPass(bundle, options)
  const fields = ON_THE_FRONT.flatMap((group) => view.groups[group]).flatMap(({ label, text }) => {
    const [name, value] = [oneLine(label), oneLine(text)]
    if (name === '' && value === '') return []
    return [name === '' || value === '' ? name + value : `${name}: ${value}`]
  })
  const texts = [...new Set([oneLine(view.description), ...fields])].filter((text) => text !== '')
  return {
    organization: oneLine(view.organizationName),
    description: oneLine(view.description),
    front: cut(texts.map((text) => text.replace(/[.\s]+$/, '')).join('. ')),
    colours: view.colours,
    locale: view.locale,
  }
}

function oneLine(text: string): string {
  return text.replaceAll(/\s+/g, ' ').trim()
}

function cut(text: string): string {
  return text.length > LONGEST ? `${text.slice(0, LONGEST).toWellFormed().trimEnd()}…` : text
}
