import { parsePassDate } from '../view/format-date.js'
import { listOf, objectOf, textOf } from './json.js'
import type { Source, SourceField } from './source.js'

/** The machine-readable facts of a pass: those of the pass itself and those beside its fields. */
export interface Facts {
  /** A text, or a number as text. Asking notes the fact as used. */
  text(name: string, to: string): string | undefined
  /** A person's name, which facts take apart. */
  person(name: string, to: string): string | undefined
  /** ISO 8601 as it stands there. */
  date(name: string, to: string): string | undefined
  /** The first seat. */
  seat(name: string, to: string): string | undefined
  /** The field that says the fact, where one does. */
  fieldOf(name: string): SourceField | undefined
  /** Notes what nobody asked for. */
  noteRest(): void
}

export function readFacts({ pass, fields, report }: Source): Facts {
  const facts = new Map<string, { readonly value: unknown; readonly from: string; readonly field?: SourceField }>()
  const own = objectOf(pass.semantics)
  for (const [name, value] of Object.entries(own ?? {})) facts.set(name, { value, from: `semantics/${name}` })
  for (const field of fields) {
    for (const [name, value] of Object.entries(objectOf(field.raw.semantics) ?? {}))
      if (!facts.has(name)) facts.set(name, { value, from: `${field.path}/semantics/${name}`, field })
  }
  const used = new Set<string>()
  const use = <T>(name: string, to: string, value: T | undefined): T | undefined => {
    const fact = facts.get(name)
    if (fact === undefined || value === undefined) return undefined
    if (!used.has(name)) report.add('semantics.fact', fact.from, { to })
    used.add(name)
    return value
  }
  return {
    text: (name, to) => use(name, to, plain(facts.get(name)?.value)),
    person(name, to) {
      const value = facts.get(name)?.value
      const parts = ['namePrefix', 'givenName', 'middleName', 'familyName', 'nameSuffix']
      const joined = parts.flatMap((part) => plain(objectOf(value)?.[part]) ?? []).join(' ')
      return use(name, to, plain(value) ?? textOf(joined))
    },
    date(name, to) {
      const value = facts.get(name)?.value
      return use(name, to, parsePassDate(value) === undefined ? undefined : textOf(value))
    },
    seat: (name, to) => use('seats', to, plain(objectOf(listOf(facts.get('seats')?.value)[0])?.[name])),
    fieldOf: (name) => facts.get(name)?.field,
    noteRest() {
      const rest = [...facts].filter(([name]) => !used.has(name))
      const ofPass = rest.filter(([, { field }]) => field === undefined).map(([name]) => name)
      if (ofPass.length > 0)
        report.add('semantics.lost', 'semantics', { reason: `${ofPass.join(', ')}: no place for it at Google.` })
      else if (own !== undefined && used.size === 0) report.add('semantics.lost', 'semantics')
      for (const [, { from, field }] of rest) if (field !== undefined) report.add('field.semantics', from)
    },
  }
}

function plain(value: unknown): string | undefined {
  return typeof value === 'number' ? String(value) : textOf(value)
}
