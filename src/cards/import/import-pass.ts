import { basename } from 'node:path'
import { AppError } from '../../kit/errors/index.js'
import { parseColour } from '../colour/colour.js'
import type { PassStyle } from '../design/design.js'
import { readPass } from '../design/read-pass.js'
import { diffPasses } from '../diff/diff-passes.js'
import { withoutCardData } from '../diff/without-card-data.js'
import type { PassFiles } from '../model.js'
import type { PassSource } from '../pass/pass-source.js'
import { type ImportInput, readInput } from '../pass/read-input.js'
import type { PassBundle } from '../view/types.js'
import { cleanPass } from './clean-pass.js'
import { designYaml } from './design-yaml.js'
import { checkPicture, completeIcons } from './import-pictures.js'
import { languageOf, sampleCells } from './sample-cells.js'
import { sortFiles } from './sort-bundle.js'
import { type CodeSuggestion, suggestCodes } from './suggest-codes.js'
import { type FieldSuggestion, suggestFields } from './suggest-fields.js'

export interface ImportOptions {
  /** Epoch milliseconds. */
  readonly now: number
  /** BCP 47; how numbers and dates are read that the pass has as text. */
  readonly locale: string
  /** True keeps what the card says of its holder, in pass.json and as the sample; otherwise it is replaced. */
  readonly keepValues: boolean
  readonly passTypeIdentifier?: string
  readonly teamIdentifier?: string
}

export interface ImportReport {
  readonly source: string
  readonly style: PassStyle
  /** Passes that were compared with the first. */
  readonly compared: readonly string[]
  readonly taken: readonly { readonly path: string; readonly bytes: number }[]
  readonly leftOut: readonly { readonly path: string; readonly reason: string }[]
  readonly fields: readonly (FieldSuggestion & { readonly sample: string })[]
  /** Fields that stay the same on every card. */
  readonly sameOnEveryCard: readonly { readonly key: string; readonly shown: string; readonly text: string }[]
  readonly codes: CodeSuggestion
  readonly mended: readonly string[]
  readonly notes: readonly string[]
}

export interface ImportedPass {
  /** Everything that the design folder holds, pass.json and design.yaml among it. */
  readonly files: ReadonlyMap<string, string | Uint8Array>
  readonly report: ImportReport
}

/**
 * Makes a design of a pass, however it was made and whoever signed it. Further passes of the same kind tell what
 * differs from member to member.
 *
 * @throws AppError PASS_UNREADABLE, IMPORT_MIXED, DESIGN_INVALID with line and column
 */
export async function importPass(
  first: ImportInput,
  others: readonly ImportInput[],
  options: ImportOptions,
): Promise<ImportedPass> {
  const pass = readInput(first)
  const comparable = others.map((input) => ({ source: input.source, pass: readInput(input) }))
  const { style } = readPass(first.source, Buffer.from(pass.text))
  for (const other of comparable) assertSameKind(first.source, pass, other)

  const compared = comparable.map((other) => other.pass)
  const { taken, leftOut, notes } = await takeFiles(first.files, pass)
  const report = {
    source: first.source,
    style,
    compared: comparable.map(({ source }) => source),
    leftOut,
    mended: pass.mended,
  }
  const ownConfig = taken.get('design.yaml')
  if (ownConfig !== undefined) {
    const files = new Map<string, string | Uint8Array>([...taken, ['pass.json', pass.text]])
    const text = 'It has a design.yaml, which was taken as it is; nothing was suggested or replaced.'
    return {
      files,
      report: { ...report, taken: sizes(files), fields: [], sameOnEveryCard: [], codes: {}, notes: [text, ...notes] },
    }
  }

  const suggestions = suggestFields(pass, compared, { locale: options.locale, style })
  const codes = suggestCodes(pass, compared, suggestions)
  const language = languageOf(pass, options.locale)
  const sample = sampleCells(pass, suggestions, codes, { ...options, language })
  const expires = new Set([pass, ...compared].map(({ json }) => json.expirationDate)).size > 1
  const cleaned = cleanPass(pass, { ...options, suggestions, sample, expires })
  const yaml = designYaml({
    source: basename(first.source),
    title: titleOf(pass, first.source),
    suggestions,
    codes,
    expires,
    language,
    sample,
    ownSample: options.keepValues,
  })
  const files = new Map<string, string | Uint8Array>([['pass.json', cleaned.text], ['design.yaml', yaml], ...taken])
  const fed = new Set(suggestions.map(({ key }) => key))
  return {
    files,
    report: {
      ...report,
      taken: sizes(files),
      fields: suggestions.map((field) => ({ ...field, sample: sample[field.key] ?? '' })),
      sameOnEveryCard: pass.fields
        .filter(({ key }) => !fed.has(key))
        .map(({ key, group, value }) => ({ key, shown: group, text: String(value ?? '') })),
      codes,
      notes: [
        ...notes,
        ...cleaned.notes,
        ...furtherNotes(pass, options, suggestions),
        ...unfedNotes(pass, compared, fed),
      ],
    },
  }
}

function assertSameKind(source: string, pass: PassSource, other: { source: string; pass: PassSource }): void {
  const keys = new Set(other.pass.fields.map(({ key }) => key))
  const shared = pass.fields.filter(({ key }) => keys.has(key)).length
  if (shared * 2 >= Math.max(pass.fields.length, keys.size)) return
  throw new AppError(
    'IMPORT_MIXED',
    `${other.source} is another kind of pass than ${source}: they share ${shared} of ${pass.fields.length} fields.`,
    { details: { source, other: other.source, shared } },
  )
}

/** The files of the design, each picture looked at; what cannot be drawn is left out with the reason. */
async function takeFiles(files: PassFiles, pass: PassSource) {
  const sorted = sortFiles(files)
  const taken = new Map<string, Uint8Array>()
  const leftOut = [...sorted.leftOut]
  const notes: string[] = []
  for (const [path, bytes] of sorted.taken) {
    if (!/\.png$/i.test(path)) {
      taken.set(path, bytes)
      continue
    }
    const checked = await checkPicture(bytes)
    if (!checked.ok) leftOut.push({ path, reason: checked.reason })
    else taken.set(path, checked.bytes)
    if (checked.ok && checked.note !== undefined) notes.push(`${path} ${checked.note}.`)
  }
  const background = parseColour(pass.json.backgroundColor) ?? [90, 96, 110]
  const foreground = parseColour(pass.json.foregroundColor) ?? [255, 255, 255]
  const icons = await completeIcons(taken, { background, foreground })
  for (const [path, bytes] of icons.files) taken.set(path, bytes)
  return { taken, leftOut, notes: [...notes, ...icons.notes] }
}

function titleOf({ json, translations }: PassSource, source: string): string {
  for (const text of [json.description, json.organizationName]) {
    if (typeof text === 'string' && text.trim() !== '') return (translations.get(text)?.[0] ?? text).slice(0, 100)
  }
  return basename(source)
}

function furtherNotes(
  { json }: PassSource,
  { keepValues }: ImportOptions,
  suggestions: readonly FieldSuggestion[],
): string[] {
  const notes: string[] = []
  for (const key of ['nfc', 'userInfo', 'semantics']) {
    if (json[key] !== undefined) notes.push(`"${key}" is the same on every card; see whether it fits all of them.`)
  }
  if (json.barcodes === undefined && json.barcode !== undefined)
    notes.push('pass.json has the old single "barcode" only; "barcodes" is what phones look at first.')
  if (keepValues && suggestions.length > 0)
    notes.push('The values of the card were kept in pass.json and as the sample: they may be somebody’s personal data.')
  return notes
}

/** What differs between the passes though nothing can feed it, such as a label. */
function unfedNotes(pass: PassSource, others: readonly PassSource[], fed: ReadonlySet<string>): string[] {
  const bundle = ({ json }: PassSource): PassBundle => ({ passJson: json, files: new Map() })
  const changes = others.flatMap((other) => withoutCardData(diffPasses(bundle(pass), bundle(other)), fed))
  const places = [...new Set(changes.map(({ place }) => place))].filter((place) => place !== 'expirationDate')
  if (places.length === 0) return []
  const shown = places.slice(0, 8).join(', ')
  const more = places.length > 8 ? ` and ${places.length - 8} more` : ''
  return [`The passes differ in ${shown}${more} too; the design has what the first one says there, on every card.`]
}

function sizes(files: ReadonlyMap<string, string | Uint8Array>): { path: string; bytes: number }[] {
  return [...files]
    .map(([path, content]) => ({ path, bytes: Buffer.byteLength(content) }))
    .sort((a, b) => (a.path < b.path ? -1 : 1))
}
