import { type JsonObjectNode, jsonMember, parseJsonSource } from './json-source.js'

/** Replaces values at the top of a JSON object in its text; layout and everything else stay. Missing keys are skipped. */
export function replaceTopValues(text: string, values: Readonly<Record<string, string | undefined>>): string {
  const root = parseJsonSource(text)
  const edits = Object.entries(values).flatMap(([key, value]) => {
    const node = jsonMember(root, key)
    return value === undefined || node === undefined ? [] : [{ node, text: JSON.stringify(value) }]
  })
  // From the end, so that the places before stay where they are.
  edits.sort((a, b) => b.node.start - a.node.start)
  let result = text
  for (const { node, text: json } of edits) result = result.slice(0, node.start) + json + result.slice(node.end)
  return result
}

/** Sets texts at the top of a JSON object in its text. Missing keys come last; undefined removes a key. */
export function setTopValues(text: string, values: Readonly<Record<string, string | undefined>>): string {
  let result = text
  for (const [key, value] of Object.entries(values)) {
    const root = parseJsonSource(result)
    if (root.kind !== 'object') return text
    if (value === undefined) result = removeMember(result, root, key)
    else if (jsonMember(root, key) !== undefined) result = replaceTopValues(result, { [key]: value })
    else result = addMember(result, root, `${JSON.stringify(key)}: ${JSON.stringify(value)}`)
  }
  return result
}

function addMember(text: string, root: JsonObjectNode, member: string): string {
  const last = root.members.at(-1)
  if (last === undefined) return `${text.slice(0, root.start)}{${member}}${text.slice(root.end)}`
  // As far in as the others, on a line of its own where they are.
  const before = text.slice(0, last.keySpan.start)
  const space = /\s*$/.exec(before)?.[0] ?? ''
  return `${text.slice(0, last.value.end)},${space}${member}${text.slice(last.value.end)}`
}

function removeMember(text: string, root: JsonObjectNode, key: string): string {
  const index = root.members.findIndex((member) => member.key === key)
  const member = root.members[index]
  if (member === undefined) return text
  const next = root.members[index + 1]
  if (next !== undefined) return text.slice(0, member.keySpan.start) + text.slice(next.keySpan.start)
  const previous = root.members[index - 1]
  return text.slice(0, previous?.value.end ?? member.keySpan.start) + text.slice(member.value.end)
}
