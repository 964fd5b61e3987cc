import { type JsonNode, jsonMember } from '../design/json-source.js'
import { jsonEditor } from '../pass/json-editor.js'
import type { PassSource, SourceField } from '../pass/pass-source.js'
import { parsePassDate } from '../view/format-date.js'
import { layOutJson } from './lay-out-json.js'
import { barcodesOf, serialOf } from './pass-codes.js'
import type { FieldSuggestion } from './suggest-fields.js'

export interface CleanOptions {
  readonly suggestions: readonly FieldSuggestion[]
  /** True leaves the values of the card in pass.json. */
  readonly keepValues: boolean
  /** Field key -> cell of the sample; dates show it, since a date cannot be empty. */
  readonly sample: Readonly<Record<string, string>>
  /** What Pass Designer shows; issuing takes both from the certificate. */
  readonly passTypeIdentifier?: string
  readonly teamIdentifier?: string
  /** True when each card says itself when it expires. */
  readonly expires: boolean
  /** Epoch milliseconds. */
  readonly now: number
}

export interface CleanedPass {
  readonly text: string
  readonly notes: readonly string[]
}

const PLACEHOLDER = 'TEMPLATE'

/**
 * The pass.json of a design made from that of a card: what belongs to the one card is taken out, everything else stays
 * as it is written, unknown keys included.
 */
export function cleanPass(pass: PassSource, options: CleanOptions): CleanedPass {
  const { suggestions, keepValues, now } = options
  const notes: string[] = []
  const editor = jsonEditor(pass.text)
  const { root, json } = pass
  /** What was replaced already. */
  const done = new Set<JsonNode>()
  const personal = keepValues ? [] : personalTexts(pass, suggestions)

  for (const key of ['authenticationToken', 'webServiceURL']) editor.remove(root, key)
  replaceTop('serialNumber', PLACEHOLDER)
  replaceTop('passTypeIdentifier', options.passTypeIdentifier)
  replaceTop('teamIdentifier', options.teamIdentifier)
  const expires = parsePassDate(json.expirationDate)
  if (options.expires) editor.remove(root, 'expirationDate')
  else if (expires !== undefined && expires.time <= now) {
    editor.remove(root, 'expirationDate')
    notes.push(`The pass expired on ${new Date(expires.time).toISOString().slice(0, 10)}; the design does not expire.`)
  }
  if (json.voided === true) {
    editor.remove(root, 'voided')
    notes.push('The pass was voided; the design is not.')
  }

  for (const node of [...itemsOf(jsonMember(root, 'barcodes')), jsonMember(root, 'barcode')]) {
    const message = jsonMember(node, 'message')
    const altText = jsonMember(node, 'altText')
    if (message !== undefined) replace(message, PLACEHOLDER)
    if (altText?.kind === 'scalar' && isPersonal(altText.value)) replace(altText, PLACEHOLDER)
  }
  const byKey = new Map(suggestions.map((suggestion) => [suggestion.key, suggestion]))
  for (const field of pass.fields) {
    const suggestion = byKey.get(field.key)
    if (suggestion !== undefined) cleanField(field, suggestion)
  }
  if (!keepValues) blankRepeats()
  return { text: layOutJson(editor.apply()), notes }

  function replaceTop(key: string, value: string | undefined): void {
    const node = jsonMember(root, key)
    if (node !== undefined && value !== undefined) replace(node, value)
  }

  function replace(node: JsonNode, value: unknown): void {
    done.add(node)
    editor.replace(node, value)
  }

  /** What the field has besides its value would stay what it was for this one card, or hide the value. */
  function cleanField({ key, node }: SourceField, suggestion: FieldSuggestion): void {
    for (const member of ['attributedValue', 'semantics']) {
      if (jsonMember(node, member) === undefined) continue
      editor.remove(node, member)
      notes.push(`"${member}" of the field "${key}" was taken out: it would be the same on every card.`)
    }
    const value = jsonMember(node, 'value')
    if (value === undefined) return
    done.add(value)
    if (!keepValues) editor.replace(value, neutral(suggestion, options.sample[key]))
  }

  /** Personal texts that stand elsewhere too: in userInfo, nfc, links and the like. */
  function blankRepeats(): void {
    const places: string[] = []
    const visit = (node: JsonNode, path: string): void => {
      if (done.has(node)) return
      if (node.kind === 'object') for (const { key, value } of node.members) visit(value, `${path}/${key}`)
      else if (node.kind === 'array') for (const [index, item] of node.items.entries()) visit(item, `${path}/${index}`)
      else if (typeof node.value === 'string' && !/^\/(?:authenticationToken|webServiceURL)$/.test(path)) {
        const blank = personal.reduce((text, known) => text.replaceAll(known, PLACEHOLDER), node.value)
        if (blank === node.value) return
        editor.replace(node, blank)
        places.push(path.slice(1))
      }
    }
    visit(root, '')
    if (places.length > 0)
      notes.push(
        `${places.join(', ')}: repeated what belongs to the one card; it says ${PLACEHOLDER} there now, on every card.`,
      )
  }

  function isPersonal(value: unknown): boolean {
    const text = String(value)
    return !keepValues && (/\d{3}/.test(text) || personal.some((known) => text.includes(known)))
  }
}

function itemsOf(node: JsonNode | undefined): readonly JsonNode[] {
  return node?.kind === 'array' ? node.items : []
}

/** What a card shows whose member brings nothing. */
function neutral({ type, about }: FieldSuggestion, cell: string | undefined): string | number {
  if (type === 'number' || type === 'money') return 0
  if (type === 'date') return (cell ?? '').includes('T') ? (cell ?? '') : `${cell}T00:00:00Z`
  return about === 'level' ? (cell ?? '') : ''
}

/** Long enough that they mean the card wherever they stand; the longest first. */
function personalTexts(pass: PassSource, suggestions: readonly FieldSuggestion[]): readonly string[] {
  const named = new Set(['name', 'number', 'email', 'phone'])
  const keys = new Set(suggestions.flatMap(({ key, about }) => (named.has(about) ? [key] : [])))
  const values = pass.fields.flatMap(({ key, value }) => (keys.has(key) ? [String(value ?? '').trim()] : []))
  const codes = barcodesOf(pass).map(({ message }) => message)
  return [...new Set([serialOf(pass) ?? '', ...codes, ...values])]
    .filter((text) => text.length >= 4 && text !== PLACEHOLDER)
    .sort((a, b) => b.length - a.length)
}
