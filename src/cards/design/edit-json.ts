import { jsonMember, parseJsonSource } from './json-source.js'

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
