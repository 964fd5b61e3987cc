import { markup } from './html.js'

/** Signs of our own drawing. They say nothing that the text beside them does not. */

/** A few cards in a pocket. */
export const CARDS_SIGN = markup(
  '<svg class="sign" aria-hidden="true" viewBox="0 0 28 28" width="28" height="28">' +
    '<rect x="3" y="4" width="22" height="9" rx="3" fill="currentColor" opacity=".45"/>' +
    '<rect x="3" y="8" width="22" height="9" rx="3" fill="currentColor" opacity=".7"/>' +
    '<path fill="currentColor" d="M3 13.5h6.6c.6 0 1 .5 1.2 1a3.4 3.4 0 0 0 6.4 0c.2-.5.6-1 1.2-1H25V21a4 4 0 0 1-4 4H7a4 4 0 0 1-4-4z"/>' +
    '</svg>',
)

export const DOWN_SIGN = markup(
  '<svg class="sign" aria-hidden="true" viewBox="0 0 24 24" width="22" height="22" fill="none" stroke="currentColor" ' +
    'stroke-width="2" stroke-linecap="round" stroke-linejoin="round"><path d="M12 4v11m-5-4.5 5 5 5-5M5 20h14"/></svg>',
)
