import type { PassSource } from '../pass/pass-source.js'
import { compileTextTemplate } from '../text-template.js'
import { barcodesOf, serialOf } from './pass-codes.js'
import type { FieldSuggestion } from './suggest-fields.js'

/** What feeds the serial and the barcode, as design.yaml says it; each with the reason. */
export interface CodeSuggestion {
  /** The field whose column holds the serial; absent when no field shows it. */
  readonly serialField?: string
  readonly barcode?:
    | { readonly value: string; readonly text?: string; readonly why: string }
    | { readonly column: string; readonly text?: string; readonly why: string }
}

/** Finds out what the barcode of a pass is made of. It must hold for all passes that are compared. */
export function suggestCodes(
  pass: PassSource,
  others: readonly PassSource[],
  suggestions: readonly FieldSuggestion[],
): CodeSuggestion {
  const passes = [pass, ...others]
  const shown = suggestions.filter(({ type, about }) => type === 'text' && (about === 'number' || about === 'name'))
  const serialField = shown.find(({ key }) => passes.every((one) => textOf(one, key) === serialOf(one)))?.key
  const own = serialField === undefined ? {} : { serialField }
  const [first] = barcodesOf(pass)
  if (first === undefined) return own

  const keys = shown.map(({ key }) => key)
  const template = findTemplate(passes, keys, (one) => barcodesOf(one)[0]?.message)
  const altText = first.altText
  const textTemplate =
    altText === undefined ? undefined : findTemplate(passes, keys, (one) => barcodesOf(one)[0]?.altText, true)
  const text = textTemplate ?? (altText !== undefined && looksLikeCode(altText) ? '{barcode}' : undefined)
  const shownText = text === undefined ? {} : { text }
  if (template !== undefined) {
    const why =
      template === '{serial}'
        ? 'the barcode says the serial of the card'
        : `the barcode is made of ${[...template.matchAll(/\{([^}]+)\}/g)].map(([, name]) => name).join(', ')}`
    return { ...own, barcode: { value: template, ...shownText, why } }
  }
  const why = 'what the barcode says is neither the serial nor on the card, so a column has to bring it'
  return { ...own, barcode: { column: 'barcode', ...shownText, why } }
}

type TextOf = (pass: PassSource) => string | undefined
/** A name in braces and what it stands for in the pass. */
type Known = readonly [name: string, value: string | undefined]

function findTemplate(
  passes: readonly PassSource[],
  keys: readonly string[],
  read: TextOf,
  withBarcode = false,
): string | undefined {
  const [pass] = passes
  const text = pass === undefined ? undefined : read(pass)
  if (pass === undefined || text === undefined || /[{}]/.test(text)) return undefined
  const names: Known[] = [['serial', serialOf(pass)], ...keys.map((key): Known => [key, textOf(pass, key)])]
  const message = barcodesOf(pass)[0]?.message
  const known: Known[] = withBarcode ? [...names, ['barcode', message]] : names
  const template = fillBackwards(text, known)
  if (template === undefined) return undefined
  const fill = compileTextTemplate(template)
  const holds = passes.every((one) => {
    const values = Object.fromEntries(keys.flatMap((key) => [[key, textOf(one, key) ?? '']]))
    return fill({ serial: serialOf(one) ?? '', barcode: barcodesOf(one)[0]?.message ?? '', values }) === read(one)
  })
  if (!holds) return undefined
  // One pass alone cannot tell whether a number that stays is the same for everybody.
  const constant = template.replaceAll(/\{[^}]+\}/g, '').replace(/^https?:\/\/[^/]*/, '')
  return passes.length === 1 && /\d{4}|[\p{L}\d]{16}/u.test(constant) ? undefined : template
}

/** `MEMBER-{serial}` for `MEMBER-4711`. Undefined when none of the known texts is in it. */
function fillBackwards(text: string, known: readonly Known[]): string | undefined {
  const exact = known.find(([, value]) => value === text)
  if (exact !== undefined) return `{${exact[0]}}`
  const parts = known
    .filter((part): part is readonly [string, string] => part[1] !== undefined && part[1].length >= 4)
    .sort(([, a], [, b]) => b.length - a.length)
  let template = text
  for (const [name, value] of parts) {
    // Not inside of a placeholder that is there already.
    const pieces = template.split(/(\{[^}]+\})/)
    template = pieces
      .map((piece) => (piece.startsWith('{') ? piece : piece.replaceAll(value, () => `{${name}}`)))
      .join('')
  }
  return template === text ? undefined : template
}

function looksLikeCode(text: string): boolean {
  return /\d{3}/.test(text) && /^[\p{Lu}\d .-]+$/u.test(text)
}

function textOf(pass: PassSource, key: string): string | undefined {
  const value = pass.fields.find((field) => field.key === key)?.value
  return value === undefined ? undefined : String(value).trim()
}
