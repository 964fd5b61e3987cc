import { escapeXml } from '../../cards/preview/svg-text.js'

/** Markup, as opposed to text that may hold anything. Only {@link html} and {@link markup} make it. */
export class Html {
  readonly #text: string
  constructor(text: string) {
    this.#text = text
  }
  toString(): string {
    return this.#text
  }
}

type Part = string | number | Html | undefined | readonly (Html | undefined)[]

/** Markup from a template: whatever is filled in is text, and is escaped, unless it is markup itself. */
export function html(strings: TemplateStringsArray, ...parts: readonly Part[]): Html {
  return new Html(strings.reduce((text, string, index) => text + rendered(parts[index - 1]) + string))
}

/** For markup that is the program's own. */
export function markup(text: string): Html {
  return new Html(text)
}

function rendered(part: Part): string {
  if (part === undefined) return ''
  if (part instanceof Html) return part.toString()
  if (typeof part === 'object') return part.map(rendered).join('')
  return escapeXml(String(part))
}
