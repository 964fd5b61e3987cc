import { FIELD_GROUPS } from '../styles.js'
import type { PassView } from '../view/types.js'
import type { PageWords } from './page-words.js'
import { escapeXml } from './svg-text.js'

/** All texts of a card as a table, for screen readers, for searching and for copying. */
export function textsTable(view: PassView, words: PageWords): string {
  const rows = [
    row(words.organization, '', view.organizationName),
    row(words.description, '', view.description),
    row(words.logoText, '', view.logoText ?? ''),
    ...FIELD_GROUPS.flatMap((group) =>
      view.groups[group].map(({ label, text }) => row(words.groups[group], label, text)),
    ),
    ...view.barcodes.map(({ format, message, altText }) =>
      row(
        words.barcode,
        `${format.replace('PKBarcodeFormat', '')}${altText === undefined ? '' : ` (${altText})`}`,
        message,
      ),
    ),
  ]
  const head = [words.place, words.label, words.value].map((word) => `<th scope="col">${word}</th>`).join('')
  return (
    `<div class="scroll"><table lang="${escapeXml(view.locale)}"><thead><tr>${head}</tr></thead>` +
    `<tbody>${rows.join('')}</tbody></table></div>`
  )
}

function row(place: string, label: string, text: string): string {
  if (label === '' && text === '') return ''
  return `<tr><th scope="row">${place}</th><td dir="auto">${escapeXml(label)}</td><td dir="auto">${escapeXml(text)}</td></tr>`
}
