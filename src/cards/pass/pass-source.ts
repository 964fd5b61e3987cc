import { PASS_STYLES } from '../design/design.js'
import {
  type JsonArrayNode,
  type JsonNode,
  type JsonObjectNode,
  JsonSourceError,
  jsonMember,
  linePosition,
  parseJsonSource,
} from '../design/json-source.js'
import { parseStrings } from '../view/strings-file.js'
import { decodeText } from './decode-text.js'
import { jsonEditor } from './json-editor.js'
import { type JsonMend, mendJson } from './mend-json.js'

/** A field of a pass to be imported. */
export interface SourceField {
  readonly key: string
  /** `primary`, `back`, … */
  readonly group: string
  /** True when the field is on the front. */
  readonly front: boolean
  /** As pass.json has it. */
  readonly label: string
  /** The label in all languages of the pass. */
  readonly labels: readonly string[]
  /** Undefined when it is neither text nor a number. */
  readonly value: string | number | undefined
  /** The whole field, parsed. */
  readonly json: Readonly<Record<string, unknown>>
  readonly node: JsonObjectNode
}

/** The pass.json of someone else's pass, made strict, each field with a key of its own. */
export interface PassSource {
  readonly text: string
  readonly root: JsonObjectNode
  readonly json: Readonly<Record<string, unknown>>
  readonly fields: readonly SourceField[]
  readonly languages: readonly string[]
  /** Texts of all languages: what pass.json says -> what phones show. */
  readonly translations: ReadonlyMap<string, readonly string[]>
  /** What was mended, as sentences. */
  readonly mended: readonly string[]
}

/**
 * Reads a pass.json leniently.
 *
 * @throws JsonSourceError, its message with line and column, when it is no JSON object
 */
export function readPassSource(bytes: Uint8Array, files: ReadonlyMap<string, Uint8Array>): PassSource {
  const decoded = decodeText(bytes)
  const { text: strict, mends } = mend(decoded.text)
  const { text, named } = nameFields(strict)
  const root = parseJsonSource(text)
  if (root.kind !== 'object') throw new JsonSourceError('expected an object', 0)
  const { languages, translations } = readTranslations(files)
  const mended = [
    ...(decoded.slip === undefined ? [] : [`pass.json is ${decoded.slip.detail}; it is UTF-8 now.`]),
    ...mendSentences(mends),
    ...named,
  ]
  const json = JSON.parse(text) as Record<string, unknown>
  return { text, root, json, fields: readFields(text, root, translations), languages, translations, mended }
}

function mend(text: string): ReturnType<typeof mendJson> {
  try {
    return mendJson(text)
  } catch (error) {
    if (!(error instanceof JsonSourceError)) throw error
    const { line, column } = linePosition(text, error.offset)
    throw new JsonSourceError(`line ${line}, column ${column}: ${error.message}`, error.offset)
  }
}

/** One sentence for each kind of mistake, with the lines where it was. */
function mendSentences(mends: readonly JsonMend[]): string[] {
  const lines = new Map<string, Set<number>>()
  for (const { what, line } of mends) lines.set(what, (lines.get(what) ?? new Set()).add(line))
  return [...lines].map(([what, found]) => {
    const [first, ...more] = [...found]
    const shown = more.slice(0, 4).join(', ')
    const rest = more.length > 4 ? ' and others' : ''
    const where = more.length === 0 ? `line ${first}` : `lines ${first}, ${shown}${rest}`
    return `pass.json has ${what} (${where}), which is no strict JSON; it was mended.`
  })
}

interface FieldNode {
  readonly style: string
  readonly group: string
  readonly node: JsonObjectNode
}

function fieldNodes(root: JsonNode): FieldNode[] {
  return PASS_STYLES.flatMap((style) => {
    const content = jsonMember(root, style)
    if (content?.kind !== 'object') return []
    return content.members
      .filter((member): member is typeof member & { value: JsonArrayNode } => member.value.kind === 'array')
      .flatMap(({ key, value }) =>
        value.items
          .filter((item): item is JsonObjectNode => item.kind === 'object')
          .map((node) => ({ style, group: key.replace(/Fields$/, ''), node })),
      )
  })
}

/** No pass has a tenth of it. */
const MOST_FIELDS = 1000

/** Gives a key to fields that have none, and another one to those whose key is taken: values are fed by key. */
function nameFields(text: string): { text: string; named: string[] } {
  const editor = jsonEditor(text)
  const named: string[] = []
  const taken = new Map<string, Set<string>>()
  const fields = fieldNodes(parseJsonSource(text))
  if (fields.length > MOST_FIELDS) throw new JsonSourceError(`has more than ${MOST_FIELDS} fields`, 0)
  for (const { style, group, node } of fields) {
    const seen = taken.get(style) ?? new Set<string>()
    taken.set(style, seen)
    const own = jsonMember(node, 'key')
    const given = own?.kind === 'scalar' && typeof own.value === 'string' && own.value !== '' ? own.value : undefined
    if (given !== undefined && !seen.has(given)) {
      seen.add(given)
      continue
    }
    const label = jsonMember(node, 'label')
    const wanted = given ?? slug(label?.kind === 'scalar' ? String(label.value) : '') ?? group
    let key = wanted
    for (let number = 2; seen.has(key); number++) key = `${wanted}${number}`
    seen.add(key)
    if (own === undefined) editor.prepend(node, 'key', key)
    else editor.replace(own, key)
    named.push(
      given === undefined
        ? `A ${group} field has no key; it is called "${key}" now.`
        : `The key "${given}" occurs twice; the ${group} field is called "${key}" now.`,
    )
  }
  return { text: editor.apply(), named }
}

function slug(label: string): string | undefined {
  const words =
    label
      .normalize('NFC')
      .toLowerCase()
      .match(/[\p{L}\p{N}]+/gu) ?? []
  const name = words.slice(0, 4).join('_').slice(0, 40)
  return name === '' ? undefined : name
}

function readFields(
  text: string,
  root: JsonObjectNode,
  translations: PassSource['translations'],
): readonly SourceField[] {
  const seen = new Set<string>()
  return fieldNodes(root).flatMap(({ group, node }) => {
    const json = JSON.parse(text.slice(node.start, node.end)) as Record<string, unknown>
    const key = String(json.key)
    // `generic` repeats the fields of the `posterGeneric` beside it.
    if (seen.has(key)) return []
    seen.add(key)
    const label = typeof json.label === 'string' ? json.label : ''
    const value = typeof json.value === 'string' || typeof json.value === 'number' ? json.value : undefined
    const front = group !== 'back' && group !== 'additionalInfo'
    return [{ key, group, front, label, labels: [label, ...(translations.get(label) ?? [])], value, json, node }]
  })
}

function readTranslations(files: ReadonlyMap<string, Uint8Array>): Pick<PassSource, 'languages' | 'translations'> {
  const languages = new Set<string>()
  const translations = new Map<string, string[]>()
  for (const [path, bytes] of files) {
    const language = /^([^/]+)\.lproj\//i.exec(path)?.[1]
    if (language !== undefined) languages.add(language)
    if (!/^[^/]+\.lproj\/pass\.strings$/i.test(path)) continue
    for (const [key, value] of parseStrings(bytes)) translations.set(key, [...(translations.get(key) ?? []), value])
  }
  return { languages: [...languages].sort(), translations }
}
