import type { HttpReply } from '../../kit/http.js'
import { cardFigures } from './card-figures.js'
import { type Html, html } from './html.js'
import { pageReply } from './page-frame.js'
import { langOf, type PageCard, type PageInput } from './page-input.js'
import { foldedWays, openWays } from './page-ways.js'
import type { StateWords } from './words/types.js'

/** Characters; longer names are written smaller. */
const LONG_NAME = 40

/** The page on which a holder looks at a card and takes it along. */
export function cardPage(input: PageInput): HttpReply {
  const { words, cards, device } = input
  const [first] = cards
  const single = cards.length === 1
  const organization = first.words.organization === '' ? input.organization : first.words.organization
  const lead = single ? first.words.description : words.yourCards
  // A description that only repeats the name says nothing.
  const shownLead = lead.toLowerCase() === organization.toLowerCase() ? '' : lead
  return pageReply({
    status: 200,
    lang: words.lang,
    title: shownLead === '' ? organization : `${organization} – ${shownLead}`,
    colours: first.words.colours,
    styleSheet: input.styleSheet,
    icon: input.icon,
    body: html`<body>
<main class="${single ? 'one' : 'many'} ${device.kind}">
<header class="intro">
<h1${organization.length > LONG_NAME ? html` class="long"` : undefined}>${organization}</h1>
${shownLead === '' ? undefined : html`<p class="lead"${langOf(single ? first : undefined, words)}>${shownLead}</p>`}
</header>
${content(input)}
</main>
${usable(input).length === 0 ? undefined : html`<footer><p>${words.forYou}</p></footer>`}
</body>`,
  })
}

function content(input: PageInput): Html {
  const { cards, words, device } = input
  const valid = usable(input)
  const figures = cardFigures(cards, words)
  const [first] = cards
  if (valid.length === 0) {
    return html`${figures}<div class="ways">${notice(first.status === 'expired' ? words.expired : words.voided)}</div>`
  }
  const [open, folded] = [openWays(input, valid), foldedWays(input, valid)]
  // Below many pictures nobody on a phone would find the one button that takes them all.
  if (device.kind === 'iphone' && cards.length > 2)
    return html`<div class="ways">${open}</div>${figures}<div class="ways">${folded}</div>`
  return html`${figures}<div class="ways">${open}${folded}</div>`
}

/** Cards that can be added. */
function usable({ cards }: PageInput): readonly PageCard[] {
  return cards.filter(({ status }) => status === 'active')
}

function notice({ title, text }: StateWords): Html {
  return html`<section class="notice"><h2>${title}</h2><p>${text}</p></section>`
}
