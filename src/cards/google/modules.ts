import { moduleIds } from './ids.js'
import { compact } from './json.js'
import type { Claims, Source, SourceField } from './source.js'
import { checkLength } from './texts.js'
import type { JsonObject } from './types.js'

/** Google shows that many texts of a class and of an object, and that many fields in a row and rows on a card. */
const MOST_TEXTS = 10
const MOST_ROWS = 3
const ROW = 3
const BACK = new Set(['backFields', 'additionalInfoFields'])

export interface Modules {
  readonly classTexts: readonly JsonObject[]
  readonly objectTexts: readonly JsonObject[]
  /** `cardRowTemplateInfos` of the class. */
  readonly rows: readonly JsonObject[]
}

/**
 * Everything without a place of its own becomes a text with a label: texts that are the same on every card in the
 * class, the others in the object. Those of the front stand in the rows of the card, the others in its details.
 */
export function textModules(source: Source, claims: Claims, linkOnly: ReadonlySet<string>): Modules {
  const { fields, config, report, texts } = source
  const front = rowFields(source, claims)
  const inRows = new Set(front.flat())
  const idOf = moduleIds()
  const classTexts: JsonObject[] = []
  const objectTexts: JsonObject[] = []
  const items = new Map<SourceField, string>()

  for (const field of fields) {
    const item = claims.taken.get(field.path)
    if (item !== undefined) items.set(field, item)
  }
  for (const field of detailOrder(source)) {
    if (claims.taken.has(field.path) || linkOnly.has(field.path)) continue
    if (field.labels.every((text) => text === '') && field.texts.every((text) => text === '') && !field.varies) {
      report.add('field.empty', field.path)
      continue
    }
    const id = idOf(field.key)
    const side = field.varies ? 'object' : 'class'
    const path = `${side}.textModulesData['${id}']`
    items.set(field, path)
    const module = { id, ...texts.both('header', field.labels), ...texts.both('body', field.texts) }
    // A text without a body is none; the template still finds it on cards that have a value.
    if (field.texts.some((text) => text !== '')) (field.varies ? objectTexts : classTexts).push(compact(module))
    const late = !BACK.has(field.group) && !inRows.has(field)
    report.add(late ? 'field.details' : 'field.text', field.path, { to: path })
    checkLength(field.labels, 35, { report, from: `${field.path}/label`, to: path, languages: texts.languages })
    checkLength(field.texts, 500, { report, from: field.path, to: path, languages: texts.languages })
  }
  for (const field of fields)
    if (!claims.taken.has(field.path) && !items.has(field) && !linkOnly.has(field.path) && config.texts !== undefined)
      report.add('field.left-out', field.path)
  for (const [side, list] of [['class', classTexts] as const, ['object', objectTexts] as const]) {
    if (list.length <= MOST_TEXTS) continue
    const reason = `Google shows ${MOST_TEXTS} texts of the ${side}, and there are ${list.length}.`
    report.add('texts.many', source.view.style, { to: `${side}.textModulesData`, reason })
  }

  const rows = front.flatMap((row) => {
    const paths = row.flatMap((field) => items.get(field) ?? [])
    return paths.length === 0 ? [] : [templateRow(paths)]
  })
  return { classTexts, objectTexts, rows }
}

/** The fields that become texts, in order: those of the rows, then the details. */
function detailOrder(source: Source): readonly SourceField[] {
  const { config, fields, field } = source
  if (config.texts === undefined) return fields
  const named = [...(config.rows ?? []).flat(), ...config.texts].flatMap((key) => field(key) ?? [])
  const front = config.rows === undefined ? fields.filter(({ group }) => !BACK.has(group)) : []
  return [...new Set([...front, ...named])]
}

/** The fields of the front, three at most in a row and three rows at most. */
function rowFields({ fields, config, field }: Source, claims: Claims): readonly (readonly SourceField[])[] {
  // Titles and the like are taken and have no place in a row.
  const free = (one: SourceField) => !claims.taken.has(one.path) || claims.taken.get(one.path) !== undefined
  if (config.rows !== undefined) return config.rows.map((row) => row.flatMap((key) => field(key) ?? []).filter(free))
  const of = (...groups: readonly string[]) => fields.filter((one) => groups.includes(one.group) && free(one))
  const lines = [of('headerFields', 'primaryFields'), of('secondaryFields'), of('auxiliaryFields', 'footerFields')]
  const parted = lines.flatMap(chunks)
  // Lines of four need more rows than there are; then rows are filled up instead.
  return (parted.length <= MOST_ROWS ? parted : chunks(lines.flat())).slice(0, MOST_ROWS)
}

function chunks<T>(list: readonly T[]): T[][] {
  return Array.from({ length: Math.ceil(list.length / ROW) }, (_, index) => list.slice(index * ROW, index * ROW + ROW))
}

function templateRow(paths: readonly string[]): JsonObject {
  const [first, second, third] = paths.map((fieldPath) => ({ firstValue: { fields: [{ fieldPath }] } }))
  if (third !== undefined) return { threeItems: { startItem: first, middleItem: second, endItem: third } }
  return second === undefined ? { oneItem: { item: first } } : { twoItems: { startItem: first, endItem: second } }
}
