import { diffJson, isObject, join, own, sameJson } from './diff-json.js'
import type { ChangeKind, PassChange } from './pass-change.js'

type Json = Readonly<Record<string, unknown>>

interface PlacedField {
  readonly key: string
  readonly group: string
  readonly index: number
  readonly json: Json
}

/** The content of a style, taken apart: fields by key, and what is none. */
interface StyleContent {
  readonly fields: ReadonlyMap<string, PlacedField>
  /** Members that hold no fields, and items of groups that are none; compared as plain JSON. */
  readonly rest: Json
}

/**
 * What changed in the fields of a style. A field is the same one as long as it has the same key, wherever it stands.
 */
export function diffFields(style: string, before: unknown, after: unknown): PassChange[] {
  if (!isObject(before) || !isObject(after)) {
    return sameJson(before, after) ? [] : [{ kind: 'style', place: style, before, after }]
  }
  const [old, now] = [takeApart(before), takeApart(after)]
  const changes: PassChange[] = diffJson(old.rest, now.rest, style).map(
    ({ path, before: was, after: is }): PassChange => ({ kind: 'style', place: path, before: was, after: is }),
  )
  changes.push(...emptyGroups(style, before, after))
  for (const [key, field] of old.fields) {
    if (!now.fields.has(key))
      changes.push({ kind: 'field-removed', place: placeOf(style, field), field: field.key, before: field.json })
  }
  for (const [key, field] of now.fields) {
    const was = old.fields.get(key)
    if (was === undefined)
      changes.push({ kind: 'field-added', place: placeOf(style, field), field: field.key, after: field.json })
    else changes.push(...diffAttributes(style, was, field))
  }
  changes.push(...moves(style, old.fields, now.fields))
  return changes
}

function takeApart(content: Json): StyleContent {
  const fields = new Map<string, PlacedField>()
  const rest = new Map<string, unknown>()
  const seen = new Map<string, number>()
  // By name, so that the order of groups in the text, which says nothing, changes nothing.
  for (const group of Object.keys(content).sort()) {
    const value = content[group]
    if (!Array.isArray(value)) {
      rest.set(group, value)
      continue
    }
    value.forEach((item: unknown, index) => {
      if (!isObject(item)) {
        rest.set(join(group, String(index)), item)
        return
      }
      const key = typeof item.key === 'string' ? item.key : ''
      // A key that occurs twice names the first, second … of its kind.
      const count = (seen.get(key) ?? 0) + 1
      seen.set(key, count)
      fields.set(JSON.stringify([key, count]), { key, group, index, json: item })
    })
  }
  return { fields, rest: Object.fromEntries(rest) }
}

function placeOf(style: string, { group, key, index }: PlacedField): string {
  return join(join(style, group), key === '' ? String(index) : key)
}

function diffAttributes(style: string, was: PlacedField, is: PlacedField): PassChange[] {
  const keys = new Set([...Object.keys(was.json), ...Object.keys(is.json)])
  return [...keys].flatMap((attribute) => {
    const [before, after] = [own(was.json, attribute), own(is.json, attribute)]
    if (sameJson(before, after)) return []
    const place = join(placeOf(style, is), attribute)
    return [{ kind: attributeKind(attribute), place, field: is.key, before, after }]
  })
}

function attributeKind(attribute: string): ChangeKind {
  if (attribute === 'label') return 'label'
  if (attribute === 'value' || attribute === 'attributedValue') return 'value'
  return attribute === 'changeMessage' ? 'message' : 'format'
}

/** A group without fields says nothing to a phone, but it is a change when it comes or goes. */
function emptyGroups(style: string, before: Json, after: Json): PassChange[] {
  const isEmpty = (value: unknown): boolean => Array.isArray(value) && value.length === 0
  return [...new Set([...Object.keys(before), ...Object.keys(after)])].flatMap((group): PassChange[] => {
    const [was, is] = [own(before, group), own(after, group)]
    const came = (was === undefined && isEmpty(is)) || (isEmpty(was) && is === undefined)
    return came ? [{ kind: 'style', place: join(style, group), before: was, after: is }] : []
  })
}

interface Stayed {
  readonly was: PlacedField
  readonly is: PlacedField
}

/** Fields that went to another group, and the fewest whose moving explains the new order of those that stayed. */
function moves(style: string, old: StyleContent['fields'], now: StyleContent['fields']): PassChange[] {
  const changes: PassChange[] = []
  const stayed = new Map<string, Stayed[]>()
  for (const [key, is] of now) {
    const was = old.get(key)
    if (was === undefined) continue
    if (was.group !== is.group) changes.push(move(style, was, is))
    else stayed.set(is.group, [...(stayed.get(is.group) ?? []), { was, is }])
  }
  for (const fields of stayed.values()) {
    const inOrder = longestInOldOrder(fields)
    for (const field of fields) if (!inOrder.has(field)) changes.push(move(style, field.was, field.is))
  }
  return changes
}

/** The longest run of fields whose order stayed, by patience sorting. */
function longestInOldOrder(fields: readonly Stayed[]): ReadonlySet<Stayed> {
  /** The end of the best chain of each length, and what stands before each field in its chain. */
  const ends: Stayed[] = []
  const before = new Map<Stayed, Stayed | undefined>()
  for (const field of fields) {
    let [low, high] = [0, ends.length]
    while (low < high) {
      const middle = (low + high) >> 1
      if ((ends[middle]?.was.index ?? 0) < field.was.index) low = middle + 1
      else high = middle
    }
    before.set(field, ends[low - 1])
    ends[low] = field
  }
  const chain = new Set<Stayed>()
  for (let field = ends.at(-1); field !== undefined; field = before.get(field)) chain.add(field)
  return chain
}

function move(style: string, was: PlacedField, is: PlacedField): PassChange {
  const place = (field: PlacedField): string => `${field.group}/${field.index}`
  return { kind: 'field-moved', place: placeOf(style, is), field: is.key, before: place(was), after: place(is) }
}
