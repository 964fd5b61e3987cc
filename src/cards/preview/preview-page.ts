import { createHash } from 'node:crypto'
import type { PassView } from '../view/types.js'
import { pageStyle } from './page-style.js'
import { textsTable } from './page-texts.js'
import { type PageWords, pageWords } from './page-words.js'
import { escapeXml } from './svg-text.js'

/** A card in one language, drawn. All drawings are SVG as {@link drawLayout} makes it. */
export interface PreviewPageCard {
  readonly locale: string
  readonly caption: string
  readonly front: string
  readonly back: { readonly light: string; readonly dark: string }
  readonly view: PassView
  /** Other looks of the same card, such as Google Wallet's. */
  readonly more?: readonly { readonly caption: string; readonly svg: string }[]
}

export interface PreviewPageInput {
  readonly title: string
  /** BCP 47: the language of the page's own words. */
  readonly lang: string
  readonly cards: readonly PreviewPageCard[]
  readonly notes?: readonly string[]
  /** A script of our own, for reloading; the page allows exactly it, and connections to where the page came from. */
  readonly liveScript?: string
}

/**
 * One HTML page that shows cards, front and back, light and dark, with all their texts; it needs nothing but itself
 * and runs no script but `liveScript`. It is well-formed XML as well.
 */
export async function previewPage(input: PreviewPageInput): Promise<string> {
  const words = pageWords(input.lang)
  // A closing tag inside of a string of the script would end it.
  const script = input.liveScript?.replaceAll(/<(?=\/script|!--)/gi, '\\x3c')
  const panels = input.cards.map((card, index) => panel(card, index, words))
  const notes = input.notes ?? []
  return `<!DOCTYPE html>
<html lang="${escapeXml(input.lang)}">
<head>
<meta charset="utf-8"/>
<meta http-equiv="Content-Security-Policy" content="${escapeXml(policy(script))}"/>
<meta name="viewport" content="width=device-width, initial-scale=1"/>
<title>${escapeXml(input.title)}</title>
<link rel="icon" href="data:,"/>
<style>${pageStyle(input.cards.length)}</style>
</head>
<body>
<header><h1>${escapeXml(input.title)}</h1>${cardSwitch(input.cards, words)}${appearanceSwitch(words)}</header>
<main>
${notes.length === 0 ? '' : noteList(notes, words)}
${panels.join('\n')}
</main>
${script === undefined ? '' : `<script>${script}</script>`}
</body>
</html>
`
}

function policy(script: string | undefined): string {
  const base = "default-src 'none'; img-src data:; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'"
  if (script === undefined) return base
  const hash = createHash('sha256').update(script).digest('base64')
  return `${base}; script-src 'sha256-${hash}'; connect-src 'self'`
}

function cardSwitch(cards: readonly PreviewPageCard[], words: PageWords): string {
  const choices = cards.map(({ caption }, index) => radio('card', `card-${index}`, caption, index === 0))
  // A single card needs no choice, but the style sheet looks for the one that is chosen.
  const look = cards.length < 2 ? 'hidden' : 'switch'
  const stop = cards.length < 2 ? ' disabled="disabled"' : ''
  return `<fieldset class="${look}"${stop}><legend class="hidden">${words.cards}</legend>${choices.join('')}</fieldset>`
}

function appearanceSwitch(words: PageWords): string {
  const choices = [
    radio('appearance', 'system', words.system, true),
    radio('appearance', 'light', words.light, false),
    radio('appearance', 'dark', words.dark, false),
  ]
  return `<fieldset class="switch"><legend class="hidden">${words.appearance}</legend>${choices.join('')}</fieldset>`
}

function radio(name: string, id: string, caption: string, checked: boolean): string {
  return (
    `<input class="hidden" type="radio" name="${name}" id="${id}"${checked ? ' checked="checked"' : ''}/>` +
    `<label for="${id}" dir="auto">${escapeXml(caption)}</label>`
  )
}

function noteList(notes: readonly string[], words: PageWords): string {
  const items = notes.map((note) => `<li dir="auto">${escapeXml(note)}</li>`)
  return `<section class="notes"><h2>${words.notes}</h2><ul>${items.join('')}</ul></section>`
}

function panel(card: PreviewPageCard, index: number, words: PageWords): string {
  const embed = (svg: string, name: string) => withOwnIds(svg, `c${index}${name}-`)
  const back = `<div class="back-light">${embed(card.back.light, 'l')}</div><div class="back-dark">${embed(card.back.dark, 'd')}</div>`
  const more = (card.more ?? []).map(({ caption, svg }, at) => figure(caption, embed(svg, `m${at}`), ''))
  return (
    `<section class="panel" id="panel-${index}" aria-label="${escapeXml(card.caption)}">` +
    `<div class="sides">${figure(words.front, embed(card.front, 'f'), 'phone')}${figure(words.back, back, 'phone')}${more.join('')}</div>` +
    `<details open="open"><summary>${words.texts}</summary>${textsTable(card.view, words)}</details></section>`
  )
}

function figure(caption: string, inner: string, look: string): string {
  const framed = look === '' ? inner : `<div class="${look}">${inner}</div>`
  return `<figure><figcaption dir="auto">${escapeXml(caption)}</figcaption>${framed}</figure>`
}

/**
 * The drawing with a prefix before all of its ids. A browser finds the first of equal ids, and draws nothing clipped by
 * an element that is hidden, as all cards but one are.
 */
export function withOwnIds(svg: string, prefix: string): string {
  const ids = new Set([...svg.matchAll(/ id="([^"]+)"/g)].map(([, id]) => id))
  return svg.replaceAll(/( id="|url\(#|href="#)([^")]+)/g, (all, before: string, id: string) =>
    ids.has(id) ? `${before}${prefix}${id}` : all,
  )
}
