import { PASS_STYLES } from '../design/design.js'
import { diffFields } from './diff-fields.js'
import { diffFiles } from './diff-files.js'
import { diffJson, isObject, own } from './diff-json.js'
import { CHANGE_KINDS, type ChangeKind, type ComparedPass, type PassChange } from './pass-change.js'

type Json = Readonly<Record<string, unknown>>

const STYLES: ReadonlySet<string> = new Set(PASS_STYLES)
const KIND_OF_KEY: ReadonlyMap<string, ChangeKind> = new Map([
  ...of('text', 'logoText organizationName description eventLogoText logoSymbolName'),
  ...of('colour', 'backgroundColor foregroundColor labelColor stripColor footerBackgroundColor useAutomaticColors'),
  ...of('barcode', 'barcode barcodes'),
  ...of('relevance', 'locations maxDistance beacons relevantDate relevantDates expirationDate voided'),
  ...of('style', 'preferredStyleSchemes suppressHeaderDarkening suppressStripShine'),
])

/**
 * What changed from one pass to another, as people think of it: a field that moved is one change, not two. Every
 * difference of pass.json, of the files and of design.yaml is in at least one of them; the order of keys in objects and
 * white space are no differences. Takes whatever stands in pass.json.
 */
export function diffPasses(before: ComparedPass, after: ComparedPass): PassChange[] {
  const changes: PassChange[] = []
  const keys = new Set([...Object.keys(before.passJson), ...Object.keys(after.passJson)])
  const swapped = swappedStyle(before.passJson, after.passJson)
  if (swapped !== undefined) {
    const [was, is] = swapped
    changes.push({ kind: 'style', place: 'style', before: was, after: is })
    changes.push(...diffFields(is, before.passJson[was], after.passJson[is]))
    keys.delete(was)
    keys.delete(is)
  }
  for (const key of keys) {
    const [was, is] = [own(before.passJson, key), own(after.passJson, key)]
    if (STYLES.has(key)) changes.push(...diffFields(key, was, is))
    else
      for (const difference of diffJson(was, is, key)) changes.push(change(KIND_OF_KEY.get(key) ?? 'other', difference))
  }
  changes.push(...diffFiles(before.files, after.files))
  if (before.config !== undefined && after.config !== undefined) {
    const differences = diffJson(plain(before.config), plain(after.config), 'design.yaml')
    changes.push(...differences.map((difference) => change('feeding', difference)))
  }
  const rank = new Map(CHANGE_KINDS.map((kind, index) => [kind, index]))
  return changes
    .map(withoutSecrets)
    .map(withoutNothing)
    .sort((a, b) => (rank.get(a.kind) ?? 0) - (rank.get(b.kind) ?? 0))
}

/** The styles of a pass that became one of another style; its fields are then compared over that border. */
function swappedStyle(before: Json, after: Json): readonly [was: string, is: string] | undefined {
  const only = (one: Json, other: Json): string[] =>
    PASS_STYLES.filter((style) => isObject(own(one, style)) && own(other, style) === undefined)
  const [gone, come] = [only(before, after), only(after, before)]
  const [was, is] = [gone[0], come[0]]
  return gone.length === 1 && come.length === 1 && was !== undefined && is !== undefined ? [was, is] : undefined
}

function change(
  kind: ChangeKind,
  { path, before, after }: { path: string; before: unknown; after: unknown },
): PassChange {
  return { kind, place: path, before, after }
}

/** The token opens the card to whoever has it, so that it is told to differ and no more. */
function withoutSecrets(change: PassChange): PassChange {
  if (!/^authenticationToken(?:\/|$)/.test(change.place)) return change
  const hide = (value: unknown): string | undefined => (value === undefined ? undefined : '(secret)')
  return { ...change, before: hide(change.before), after: hide(change.after) }
}

/** A side that is absent is left out, so that a change reads the same before and after a trip through JSON. */
function withoutNothing({ before, after, ...rest }: PassChange): PassChange {
  return { ...rest, ...(before === undefined ? {} : { before }), ...(after === undefined ? {} : { after }) }
}

/** As JSON; members that are undefined are none. */
function plain(value: unknown): unknown {
  return JSON.parse(JSON.stringify(value))
}

function of(kind: ChangeKind, keys: string): [string, ChangeKind][] {
  return keys.split(' ').map((key) => [key, kind])
}
