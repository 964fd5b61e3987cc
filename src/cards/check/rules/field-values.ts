import { FRONT_GROUPS } from '../../styles.js'
import { dateProblem } from '../facts/pass-date.js'
import { removeMember } from '../fix/json-edits.js'
import type { Problem, Rule } from '../rule.js'
import { capital, type FieldSite, listOf, nameOf, objectOf, quote } from '../subject.js'

const FIELDS_SOURCE = 'Apple Pass Builder 2026, Pass+FieldContent.swift'
const CHANGING = new Set(['number', 'money', 'enum'])
const isFront = ({ group }: FieldSite): boolean => (FRONT_GROUPS as readonly string[]).includes(group)

/** What fields say and how it is formatted. */
export const FIELD_VALUE_RULES: readonly Rule[] = [
  {
    id: 'fields.empty',
    severity: 'shown-badly',
    title: 'A field that nothing feeds has no value.',
    reason: 'The card shows a label with nothing below it.',
    fix: 'Give it a value, feed it in design.yaml, or remove the field.',
    source: 'Tessera',
    example: '{ "key": "shop", "label": "Shop", "value": "" }',
    check: ({ fields, knowsFeeding }) =>
      fields
        .filter(
          ({ json, spec }) =>
            knowsFeeding && json.value === '' && spec === undefined && json.attributedValue === undefined,
        )
        .map((site) => ({ at: `${site.at}/value`, message: `${capital(nameOf(site))} is empty on every card.` })),
  },
  {
    id: 'fields.label-missing',
    severity: 'advice',
    title: 'A field has no label.',
    reason: 'Holders see a bare value and have to guess what it is; VoiceOver reads it without a name.',
    fix: 'Give the field a label.',
    source: 'Apple, Human Interface Guidelines: Wallet',
    example: '{ "key": "terms", "value": "Valid for 12 months." }',
    check: ({ fields }) =>
      fields.flatMap((site): Problem[] => {
        const { label } = site.json
        // A header value, a primary text over a picture and a footer often speak for themselves.
        const bare = ['headerFields', 'primaryFields', 'footerFields'].includes(site.group)
        if (bare || (label !== undefined && label !== '')) return []
        return [{ at: site.at, message: `${capital(nameOf(site))} has no label.` }]
      }),
  },
  {
    id: 'fields.change-message',
    severity: 'shown-badly',
    title: 'A changeMessage has no %@.',
    reason:
      'Phones put the new value in place of %@. Without it they show no message, or one that does not say what changed.',
    fix: 'Write %@ where the new value belongs, such as "You now have %@ points".',
    source: FIELDS_SOURCE,
    example: '"changeMessage": "Your points have changed"',
    check: ({ fields }) =>
      fields.flatMap((site): Problem[] => {
        const { changeMessage } = site.json
        if (typeof changeMessage !== 'string' || changeMessage.includes('%@')) return []
        return [{ at: `${site.at}/changeMessage`, message: `The changeMessage of ${nameOf(site)} has no %@.` }]
      }),
  },
  {
    id: 'fields.change-message-missing',
    severity: 'advice',
    needs: 'design',
    title: 'Values change, and no field has a changeMessage.',
    reason: 'When the card is updated the phone stays silent: a notification appears only for fields that have one.',
    fix: 'Add a changeMessage such as "You now have %@ points".',
    source: 'Apple developer forums, thread 767640',
    example: '{ "key": "balance", "label": "Points", "value": 0 }',
    check: ({ fields }) => {
      const changing = fields.filter((site) => site.spec !== undefined && CHANGING.has(site.spec.type) && isFront(site))
      // Where several values change together one of them may speak for all.
      const [first] = changing
      if (first === undefined || fields.some(({ json }) => json.changeMessage !== undefined)) return []
      return [{ at: first.at, message: `Nobody is told when ${nameOf(first)} changes: no field has a changeMessage.` }]
    },
  },
  {
    id: 'fields.currency-and-number-style',
    severity: 'shown-badly',
    title: 'A field has both currencyCode and numberStyle.',
    reason: 'The two exclude each other; which of them a phone takes is not defined.',
    fix: 'Keep currencyCode for money, numberStyle for plain numbers.',
    source: 'Apple Pass Builder 2026, FieldFormattingValidator.swift',
    example: '{ "value": 20, "currencyCode": "EUR", "numberStyle": "PKNumberStyleDecimal" }',
    check: ({ fields }) =>
      fields
        .filter(({ json }) => json.currencyCode !== undefined && json.numberStyle !== undefined)
        .map((site) => ({
          at: `${site.at}/numberStyle`,
          message: `${capital(nameOf(site))} has both currencyCode and numberStyle.`,
        })),
    // An amount keeps its decimals without the style; percent and the like may be what was meant instead. What members
    // feed with numbers would turn points into money.
    repair: (subject, { pointer: at = '' }) =>
      subject.knowsFeeding &&
      subject.fields.some(
        ({ at: field, json, spec }) =>
          at === `${field}/numberStyle` &&
          json.numberStyle === 'PKNumberStyleDecimal' &&
          (spec === undefined ? typeof json.value === 'number' : spec.type === 'money'),
      )
        ? { kind: 'text', edits: removeMember(subject, at) }
        : undefined,
  },
  {
    id: 'fields.currency-code',
    severity: 'shown-badly',
    title: 'currencyCode is no currency.',
    reason: 'Phones write the code itself or nothing beside the amount.',
    fix: 'Use a code of ISO 4217 in capital letters, such as EUR.',
    source: 'ISO 4217',
    example: '"currencyCode": "Euro"',
    check: ({ fields }) => {
      const known = new Set(Intl.supportedValuesOf('currency'))
      return fields.flatMap((site): Problem[] => {
        const code = site.json.currencyCode
        if (typeof code !== 'string' || known.has(code)) return []
        return [{ at: `${site.at}/currencyCode`, message: `currencyCode of ${nameOf(site)} is ${quote(code)}.` }]
      })
    },
  },
  {
    id: 'fields.number-format',
    severity: 'shown-badly',
    title: 'A number format stands beside a text.',
    reason:
      'currencyCode and numberStyle format numbers only; a text is shown as it is, without currency or percent sign.',
    fix: 'Write the value as a number without quotes, or remove the format.',
    source: FIELDS_SOURCE,
    example: '{ "value": "20.00", "currencyCode": "EUR" }',
    check: ({ fields, knowsFeeding }) =>
      fields.flatMap((site): Problem[] => {
        const { json, spec } = site
        if (spec !== undefined || !knowsFeeding || typeof json.value !== 'string' || json.value === '') return []
        const format = ['currencyCode', 'numberStyle'].find((name) => json[name] !== undefined)
        if (format === undefined) return []
        return [
          { at: `${site.at}/value`, message: `${capital(nameOf(site))} has a ${format}, but its value is a text.` },
        ]
      }),
  },
  {
    id: 'fields.date-format',
    severity: 'shown-badly',
    title: 'A date format stands beside something that is no date.',
    reason:
      'Wallet formats a full date with time and zone only; anything else is shown as it stands, or the pass is refused.',
    fix: 'Write the value as 2027-03-01T00:00:00Z; ignoresTimeZone keeps the day the same everywhere.',
    source: 'Apple Pass Builder 2026, PassDateTimeFormatter.swift',
    example: '{ "value": "1 March 2027", "dateStyle": "PKDateStyleMedium" }',
    check: ({ fields, knowsFeeding }) =>
      fields.flatMap((site): Problem[] => {
        const { json, spec } = site
        const format = ['dateStyle', 'timeStyle', 'isRelative'].find((name) => json[name] !== undefined)
        if (spec !== undefined || !knowsFeeding || format === undefined || json.value === '') return []
        const problem = dateProblem(json.value)
        if (problem === undefined || json.isRelative === false) return []
        const message = `${capital(nameOf(site))} has a ${format}, but ${quote(json.value)} ${problem}.`
        return [{ at: `${site.at}/value`, message }]
      }),
  },
  {
    id: 'fields.alignment',
    severity: 'advice',
    title: 'textAlignment on a primary or back field.',
    reason: 'Phones ignore it there.',
    fix: 'Remove it.',
    source: FIELDS_SOURCE,
    example: '"primaryFields": [{ …, "textAlignment": "PKTextAlignmentCenter" }]',
    check: ({ fields, isTemplate }) => {
      const sites = fields.filter(
        (site) => (site.group === 'primaryFields' || site.onBack) && site.json.textAlignment !== undefined,
      )
      const [first] = sites
      if (first === undefined) return []
      // In a design each can be mended; of a finished pass it is enough to know.
      if (isTemplate || sites.length === 1)
        return sites.map((site) => ({
          at: `${site.at}/textAlignment`,
          message: `Phones ignore textAlignment on ${site.group}, hence on ${nameOf(site)}.`,
        }))
      const names = sites.slice(0, 5).map(nameOf).join(', ')
      const more = sites.length > 5 ? ` and ${sites.length - 5} more` : ''
      const message = `Phones ignore textAlignment on primary and back fields, hence on ${names}${more}.`
      return [{ at: `${first.at}/textAlignment`, message }]
    },
    repair: (subject, { pointer: at = '' }) => ({ kind: 'text', edits: removeMember(subject, at) }),
  },
  {
    id: 'fields.attributed-value',
    severity: 'shown-badly',
    title: 'attributedValue has other markup than links.',
    reason: 'Wallet knows <a href="…"> and nothing else; other tags appear as text or vanish.',
    fix: 'Keep <a href="…">…</a> and write the rest as plain text; \\n begins a new line.',
    source: FIELDS_SOURCE,
    example: '"attributedValue": "<b>Valid</b> for 12 months"',
    check: ({ fields }) =>
      fields.flatMap((site): Problem[] => {
        const text = site.json.attributedValue
        const tag = typeof text === 'string' ? strangeTag(text) : undefined
        if (tag === undefined) return []
        return [{ at: `${site.at}/attributedValue`, message: `Wallet does not know ${tag} in ${nameOf(site)}.` }]
      }),
  },
  {
    id: 'fields.data-detectors',
    severity: 'advice',
    title: 'dataDetectorTypes on a field of the front.',
    reason: 'Phones make links of telephone numbers and addresses on the back only.',
    fix: 'Move the field to backFields, or remove dataDetectorTypes.',
    source: FIELDS_SOURCE,
    example: '"headerFields": [{ …, "dataDetectorTypes": ["PKDataDetectorTypePhoneNumber"] }]',
    check: ({ fields }) =>
      fields
        .filter((site) => isFront(site) && listOf(site.json.dataDetectorTypes).length > 0)
        .map((site) => ({
          at: `${site.at}/dataDetectorTypes`,
          message: `${capital(nameOf(site))} is on the front, where phones make no links.`,
        })),
    repair: (subject, { pointer: at = '' }) => ({ kind: 'text', edits: removeMember(subject, at) }),
  },
  {
    id: 'fields.row',
    severity: 'advice',
    title: 'row is neither 0 nor 1, or has no effect.',
    reason: 'row puts auxiliary fields of event tickets into the first or second line, and nothing else.',
    fix: 'Use 0 or 1 on auxiliaryFields of an eventTicket; remove it elsewhere.',
    source: 'Apple, PassFields.AuxiliaryFields',
    example: '"auxiliaryFields": [{ …, "row": 2 }]',
    check: ({ fields }) =>
      fields.flatMap((site): Problem[] => {
        const { row } = site.json
        if (typeof row !== 'number') return []
        const at = `${site.at}/row`
        if (site.style !== 'eventTicket' || site.group !== 'auxiliaryFields')
          return [{ at, message: `row of ${nameOf(site)} has no effect.` }]
        return row === 0 || row === 1
          ? []
          : [{ at, message: `row of ${nameOf(site)} is ${row}.`, severity: 'shown-badly' }]
      }),
  },
  {
    id: 'fields.back-empty',
    severity: 'advice',
    title: 'There is nothing on the back.',
    reason: 'Holders look there for conditions, opening hours and how to reach you.',
    fix: 'Add backFields with conditions and a contact.',
    source: 'Apple, Human Interface Guidelines: Wallet',
    example: '"storeCard": { "primaryFields": [ … ] }',
    check: ({ styles, style, passJson, fields }) =>
      style === undefined || objectOf(passJson[style]) === undefined || fields.some(({ onBack }) => onBack)
        ? []
        : [{ at: styles[0] ?? '', message: 'The card has nothing on its back.' }],
  },
]

/** The first tag other than a link, or a link without address. */
function strangeTag(text: string): string | undefined {
  for (const [tag, name = ''] of text.matchAll(/<\/?([a-z][a-z0-9]*)\b[^<>]*>/gi)) {
    if (name.toLowerCase() !== 'a') return tag
    if (!tag.startsWith('</') && !/\shref\s*=/i.test(tag)) return tag
  }
  return undefined
}
