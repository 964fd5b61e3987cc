import type { FieldValue } from './values/types.js'

const PLACEHOLDER = /\{([^{}]+)\}/g

/** The names in braces of a template such as `MEMBER-{serial}`. */
export function placeholdersOf(template: string): string[] {
  return Array.from(template.matchAll(PLACEHOLDER), (match) => match[1] ?? '')
}

/** What a text template may refer to besides field keys. */
export interface TextTemplateInput {
  readonly serial: string
  /** Message of the barcode, where it is already known. */
  readonly barcode?: string
  readonly values: Readonly<Record<string, FieldValue>>
}

/**
 * Compiles a template over `{serial}`, `{barcode}` and `{field key}`. A field without a value becomes nothing. A field
 * that is itself called `serial` or `barcode` is hidden by the built-in name.
 */
export function compileTextTemplate(template: string): (input: TextTemplateInput) => string {
  if (template === '{serial}') return (input) => input.serial
  const parts = template.split(PLACEHOLDER)
  return (input) => {
    let text = ''
    // split() with a capture group alternates: constant, name, constant, name, …
    for (let index = 0; index < parts.length; index++) {
      const part = parts[index] ?? ''
      text += index % 2 === 0 ? part : lookUp(part, input)
    }
    return text
  }
}

function lookUp(name: string, input: TextTemplateInput): string {
  if (name === 'serial') return input.serial
  if (name === 'barcode' && input.barcode !== undefined) return input.barcode
  return Object.hasOwn(input.values, name) ? String(input.values[name]) : ''
}
