import { barcodeFacts, fallbackFormats } from '../barcode/formats.js'
import { type JsonNode, type JsonObjectNode, jsonMember, parseJsonSource } from '../design/json-source.js'
import { compileTextTemplate } from '../text-template.js'
import type { BarcodeFormat } from '../view/types.js'
import { jsonString } from './json-text.js'
import {
  compileParts,
  type Edit,
  type Hole,
  type JsonWriter,
  jsonWriter,
  type ObjectEdits,
  type Part,
} from './parts.js'

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

export interface BarcodeOptions {
  /** `barcode.text` of design.yaml. */
  readonly text: string | undefined
  /** `barcode.format` of design.yaml: takes the place of what pass.json has. */
  readonly format: BarcodeFormat | undefined
}

/**
 * Writes `barcodes`: what pass.json has, filled with the card's message. Where all of them are of the formats that came
 * with iOS 27, or where design.yaml names the format, the formats that other phones can draw follow.
 */
export function writeBarcodes(node: JsonNode, writer: JsonWriter, { text, format }: BarcodeOptions, out: Part[]): void {
  const items = node.kind === 'array' ? node.items.filter((item) => item.kind === 'object') : []
  const [first] = items
  if (node.kind !== 'array' || first === undefined) {
    if (format === undefined) writer.copy(node, out)
    else out.push(newBarcodes(format, text))
    return
  }
  const own = items.flatMap((item) => formatOf(item) ?? [])
  const onlyNew = own.length === items.length && own.every((name) => barcodeFacts(name)?.since === 27)
  const wanted = format ?? (onlyNew ? own[0] : undefined)
  if (wanted === undefined) {
    writer.eachObject(node, (item) => barcodeEdits(item, text), out)
    return
  }
  const more = fallbackFormats(wanted).filter((name) => format !== undefined || !own.includes(name))
  const kept: (readonly [JsonObjectNode, BarcodeFormat | undefined])[] =
    format === undefined ? items.map((item) => [item, undefined] as const) : [[first, format]]
  out.push('[')
  for (const [index, [item, name]] of [...kept, ...more.map((name) => [first, name] as const)].entries()) {
    if (index > 0) out.push(',')
    writer.edited(item, inFormat(barcodeEdits(item, text), name), out)
  }
  out.push(']')
}

/** `barcodes` of a design whose pass.json has none. */
export function newBarcodes(format: BarcodeFormat, text: string | undefined): Hole {
  const source = '[{"format":"","message":"","messageEncoding":"iso-8859-1"}]'
  const out: Part[] = []
  writeBarcodes(parseJsonSource(source), jsonWriter(source), { text, format }, out)
  return compileParts(out)
}

function inFormat(edits: ObjectEdits, format: BarcodeFormat | undefined): ObjectEdits {
  if (format === undefined) return edits
  return { ...edits, members: new Map([...edits.members, ['format', { kind: 'set', value: JSON.stringify(format) }]]) }
}

function formatOf(item: JsonObjectNode): BarcodeFormat | undefined {
  const node = jsonMember(item, 'format')
  return node?.kind === 'scalar' ? barcodeFacts(node.value)?.format : undefined
}
