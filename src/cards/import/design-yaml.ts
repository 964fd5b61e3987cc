import { DESIGN_SCHEMA_FILE } from '../design/design-schema.js'
import type { CodeSuggestion } from './suggest-codes.js'
import type { FieldSuggestion } from './suggest-fields.js'

export interface DesignYamlInput {
  /** What the pass came from, for the comment at the top. */
  readonly source: string
  readonly title: string
  readonly suggestions: readonly FieldSuggestion[]
  readonly codes: CodeSuggestion
  /** Whether each card of the pass says when it expires. */
  readonly expires: boolean
  readonly language: string
  /** Field key (and `serial`, `barcode`) -> cell. */
  readonly sample: Readonly<Record<string, string>>
  /** True when the sample is what the card of a real person said. */
  readonly ownSample: boolean
}

/** The text of design.yaml, each suggestion with its reason beside it. */
export function designYaml(input: DesignYamlInput): string {
  const { source, title, suggestions, codes, sample, language } = input
  const lines = [
    `# yaml-language-server: $schema=../../${DESIGN_SCHEMA_FILE}`,
    `# Suggested from ${comment(source)}. Look through the fields: what is not named here is the same on every card.`,
    '# Every key is explained in docs/guides/designs.md of Tessera.',
    'version: 1',
    `title: ${quoted(title)}`,
    '',
    ...serialLines(codes),
    ...barcodeLines(codes),
    ...(input.expires ? ['# The passes expire on different days.', 'expires: {column: expires}', ''] : []),
    ...fieldLines(suggestions),
  ]
  const cells = Object.entries(sample)
  if (cells.length > 0) {
    lines.push(
      '',
      input.ownSample
        ? '# What previews show. These are the values of the card that was imported: somebody else’s data, perhaps.'
        : '# What previews show. Invented, of the same kind as on the card that was imported.',
      'sample:',
      `  ${key(language)}:`,
      ...cells.map(([name, cell]) => `    ${key(name)}: ${quoted(cell)}`),
    )
  }
  return `${lines.join('\n')}\n`
}

function serialLines({ serialField }: CodeSuggestion): string[] {
  if (serialField !== undefined) {
    return ['# The card shows its serial in this field.', `serial: {column: ${scalar(serialField)}}`, '']
  }
  return [
    '# A column called `serial` gives the cards their serial numbers; without one, each member gets a serial derived',
    '# from the row. Another column, or the columns that identify a member:',
    '# serial: {column: card_number}',
    '# serial: {key: [phone]}',
    '',
  ]
}

function barcodeLines({ barcode }: CodeSuggestion): string[] {
  if (barcode === undefined) return ['# The pass has no barcode.', '']
  const source = 'value' in barcode ? `  value: ${quoted(barcode.value)}` : `  column: ${scalar(barcode.column)}`
  const why = `${barcode.why.charAt(0).toUpperCase()}${barcode.why.slice(1)}`
  const text = barcode.text === undefined ? [] : [`  text: ${quoted(barcode.text)} # printed below the code`]
  return [`# ${comment(why)}.`, 'barcode:', source, ...text, '']
}

function fieldLines(suggestions: readonly FieldSuggestion[]): string[] {
  if (suggestions.length === 0) {
    return ['# Nothing looked as if it differed from member to member. One line per field key feeds it:', 'fields: {}']
  }
  return [
    '# A column of the same name as the field feeds it; `column:` names another one.',
    'fields:',
    ...suggestions.flatMap((suggestion) => {
      const name = suggestion.label === undefined ? '' : `${comment(suggestion.label)}: `
      return [`  # ${name}${suggestion.why}`, `  ${key(suggestion.key)}: {${attributes(suggestion).join(', ')}}`]
    }),
  ]
}

function attributes({ type, required, currency, options, default: preset }: FieldSuggestion): string[] {
  return [
    `type: ${type}`,
    ...(required ? ['required: true'] : []),
    ...(currency === undefined ? [] : [`currency: ${currency}`]),
    ...(options === undefined ? [] : [`options: [${options.map(scalar).join(', ')}]`]),
    ...(preset === undefined ? [] : [`default: ${quoted(preset)}`]),
  ]
}

const PLAIN = /^[\p{L}_][\p{L}\p{M}\p{N}_-]{0,62}$/u
/** What YAML takes for something else than text, in one version or another. */
const SPECIAL = /^(?:y|yes|n|no|on|off|true|false|null|nan|inf)$/i

function key(text: string): string {
  return scalar(text)
}

function scalar(text: string): string {
  return PLAIN.test(text) && !SPECIAL.test(text) ? text : quoted(text)
}

/** A JSON string is a YAML string too, once characters that YAML does not allow are escaped. */
function quoted(text: string): string {
  return JSON.stringify(text).replaceAll(
    /[\u007f-\u009f\u2028\u2029\ufeff\ufffe\uffff]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  )
}

/** One line, without what would end the comment. */
function comment(text: string): string {
  return text
    .replaceAll(/[\p{C}\p{Zl}\p{Zp}\s]+/gu, ' ')
    .trim()
    .slice(0, 100)
}
