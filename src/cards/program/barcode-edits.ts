import { type JsonObjectNode, jsonMember } from '../design/json-source.js'
import { compileTextTemplate } from '../text-template.js'
import { jsonString } from './json-text.js'
import type { Edit, Hole, ObjectEdits } from './parts.js'

// biome-ignore lint/suspicious/noControlCharactersInRegex: the whole range of ISO 8859-1 is meant
const LATIN_1 = /^[\u0000-\u00ff]*$/
const message: Hole = (card) => jsonString(card.barcode)

/**
 * How one barcode of pass.json changes with the card. A message that does not fit ISO 8859-1, the usual encoding, is
 * declared as UTF-8; phones show no barcode otherwise.
 */
export function barcodeEdits(barcode: JsonObjectNode, textTemplate: string | undefined): ObjectEdits {
  const members = new Map<string, Edit>([['message', { kind: 'set', value: message }]])
  if (textTemplate !== undefined) {
    const fill = compileTextTemplate(textTemplate)
    members.set('altText', { kind: 'set', value: (card) => jsonString(fill(card)) })
  }
  const encoding = jsonMember(barcode, 'messageEncoding')
  const own = encoding?.kind === 'scalar' ? encoding.value : 'iso-8859-1'
  if (typeof own !== 'string' || !/^iso-8859-1$/i.test(own)) return { members }
  if (encoding === undefined) {
    return { members, tail: [(card) => (LATIN_1.test(card.barcode) ? '' : ',"messageEncoding":"utf-8"')] }
  }
  const ownText = jsonString(own)
  members.set('messageEncoding', {
    kind: 'set',
    value: (card) => (LATIN_1.test(card.barcode) ? ownText : '"utf-8"'),
  })
  return { members }
}
