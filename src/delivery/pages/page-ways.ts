import type { Device } from './device.js'
import { type Html, html } from './html.js'
import type { PageCard, PageInput } from './page-input.js'
import { CARDS_SIGN, DOWN_SIGN } from './page-signs.js'
import { READERS, storeAddress } from './readers.js'

type Way = 'apple' | 'android' | 'scan'

/** What is open at once, most likely first; the rest can be unfolded, on every device. */
const ORDER: Readonly<Record<Device['kind'], { readonly open: readonly Way[]; readonly folded: readonly Way[] }>> = {
  iphone: { open: ['apple'], folded: ['android', 'scan'] },
  android: { open: ['android'], folded: ['apple', 'scan'] },
  ipad: { open: ['scan', 'apple'], folded: ['android'] },
  mac: { open: ['scan', 'apple'], folded: ['android'] },
  desktop: { open: ['scan'], folded: ['apple', 'android'] },
}

/** The ways that are likely to be wanted. */
export function openWays(input: PageInput, cards: readonly PageCard[]): Html {
  return html`${ORDER[input.device.kind].open.map((way) => openWay(way, input, cards))}`
}

/** All others. */
export function foldedWays(input: PageInput, cards: readonly PageCard[]): Html {
  const { folded } = ORDER[input.device.kind]
  return html`<div class="folds">${folded.map((way) => foldedWay(way, input, cards))}</div>`
}

/** A single button needs no heading to be seen. */
function openWay(way: Way, input: PageInput, cards: readonly PageCard[]): Html {
  const heading = html`<h2${way === 'scan' ? undefined : html` class="unseen"`}>${titleOf(way, input)}</h2>`
  return html`<section class="way ${way}">${heading}${contentOf(way, input, cards, 'eager')}</section>`
}

function foldedWay(way: Way, input: PageInput, cards: readonly PageCard[]): Html {
  return html`<details class="way ${way}"><summary>${titleOf(way, input)}</summary><div>${contentOf(way, input, cards, 'lazy')}</div></details>`
}

function titleOf(way: Way, { words, device }: PageInput): string {
  if (way === 'apple') return words.onIphone
  if (way === 'android') return words.onAndroid
  return device.kind === 'iphone' || device.kind === 'android' ? words.otherPhone : words.scan
}

/** @param loading - of pictures: what is folded is loaded when it is unfolded. */
function contentOf(way: Way, input: PageInput, cards: readonly PageCard[], loading: 'eager' | 'lazy'): Html {
  if (way === 'apple') return apple(input, cards)
  return way === 'android' ? android(input, cards) : scan(input, cards, loading)
}

function apple(input: PageInput, cards: readonly PageCard[]): Html {
  const { words, device, badge } = input
  const look = badge === undefined ? 'button black' : 'badge'
  const label =
    badge === undefined
      ? html`${CARDS_SIGN}<span>${words.addToApple}</span>`
      : html`<img src="${badge}" alt="${words.addToApple}">`
  return html`${device.inApp ? html`<p class="warning">${words.onlySafari}</p>` : undefined}
<p class="action"><a class="${look}" href="${fileOf(input, cards)}">${label}</a></p>
<p class="hint">${cards.length > 1 ? words.oneByOne : words.appleHint}</p>
${isOtherBrowser(device) ? html`<p class="hint">${words.elseSafari}</p>` : undefined}`
}

function isOtherBrowser({ kind, inApp, safari }: Device): boolean {
  return (kind === 'iphone' || kind === 'ipad') && !inApp && !safari
}

/** Readers take single cards for certain, so there is a button for each. */
function android({ words }: PageInput, cards: readonly PageCard[]): Html {
  const named = cards.length > 1
  const buttons = cards.map(
    ({ pass, words: own }) =>
      html`<p class="action"><a class="button" href="${pass}">${CARDS_SIGN}<span>${words.openInWallet}${
        named ? html`<small>${own.description}</small>` : undefined
      }</span></a></p>`,
  )
  const readers = READERS.map(
    ({ name, id }) =>
      html`<li><a href="${storeAddress(id)}" rel="noreferrer"><span>${name}</span> <small>Google Play</small></a></li>`,
  )
  return html`${buttons}<p class="hint">${words.androidHint}</p><ul class="readers" role="list">${readers}</ul>`
}

function scan(input: PageInput, cards: readonly PageCard[], loading: 'eager' | 'lazy'): Html {
  const { words, qr, address } = input
  return html`<div class="scan"><img class="qr" src="${qr}" loading="${loading}" width="232" height="232" alt="${words.qr}">
<p class="hint">${words.scanHint}</p>
<div><p class="address"><span>${words.address}</span> <a href="${address}">${address.replace(/^https?:\/\//, '')}</a></p>
<p class="file"><a href="${fileOf(input, cards)}">${DOWN_SIGN}<span>${cards.length > 1 ? words.downloadAll : words.download}</span></a></p></div></div>`
}

function fileOf({ bundle }: PageInput, cards: readonly PageCard[]): string {
  const [only] = cards
  return only !== undefined && cards.length === 1 ? only.pass : bundle
}
