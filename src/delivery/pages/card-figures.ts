import { FRONT_SIZE } from '../../cards/preview/front-picture.js'
import { type Html, html } from './html.js'
import { langOf, type PageCard } from './page-input.js'
import type { PageWords } from './words/types.js'

/** The pictures of the cards; below each of several what it is, and a way to take only this one. */
export function cardFigures(cards: readonly PageCard[], words: PageWords): Html {
  const [first] = cards
  if (first !== undefined && cards.length === 1) return html`<figure class="card">${picture(first, words)}</figure>`
  return html`<ul class="cards" role="list" aria-label="${words.yourCards}">${cards.map((card) => item(card, words))}</ul>`
}

function item(card: PageCard, words: PageWords): Html {
  const { words: own, status, pass } = card
  return html`<li><figure class="card">${picture(card, words)}<figcaption>
<strong${langOf(card, words)}>${own.description}</strong>
${
  status === 'active'
    ? html`<a class="only" href="${pass}">${words.onlyThis}</a>`
    : html`<span class="state">${words[status].short}</span>`
}
</figcaption></figure></li>`
}

/** Not loaded late, as pictures further down a page may be: it is what the page is about. */
function picture(card: PageCard, words: PageWords): Html {
  const { width, height } = FRONT_SIZE
  const front = card.words.front
  const alt = `${words.picture}${front === '' ? '' : `: ${front}`}`
  return html`<img src="${card.picture}" width="${width}" height="${height}" alt="${alt}"${langOf(card, words)}>`
}
