import type { XmlAttribute } from './xml-tokens.js'

/** Parts that use parts in a chain; real drawings have two or three. */
const MOST_LINKS = 100

/**
 * Counts how many elements a drawing really has: each use of a part draws all of it again, and parts that use parts
 * multiply (the "billion laughs").
 */
export class ExpansionCounter {
  /** Names of the elements that are open, undefined where they have none. */
  readonly #open: (string | undefined)[] = []
  readonly #parts = new Map<string, { elements: number; references: string[] }>()
  readonly #references: string[] = []

  open(attributes: readonly XmlAttribute[], empty: boolean): void {
    const id = attributes.find(({ name }) => name === 'id' || name === 'xml:id')?.value
    if (id !== undefined && !this.#parts.has(id)) this.#parts.set(id, { elements: 0, references: [] })
    const targets = attributes.flatMap(({ name, value }) => targetsOf(name, value))
    this.#references.push(...targets)
    for (const outer of new Set([...this.#open, id])) {
      const part = outer === undefined ? undefined : this.#parts.get(outer)
      if (part === undefined) continue
      part.elements++
      part.references.push(...targets)
    }
    if (!empty) this.#open.push(id)
  }

  close(): void {
    this.#open.pop()
  }

  /** Elements that are drawn by reference; infinite where a part uses itself, or where a chain of parts is too long. */
  total(): number {
    const known = new Map<string, number>()
    const sizeOf = (id: string, depth = 0): number => {
      const part = this.#parts.get(id)
      if (part === undefined) return 0
      const size = known.get(id)
      if (size !== undefined) return size
      if (depth > MOST_LINKS) return Number.POSITIVE_INFINITY
      // Met again before it is known: it uses itself.
      known.set(id, Number.POSITIVE_INFINITY)
      const sum = part.references.reduce((total, target) => total + sizeOf(target, depth + 1), part.elements)
      known.set(id, sum)
      return sum
    }
    return this.#references.reduce((total, target) => total + sizeOf(target), 0)
  }
}

function targetsOf(name: string, value: string): string[] {
  if (/(?:^|:)href$/i.test(name)) return value.trim().startsWith('#') ? [value.trim().slice(1)] : []
  return [...value.matchAll(/url\(\s*["']?#([^"')\s]+)/gi)].map(([, id = '']) => id)
}
