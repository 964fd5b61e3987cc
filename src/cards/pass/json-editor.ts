import type { JsonMember, JsonNode, JsonObjectNode } from '../design/json-source.js'

interface Edit {
  readonly start: number
  readonly end: number
  readonly text: string
}

/** Changes of a JSON text at some places; the layout of everything else stays. */
export interface JsonEditor {
  replace(node: JsonNode, value: unknown): void
  /** Takes a member out of its object, with the comma that belongs to it. */
  remove(object: JsonObjectNode, key: string): void
  /** Puts a member in front of the others. */
  prepend(object: JsonObjectNode, key: string, value: unknown): void
  /** The text with all changes. */
  apply(): string
}

/** @param source - the text that the nodes were read from. */
export function jsonEditor(source: string): JsonEditor {
  const edits: Edit[] = []
  const removed = new Map<JsonObjectNode, Set<JsonMember>>()
  const prepended = new Map<JsonObjectNode, string[]>()

  return {
    replace: (node, value) => edits.push({ start: node.start, end: node.end, text: JSON.stringify(value) }),
    remove(object, key) {
      const member = object.members.find((candidate) => candidate.key === key)
      if (member === undefined) return
      removed.set(object, (removed.get(object) ?? new Set()).add(member))
    },
    prepend(object, key, value) {
      const text = `${JSON.stringify(key)}: ${JSON.stringify(value)}`
      prepended.set(object, [...(prepended.get(object) ?? []), text])
    },
    apply() {
      const removals = [...removed].flatMap(([object, members]) => spansOf(object, members))
      // What lies in a part that is taken out needs no change any more.
      const inner = edits.filter(({ start, end }) => !removals.some((span) => span.start <= start && end <= span.end))
      const all = [...inner, ...removals, ...[...prepended].map(([object, texts]) => insertion(object, texts))]
      all.sort((a, b) => a.start - b.start || a.end - b.end)
      const parts: string[] = []
      let at = 0
      for (const edit of all) {
        parts.push(source.slice(at, edit.start), edit.text)
        at = edit.end
      }
      return parts.join('') + source.slice(at)
    },
  }

  function insertion(object: JsonObjectNode, texts: readonly string[]): Edit {
    const at = object.start + 1
    const [first] = object.members
    if (first === undefined) return { start: at, end: at, text: texts.join(', ') }
    const left = object.members.length - (removed.get(object)?.size ?? 0)
    const gap = source.slice(at, first.keySpan.start)
    const joined = texts.map((text) => gap + text).join(',')
    return { start: at, end: at, text: left > 0 ? `${joined},` : joined }
  }
}

/** Each member goes with the comma before it; those at the beginning with the comma behind. */
function spansOf(object: JsonObjectNode, members: ReadonlySet<JsonMember>): Edit[] {
  const spans: Edit[] = []
  let keptBefore = false
  object.members.forEach((member, index) => {
    if (!members.has(member)) {
      keptBefore = true
      return
    }
    const [before, after] = [object.members[index - 1], object.members[index + 1]]
    const start = keptBefore && before !== undefined ? before.value.end : member.keySpan.start
    const end = keptBefore || after === undefined ? member.value.end : after.keySpan.start
    spans.push({ start, end, text: '' })
  })
  return spans
}
