import { BARCODES } from '../barcode/formats.js'
import { type Design, PASS_STYLES } from '../design/design.js'
import { type JsonObjectNode, jsonMember, parseJsonSource } from '../design/json-source.js'
import type { CardData, CardExtras, PassIdentity } from '../model.js'
import { barcodeEdits, newBarcodes, writeBarcodes } from './barcode-edits.js'
import { fieldEdits } from './field-edits.js'
import { jsonMoment, jsonString } from './json-text.js'
import { compileParts, type Edit, type Hole, jsonWriter, type ObjectEdits, type Part } from './parts.js'

/**
 * Compiles pass.json into a function that only joins strings. Whatever Tessera does not set is written token by token
 * as in the design: unknown keys, their order, the digits of numbers and the escapes of strings.
 */
export function compilePass(
  design: Design,
  identity: PassIdentity,
  currency: string | undefined,
): (card: CardData) => string {
  const source = design.passText
  const root = parseJsonSource(source)
  if (root.kind !== 'object') throw new TypeError('a loaded design has an object in pass.json')
  const writer = jsonWriter(source)
  const specs = new Map(design.fields.map((spec) => [spec.key, spec]))
  const members = new Map<string, Edit>()
  const tail: Hole[] = []
  const set = (key: string, value: Part) => members.set(key, { kind: 'set', value })

  set('serialNumber', (card) => jsonString(card.serial))
  set('passTypeIdentifier', jsonString(identity.passTypeIdentifier))
  set('teamIdentifier', jsonString(identity.teamIdentifier))
  if (identity.organizationName !== undefined) set('organizationName', jsonString(identity.organizationName))
  if (identity.webServiceURL === undefined) {
    members.set('webServiceURL', { kind: 'drop' })
    members.set('authenticationToken', { kind: 'drop' })
  } else {
    set('webServiceURL', jsonString(identity.webServiceURL))
    set('authenticationToken', (card) => jsonString(card.token))
  }

  /** A member that a card may have or not: the design's own stays where the card says nothing. */
  const optional = (key: string, read: Hole) => {
    const own = jsonMember(root, key)
    if (own === undefined) {
      tail.push((card) => {
        const text = read(card)
        return text === '' ? '' : `,"${key}":${text}`
      })
      return
    }
    const ownText = source.slice(own.start, own.end)
    set(key, (card) => read(card) || ownText)
  }
  optional('expirationDate', (card) => (card.expiresAt === undefined ? '' : jsonMoment(card.expiresAt)))
  optional('voided', (card) => (card.voided === undefined ? '' : String(card.voided)))

  optional('sharingProhibited', ({ extras }) => (extras?.sharing === undefined ? '' : String(!extras.sharing)))
  const relevantText = (key: 'locations' | 'beacons', read: (extras: CardExtras) => string | undefined) => {
    const own = (place: JsonObjectNode): string => {
      const text = jsonMember(place, 'relevantText')
      return text === undefined ? '' : source.slice(text.start, text.end)
    }
    const editsOf = (place: JsonObjectNode): ObjectEdits => {
      const written = (card: CardData): string => {
        const text = card.extras && read(card.extras)
        return text === undefined ? own(place) : jsonString(text)
      }
      // An object without members has no place behind a comma; and it is no place on earth either.
      if (place.members.length === 0) return { members: new Map() }
      return own(place) === ''
        ? { members: new Map(), tail: [(card) => (written(card) === '' ? '' : `,"relevantText":${written(card)}`)] }
        : { members: new Map([['relevantText', { kind: 'set', value: written }]]) }
    }
    members.set(key, { kind: 'inside', write: (node, out) => writer.eachObject(node, editsOf, out) })
  }
  relevantText('locations', ({ locationText }) => locationText)
  relevantText('beacons', ({ beaconText }) => beaconText)

  const { text, format: kind } = design.config.barcode ?? {}
  const format = kind === undefined ? undefined : BARCODES[kind].format
  members.set('barcode', {
    kind: 'inside',
    write: (node, out) =>
      node.kind === 'object' ? writer.edited(node, barcodeEdits(node, text), out) : writer.copy(node, out),
  })
  if (format !== undefined && jsonMember(root, 'barcodes') === undefined) set('barcodes', newBarcodes(format, text))
  else
    members.set('barcodes', {
      kind: 'inside',
      write: (node, out) => writeBarcodes(node, writer, { text, format }, out),
    })

  const editsOf = (field: JsonObjectNode) => {
    const key = jsonMember(field, 'key')
    const spec = key?.kind === 'scalar' ? specs.get(String(key.value)) : undefined
    return spec === undefined ? undefined : fieldEdits(field, spec, { source, currency })
  }
  const group: Edit = { kind: 'inside', write: (node, out) => writer.eachObject(node, editsOf, out) }
  const style: Edit = {
    kind: 'inside',
    write: (node, out) => {
      const groups = node.kind === 'object' ? node.members.map(({ key }): [string, Edit] => [key, group]) : []
      if (node.kind === 'object') writer.edited(node, { members: new Map(groups) }, out)
      else writer.copy(node, out)
    },
  }
  for (const name of PASS_STYLES) members.set(name, style)

  const parts: Part[] = []
  writer.edited(root, { members, tail }, parts)
  return compileParts(parts)
}
