import type { JsonNode } from '../../design/json-source.js'
import { nodeAt, parentAt } from '../pointers.js'
import type { TextEdit } from '../rule.js'

interface Source {
  readonly passText: string
  readonly root: JsonNode
}

/** Writes another value in place of the one at a pointer. */
export function replaceValue({ root }: Source, pointer: string, json: string): TextEdit[] {
  const node = nodeAt(root, pointer)
  return node === undefined ? [] : [{ start: node.start, end: node.end, text: json }]
}

/** Takes a member out of its object, with its comma and its line. */
export function removeMember({ passText, root }: Source, pointer: string): TextEdit[] {
  const parent = parentAt(root, pointer)
  const index = parent?.node.members.findLastIndex(({ key }) => key === parent.key) ?? -1
  const member = parent?.node.members[index]
  if (parent === undefined || member === undefined) return []
  const before = parent.node.members[index - 1]
  const after = parent.node.members[index + 1]
  if (before !== undefined) return [{ start: before.value.end, end: member.value.end, text: '' }]
  if (after !== undefined) return [{ start: member.keySpan.start, end: after.keySpan.start, text: '' }]
  const { start, end } = parent.node
  return /^\s*$/.test(passText.slice(member.value.end, end - 1)) ? [{ start: start + 1, end: end - 1, text: '' }] : []
}

/** Puts a member at the end of the object at a pointer, indented as its neighbours are. */
export function addMember({ passText, root }: Source, pointer: string, key: string, json: string): TextEdit[] {
  const node = nodeAt(root, pointer)
  if (node?.kind !== 'object') return []
  const text = `${JSON.stringify(key)}: ${json}`
  const last = node.members.at(-1)
  if (last === undefined) return [{ start: node.start + 1, end: node.start + 1, text }]
  const at = last.value.end
  return [{ start: at, end: at, text: `,${gapBefore(passText, last.keySpan.start)}${text}` }]
}

/** Puts a value at the end of the list at a pointer. */
export function addItem({ passText, root }: Source, pointer: string, json: string): TextEdit[] {
  const node = nodeAt(root, pointer)
  if (node?.kind !== 'array') return []
  const last = node.items.at(-1)
  if (last === undefined) return [{ start: node.start + 1, end: node.start + 1, text: json }]
  return [{ start: last.end, end: last.end, text: `,${gapBefore(passText, last.start)}${json}` }]
}

/** The white space in front of an offset: a line break and indentation, or what keeps things on one line. */
function gapBefore(text: string, offset: number): string {
  const gap = /[ \t\r\n]*$/.exec(text.slice(Math.max(0, offset - 200), offset))?.[0] ?? ''
  const lineBreak = gap.lastIndexOf('\n')
  if (lineBreak < 0) return gap === '' ? '' : ' '
  return gap.slice(gap[lineBreak - 1] === '\r' ? lineBreak - 1 : lineBreak)
}

/** The text after the edits; those that overlap an earlier one are left out. */
export function applyEdits(
  text: string,
  edits: readonly TextEdit[],
): { readonly text: string; readonly applied: number } {
  let result = ''
  let done = 0
  let applied = 0
  for (const { start, end, text: added } of edits.toSorted((a, b) => a.start - b.start || a.end - b.end)) {
    if (start < done) continue
    result += text.slice(done, start) + added
    done = end
    applied++
  }
  return { text: result + text.slice(done), applied }
}
