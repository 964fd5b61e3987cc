import type { JsonNode, JsonObjectNode } from '../design/json-source.js'

/** The node that a pointer (without leading slash) leads to, or undefined. Of equal keys the last counts, as in JSON.parse. */
export function nodeAt(root: JsonNode, pointer: string): JsonNode | undefined {
  let node: JsonNode | undefined = root
  for (const step of stepsOf(pointer)) {
    if (node === undefined) return undefined
    node = childOf(node, step)
  }
  return node
}

/** The node, or the nearest parent that is there. */
export function nearestNode(root: JsonNode, pointer: string): JsonNode {
  let node = root
  for (const step of stepsOf(pointer)) {
    const next = childOf(node, step)
    if (next === undefined) break
    node = next
  }
  return node
}

/** The object that holds the member a pointer names, and the member's key. */
export function parentAt(root: JsonNode, pointer: string): { node: JsonObjectNode; key: string } | undefined {
  const steps = stepsOf(pointer)
  const key = steps.pop()
  let node: JsonNode | undefined = root
  for (const step of steps) node = node === undefined ? undefined : childOf(node, step)
  return node?.kind === 'object' && key !== undefined ? { node, key } : undefined
}

function stepsOf(pointer: string): string[] {
  return pointer === '' ? [] : pointer.split('/').map((step) => step.replaceAll('~1', '/').replaceAll('~0', '~'))
}

function childOf(node: JsonNode, step: string): JsonNode | undefined {
  if (node.kind === 'array') return node.items[Number(step)]
  if (node.kind !== 'object') return undefined
  if (node.members.length <= FEW) return node.members.findLast(({ key }) => key === step)?.value
  const known = byKey.get(node) ?? new Map(node.members.map(({ key, value }) => [key, value]))
  byKey.set(node, known)
  return known.get(step)
}

const FEW = 32
/** Members of large objects by their keys, so that many findings in one take no longer than they must. */
const byKey = new WeakMap<JsonObjectNode, Map<string, JsonNode>>()
