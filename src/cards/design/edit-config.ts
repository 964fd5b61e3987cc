import { isScalar, parseDocument } from 'yaml'

/**
 * Sets colours of the stamps in the text of design.yaml. Comments and layout stay; colours that are there are replaced
 * where they stand, and only when some are missing is the document written anew.
 */
export function setStampColours(text: string, colours: Readonly<Record<string, string>>): string {
  const document = parseDocument(text)
  if (document.errors.length > 0 || !document.hasIn(['stamps'])) return text
  const edits: { start: number; end: number; text: string }[] = []
  let missing = false
  for (const [key, colour] of Object.entries(colours)) {
    const node = document.getIn(['stamps', 'colors', key], true)
    const range = isScalar(node) ? node.range : undefined
    if (range) edits.push({ start: range[0], end: range[1], text: JSON.stringify(colour) })
    else missing = true
    document.setIn(['stamps', 'colors', key], document.createNode(colour, { flow: true }))
  }
  if (missing) return document.toString({ lineWidth: 0, flowCollectionPadding: false })
  edits.sort((a, b) => b.start - a.start)
  let result = text
  for (const edit of edits) result = result.slice(0, edit.start) + edit.text + result.slice(edit.end)
  return result
}
