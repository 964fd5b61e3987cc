/**
 * The elements of well-formed markup, in order, as name and attributes.
 *
 * @throws when a tag is not closed, an attribute is not quoted, or a text holds a bare `<` or `&`
 */
export function elementsOf(
  markup: string,
): { readonly name: string; readonly attributes: ReadonlyMap<string, string> }[] {
  const elements: { name: string; attributes: Map<string, string> }[] = []
  const open: string[] = []
  let rest = markup.replace(/^<!DOCTYPE html>/, '')
  while (rest !== '') {
    const inside = open.at(-1) ?? ''
    const isRaw = inside === 'style' || inside === 'script'
    const text = isRaw ? rest.slice(0, rest.indexOf(`</${inside}>`)) : (/^[^<]+/.exec(rest)?.[0] ?? '')
    if (text !== '') {
      if (!isRaw) checkText(text)
      rest = rest.slice(text.length)
      continue
    }
    const tag = /^<(\/?)([A-Za-z][\w-]*)((?: [\w:-]+="[^"<]*")*)(\/?)>/.exec(rest)
    if (tag === null) throw new Error(`no tag: ${rest.slice(0, 80)}`)
    const [all, closing, name = '', attributes = '', alone] = tag
    if (closing === '/') {
      if (open.pop() !== name) throw new Error(`closed but not open: ${name}`)
    } else {
      const pairs = [...attributes.matchAll(/ ([\w:-]+)="([^"]*)"/g)].map(
        ([, key = '', value = '']) => [key, value] as const,
      )
      for (const [, value] of pairs) checkText(value)
      if (new Set(pairs.map(([key]) => key)).size < pairs.length) throw new Error(`an attribute twice: ${all}`)
      elements.push({ name, attributes: new Map(pairs) })
      if (alone !== '/') open.push(name)
    }
    rest = rest.slice(all.length)
  }
  if (open.length > 0) throw new Error(`not closed: ${open}`)
  return elements
}

function checkText(text: string): void {
  if (/&(?!amp;|lt;|gt;|quot;|#39;)/.test(text)) throw new Error(`bare ampersand: ${text.slice(0, 80)}`)
  // biome-ignore lint/suspicious/noControlCharactersInRegex: XML forbids them
  if (/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]|\p{Cs}/u.test(text))
    throw new Error('a forbidden character')
}
