import type { JsonNode, JsonObjectNode } from '../design/json-source.js'
import type { CardData } from '../model.js'

/** JSON text that depends on the card. */
export type Hole = (card: CardData) => string
/** A piece of the output: always the same, or different per card. */
export type Part = string | Hole

/** What happens to one member of an object of pass.json. */
export type Edit =
  | { readonly kind: 'drop' }
  /** The value is replaced; where the member is missing it is added at the end of the object. */
  | { readonly kind: 'set'; readonly value: Part }
  /** The value is written by someone else, if the member is there. */
  | { readonly kind: 'inside'; readonly write: (node: JsonNode, out: Part[]) => void }

export interface ObjectEdits {
  readonly members: ReadonlyMap<string, Edit>
  /** Written before the closing brace. Each gives '' or text that begins with a comma. */
  readonly tail?: readonly Hole[]
}

/** Writes values of a JSON text: every token as it was written, in its order, without the white space between them. */
export interface JsonWriter {
  copy(node: JsonNode, out: Part[]): void
  edited(node: JsonObjectNode, edits: ObjectEdits, out: Part[]): void
  /** Writes an array, each of its objects with the edits that the callback gives for it. */
  eachObject(node: JsonNode, editsOf: (item: JsonObjectNode) => ObjectEdits | undefined, out: Part[]): void
}

export function jsonWriter(source: string): JsonWriter {
  function edited(node: JsonObjectNode, edits: ObjectEdits, out: Part[]): void {
    const missing = new Map(edits.members)
    let first = true
    const begin = (key: string) => {
      out.push(first ? `${key}:` : `,${key}:`)
      first = false
    }
    out.push('{')
    for (const { key, keySpan, value } of node.members) {
      const edit = edits.members.get(key)
      missing.delete(key)
      if (edit?.kind === 'drop') continue
      begin(source.slice(keySpan.start, keySpan.end))
      if (edit?.kind === 'set') out.push(edit.value)
      else if (edit?.kind === 'inside') edit.write(value, out)
      else copy(value, out)
    }
    for (const [key, edit] of missing) {
      if (edit.kind !== 'set') continue
      begin(JSON.stringify(key))
      out.push(edit.value)
    }
    out.push(...(edits.tail ?? []), '}')
  }

  function eachObject(node: JsonNode, editsOf: (item: JsonObjectNode) => ObjectEdits | undefined, out: Part[]): void {
    if (node.kind !== 'array') {
      copy(node, out)
      return
    }
    out.push('[')
    node.items.forEach((item, index) => {
      if (index > 0) out.push(',')
      const edits = item.kind === 'object' ? editsOf(item) : undefined
      if (item.kind === 'object' && edits !== undefined) edited(item, edits, out)
      else copy(item, out)
    })
    out.push(']')
  }

  function copy(node: JsonNode, out: Part[]): void {
    if (node.kind === 'scalar') out.push(source.slice(node.start, node.end))
    else if (node.kind === 'array') eachObject(node, () => undefined, out)
    else edited(node, { members: new Map() }, out)
  }

  return { copy, edited, eachObject }
}

/** Joins neighbouring constants and returns the function that fills the holes between them. */
export function compileParts(parts: readonly Part[]): (card: CardData) => string {
  const constants: string[] = ['']
  const holes: Hole[] = []
  for (const part of parts) {
    if (typeof part === 'string') constants[constants.length - 1] += part
    else {
      holes.push(part)
      constants.push('')
    }
  }
  const [head = '', ...rest] = constants
  return (card) => {
    let text = head
    for (let index = 0; index < holes.length; index++) {
      text += (holes[index] as Hole)(card) + (rest[index] as string)
    }
    return text
  }
}
