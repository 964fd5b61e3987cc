import { createHash } from 'node:crypto'

/**
 * A part of an id as Google takes it: letters, digits, `.`, `_` and `-`. A text that has others keeps what it can and
 * gets a hash, so that two texts never become one id.
 */
export function idPart(text: string): string {
  if (/^[\w.-]{1,64}$/.test(text)) return text
  const kept = text
    .replaceAll(/[^\w.-]+/g, '-')
    .replaceAll(/^[.-]+|[.-]+$/g, '')
    .slice(0, 40)
  const hash = createHash('sha256').update(text).digest('hex').slice(0, 10)
  return kept === '' ? hash : `${kept}-${hash}`
}

/** Ids of text modules have no dots, since paths are separated by them; each is given out once. */
export function moduleIds(): (key: string) => string {
  const used = new Set<string>()
  return (key) => {
    const base = idPart(key === '' ? 'field' : key).replaceAll('.', '_')
    let id = base
    for (let count = 2; used.has(id); count++) id = `${base}-${count}`
    used.add(id)
    return id
  }
}
