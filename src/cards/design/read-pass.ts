import { PASS_STYLES, type PassStyle } from './design.js'
import { designProblem } from './design-problem.js'
import {
  type JsonNode,
  type JsonObjectNode,
  JsonSourceError,
  jsonMember,
  linePosition,
  parseJsonSource,
} from './json-source.js'

export interface ReadPass {
  readonly text: string
  readonly json: Readonly<Record<string, unknown>>
  readonly style: PassStyle
  /** Keys of all fields on the card, static ones included. */
  readonly fieldKeys: ReadonlySet<string>
}

/** Reads and checks pass.json as far as making cards from it needs; the full rules are the linter's. */
export function readPass(dir: string, bytes: Uint8Array): ReadPass {
  const text = decode(dir, bytes)
  const root = parse(dir, text)
  const fail = (reason: string, node: { start: number }) =>
    designProblem({ dir, file: 'pass.json', reason, position: linePosition(text, node.start) })

  if (root.kind !== 'object') throw fail('expected an object', root)
  const style = styleOf(root, fail)
  const fieldKeys = new Set<string>()
  for (const name of PASS_STYLES) {
    const styleNode = jsonMember(root, name)
    if (styleNode === undefined) continue
    const seen = new Set<string>()
    for (const field of passFields(styleNode)) {
      const key = jsonMember(field, 'key')
      if (key?.kind !== 'scalar' || typeof key.value !== 'string' || key.value === '')
        throw fail('the field has no "key"', field)
      if (seen.has(key.value)) throw fail(`the field key "${key.value}" occurs twice`, key)
      seen.add(key.value)
      fieldKeys.add(key.value)
    }
  }
  return { text, json: JSON.parse(text) as Record<string, unknown>, style, fieldKeys }
}

/** The field objects of a style, over all its groups (header, primary, secondary, …, and those still to come). */
export function passFields(style: JsonNode): JsonObjectNode[] {
  if (style.kind !== 'object') return []
  return style.members.flatMap(({ value }) =>
    value.kind === 'array' ? value.items.filter((item) => item.kind === 'object') : [],
  )
}

function decode(dir: string, bytes: Uint8Array): string {
  try {
    // A byte order mark, which some editors write, is dropped.
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch (cause) {
    throw designProblem({ dir, file: 'pass.json', reason: 'is not UTF-8 text', cause })
  }
}

function parse(dir: string, text: string): JsonNode {
  try {
    return parseJsonSource(text)
  } catch (cause) {
    if (!(cause instanceof JsonSourceError)) throw cause
    const position = linePosition(text, cause.offset)
    throw designProblem({ dir, file: 'pass.json', reason: cause.message, position, cause })
  }
}

function styleOf(root: JsonObjectNode, fail: (reason: string, node: { start: number }) => Error): PassStyle {
  const present = PASS_STYLES.filter((style) => jsonMember(root, style) !== undefined)
  const [first, second] = present
  if (first === undefined) throw fail(`has no style; expected one of the keys ${PASS_STYLES.join(', ')}`, root)
  const style = present.includes('posterGeneric') ? 'posterGeneric' : first
  const compatible =
    present.length === 1 || (present.length === 2 && present.includes('generic') && style === 'posterGeneric')
  if (!compatible) throw fail(`has the styles ${present.join(' and ')}, but a pass has one`, memberOf(root, second))
  const node = memberOf(root, style)
  if (node.kind !== 'object') throw fail(`"${style}" must be an object`, node)
  return style
}

function memberOf(root: JsonObjectNode, key: string | undefined): JsonNode {
  return (key === undefined ? undefined : jsonMember(root, key)) ?? root
}
