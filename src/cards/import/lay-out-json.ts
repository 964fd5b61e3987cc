import { type JsonNode, parseJsonSource } from '../design/json-source.js'

/**
 * Lays out JSON that a machine wrote on one line, for people who are going to edit it; every token stays as it is
 * written. Text that has lines already comes back as it is.
 */
export function layOutJson(text: string): string {
  if (/\n|\r/.test(text.trim())) return text
  const write = (node: JsonNode, indent: string): string => {
    if (node.kind === 'scalar') return text.slice(node.start, node.end)
    const inner = `${indent}  `
    const [open, close] = node.kind === 'object' ? ['{', '}'] : ['[', ']']
    const parts =
      node.kind === 'object'
        ? node.members.map(({ keySpan, value }) => `${text.slice(keySpan.start, keySpan.end)}: ${write(value, inner)}`)
        : node.items.map((item) => write(item, inner))
    const flat = node.kind === 'array' && node.items.every((item) => item.kind === 'scalar')
    if (parts.length === 0) return `${open}${close}`
    if (flat && parts.join(', ').length < 80) return `[${parts.join(', ')}]`
    return `${open}\n${inner}${parts.join(`,\n${inner}`)}\n${indent}${close}`
  }
  return `${write(parseJsonSource(text), '')}\n`
}
