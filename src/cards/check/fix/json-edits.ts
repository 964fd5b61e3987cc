import type { JsonNode } from '../../design/json-source.js'
import type { TextEdit } from '../../pass/slip.js'
import { nodeAt, parentAt } from '../pointers.js'

interface Source {
  readonly passText: string
  root(): JsonNode
}

/** Writes another value in place of the one at a pointer. */
export function replaceValue(source: Source, pointer: string, json: string): TextEdit[] {
  const node = nodeAt(source.root(), pointer)
  return node === undefined ? [] : [{ start: node.start, end: node.end, text: json }]
}

/** Takes a member out of its object, with its comma and its line. */
export function removeMember(source: Source, pointer: string): TextEdit[] {
  const parent = parentAt(source.root(), pointer)
  const index = parent?.node.members.findLastIndex(({ key }) => key === parent.key) ?? -1
  const member = parent?.node.members[index]
  if (parent === undefined || member === undefined) return []
  const before = parent.node.members[index - 1]
  const after = parent.node.members[index + 1]
  if (before !== undefined) return [{ start: before.value.end, end: member.value.end, text: '' }]
  if (after !== undefined) return [{ start: member.keySpan.start, end: after.keySpan.start, text: '' }]
  const { start, end } = parent.node
  return /^\s*$/.test(source.passText.slice(member.value.end, end - 1))
    ? [{ start: start + 1, end: end - 1, text: '' }]
    : []
}

/** Puts a member at the end of the object at a pointer, indented as its neighbours are. */
export function addMember(source: Source, pointer: string, key: string, json: string): TextEdit[] {
  const node = nodeAt(source.root(), pointer)
  if (node?.kind !== 'object') return []
  const text = `${JSON.stringify(key)}: ${json}`
  const last = node.members.at(-1)
  if (last === undefined) return [{ start: node.start + 1, end: node.start + 1, text }]
  const at = last.value.end
  return [{ start: at, end: at, text: `,${gapBefore(source.passText, last.keySpan.start)}${text}` }]
}

/** Puts a value at the end of the list at a pointer. */
export function addItem(source: Source, pointer: string, json: string): TextEdit[] {
  const node = nodeAt(source.root(), pointer)
  if (node?.kind !== 'array') return []
  const last = node.items.at(-1)
  if (last === undefined) return [{ start: node.start + 1, end: node.start + 1, text: json }]
  return [{ start: last.end, end: last.end, text: `,${gapBefore(source.passText, last.start)}${json}` }]
}

/** The white space in front of an offset: a line break and indentation, or what keeps things on one line. */
function gapBefore(text: string, offset: number): string {
  const gap = /[ \t\r\n]*$/.exec(text.slice(Math.max(0, offset - 200), offset))?.[0] ?? ''
  const lineBreak = gap.lastIndexOf('\n')
  if (lineBreak < 0) return gap === '' ? '' : ' '
  return gap.slice(gap[lineBreak - 1] === '\r' ? lineBreak - 1 : lineBreak)
}
