import type { Design } from '../design/design.js'
import { DEFAULT_GOOGLE, type GoogleConfig } from '../design/google-config.js'
import type { FieldValue } from '../model.js'
import { FIELD_GROUPS, type FieldGroup } from '../styles.js'
import { passLanguages } from '../view/languages.js'
import type { PassBundle, PassView, ViewField } from '../view/types.js'
import { listOf, objectOf } from './json.js'
import { createReport, type Report } from './notes.js'
import { passTexts, type Texts, type Words } from './texts.js'
import type { JsonObject } from './types.js'

export interface TwinOptions {
  /** Of the Google Wallet console. Absent: a placeholder, and a note. */
  readonly issuerId?: string | undefined
  /** Last part of the class id. */
  readonly classSuffix: string
  /** The public https address of a picture of the pass; `file` is its path, such as `strip@3x.png`. */
  readonly pictureUrl?: ((file: string) => string) | undefined
  /** BCP 47; the first is what phones in other languages show. All languages of the pass when absent. */
  readonly languages?: readonly string[]
  /** Epoch milliseconds. */
  readonly now: number
  readonly timeZone?: string
  /** The card's values, for fields that the pass does not show. */
  readonly values?: Readonly<Record<string, FieldValue>>
}

/** A field of the pass, in every language. */
export interface SourceField {
  readonly key: string
  readonly group: FieldGroup
  readonly path: string
  /** As pass.json has it. */
  readonly raw: JsonObject
  readonly view: ViewField
  readonly labels: Words
  readonly texts: Words
  /** The links in it, by language. */
  readonly links: readonly (readonly { readonly text: string; readonly href: string }[])[]
  /** False when the field is the same on every card, so that it can stand in the class. */
  readonly varies: boolean
}

/** What the mapping reads, and the report it writes to. */
export interface Source {
  readonly pass: JsonObject
  readonly view: PassView
  readonly texts: Texts
  readonly config: GoogleConfig
  readonly design: Design | undefined
  readonly fields: readonly SourceField[]
  readonly serial: string
  readonly options: TwinOptions
  readonly report: Report
  /** The first field of that key. */
  field(key: string | undefined): SourceField | undefined
}

export function readSource(bundle: PassBundle, design: Design | undefined, options: TwinOptions): Source {
  const languages = options.languages ?? passLanguages(bundle.files)
  const { now, timeZone } = options
  const texts = passTexts(bundle, { languages, now, ...(timeZone === undefined ? {} : { timeZone }) })
  const [view] = texts.views
  if (view === undefined) throw new TypeError('a pass has at least one language')
  const pass = bundle.passJson
  const fields = readFields(pass, texts, design)
  const serial = typeof pass.serialNumber === 'string' ? pass.serialNumber : ''
  const config = design?.config.google ?? DEFAULT_GOOGLE
  const field = (key: string | undefined) => (key === undefined ? undefined : fields.find((one) => one.key === key))
  return { pass, view, texts, config, design, fields, serial, options, report: createReport(), field }
}

function readFields(pass: JsonObject, { views }: Texts, design: Design | undefined): SourceField[] {
  const fed = new Set(design?.fields.map(({ key }) => key))
  return FIELD_GROUPS.flatMap((group) =>
    (views[0]?.groups[group] ?? []).map((view, index) => {
      const all = views.map(({ groups }) => groups[group][index] ?? view)
      const [style = '', , place = '0'] = view.path.split('/')
      const raw = objectOf(listOf(objectOf(pass[style])?.[group])[Number(place)]) ?? {}
      const { key, path } = view
      return {
        key,
        group,
        path,
        raw,
        view,
        labels: all.map(({ label }) => label),
        texts: all.map(({ text }) => text),
        links: all.map(({ runs = [] }) =>
          runs.flatMap(({ text, href }) => (href === undefined ? [] : [{ text, href }])),
        ),
        varies: design === undefined || fed.has(key),
      }
    }),
  )
}

/** What has found a place, kind by kind, before the rest become texts. */
export interface Claims {
  /** Path of the field -> the field path for the rows of the card; undefined when it does not stand in a row. */
  readonly taken: ReadonlyMap<string, string | undefined>
  take(field: SourceField, to: string, item?: string | undefined): void
}

/** Gives fields away, with a note each. */
export function createClaims(report: Report): Claims {
  const taken = new Map<string, string | undefined>()
  return {
    taken,
    take({ path }, to, item) {
      taken.set(path, item)
      report.add(/oyaltyPoints$|\.balance$/.test(to) ? 'field.amount' : 'field.role', path, { to })
    },
  }
}

/** What one kind of pass makes of the source. */
export interface KindParts {
  readonly class: JsonObject
  readonly object: JsonObject
  readonly claims: Claims
  /** Added to the class id, for kinds whose class differs by member. */
  readonly classPart?: string
}
export type Kind = (source: Source) => KindParts
