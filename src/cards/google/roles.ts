import { parsePassDate } from '../view/format-date.js'
import { isMoney, numberOf } from './amounts.js'
import type { Claims, Source, SourceField } from './source.js'
import type { Words } from './texts.js'

const NAME = /^(?:member|holder|customer|client|guest|owner|account|full|card)?[_-]?(?:name|holder|member|guest)$/i
const ORDER = ['primaryFields', 'headerFields', 'secondaryFields', 'auxiliaryFields'] as const

/** The fields whose numbers serve as balances: those that differ by member, points before money. */
export function balanceFields({ fields, config, field }: Source): SourceField[] {
  const named = [field(config.points), field(config.secondaryPoints)]
  const candidates = ORDER.flatMap((group) => fields.filter((one) => one.group === group)).filter(
    ({ raw, varies, key }) =>
      varies &&
      numberOf(raw) !== undefined &&
      !/Percent|SpellOut/.test(String(raw.numberStyle)) &&
      key !== config.points &&
      key !== config.secondaryPoints,
  )
  const rest = [...candidates.filter(({ raw }) => !isMoney(raw)), ...candidates.filter(({ raw }) => isMoney(raw))]
  return [0, 1].flatMap((index) => named[index] ?? rest.shift() ?? [])
}

/** The field with the holder's name: the one that is named, else one whose key says so. */
export function nameField({ fields, config, field }: Source): SourceField | undefined {
  if (config.accountName !== undefined) return field(config.accountName)
  return fields.find(({ key, varies, view }) => varies && NAME.test(key) && typeof view.value === 'string')
}

/** The name or number that a key stands for, also where the pass does not show the field. */
export function plainValue(source: Source, key: string | undefined): string | undefined {
  if (key === undefined) return undefined
  if (key === 'serial') return source.serial
  const value = source.field(key)?.view.value ?? source.options.values?.[key]
  return value === undefined || value === '' ? undefined : String(value)
}

/** Name of the issuer: of design.yaml, else the organization. Google wants one. */
export function issuerName({ texts, config }: Source): Words {
  if (config.issuerName !== undefined) return texts.literal(config.issuerName)
  return texts.words((view) => view.organizationName || view.logoText || view.description || '-')
}

/** The text that `google.title` or `google.subtitle` gives. */
export function givenText(source: Source, which: 'title' | 'subtitle'): Words | undefined {
  const given = source.config[which]
  if (given === undefined) return undefined
  return typeof given === 'string' ? source.texts.literal(given) : source.field(given.field)?.texts
}

/** The first text that is not empty in the first language. */
export function firstWords(...candidates: readonly (Words | undefined)[]): Words {
  return candidates.find((words) => words !== undefined && words[0] !== '') ?? ['-']
}

/**
 * The field of the front whose key says that it is, say, the seat; beside a fact of the pass only one that says the
 * same. What belongs to the class, which all cards share, comes from fields that are the same on every card.
 */
export function keyedField(
  { fields, design }: Source,
  { taken }: Pick<Claims, 'taken'>,
  {
    key: pattern,
    fact,
    shared = false,
  }: { readonly key: RegExp; readonly fact?: string | undefined; readonly shared?: boolean },
): SourceField | undefined {
  return fields.find(
    ({ key, group, path, view, varies }) =>
      !group.startsWith('back') &&
      !taken.has(path) &&
      pattern.test(key) &&
      view.text !== '' &&
      (fact === undefined || view.text === fact) &&
      !(shared && varies && design !== undefined),
  )
}

/** The first field of the front with a date and time: the given one, or any. */
export function datedField(
  { fields, design }: Source,
  { taken }: Pick<Claims, 'taken'>,
  { date, shared = false }: { readonly date?: string | undefined; readonly shared?: boolean },
): SourceField | undefined {
  return fields.find(
    ({ raw, group, path, varies }) =>
      !group.startsWith('back') &&
      !taken.has(path) &&
      parsePassDate(raw.value) !== undefined &&
      (date === undefined || raw.value === date) &&
      !(shared && varies && design !== undefined),
  )
}
