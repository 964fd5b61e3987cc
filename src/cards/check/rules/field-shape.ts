import { closest } from '../../../kit/closest.js'
import { FIELD_GROUPS, FRONT_GROUPS, STYLE_LIMITS } from '../../styles.js'
import { FIELD_KEYS, FIELD_VALUES, hasType, TRANSIT_TYPES, TYPE_WORDS } from '../facts/pass-keys.js'
import { removeMember } from '../fix/json-edits.js'
import type { Problem, Rule } from '../rule.js'
import { capital, isFieldGroup, nameOf, objectOf, pointer, quote } from '../subject.js'

const FIELDS_SOURCE = 'Apple Pass Builder 2026, Pass+FieldContent.swift'
const GUIDE = 'Apple, Wallet Developer Guide: Pass Design and Creation'

/** How fields are built and grouped. */
export const FIELD_SHAPE_RULES: readonly Rule[] = [
  {
    id: 'fields.shape',
    severity: 'refused',
    title: 'A group of fields is no list of objects.',
    reason: 'Phones expect a list of objects in every group and refuse the pass otherwise.',
    fix: 'Write the group as [{ "key": …, "label": …, "value": … }, …].',
    source: 'Apple Pass Builder 2026, Pass+Fields.swift',
    example: '"backFields": { "key": "terms", "value": "…" }',
    check: ({ styles, passJson }) =>
      styles.flatMap((style) =>
        Object.entries(objectOf(passJson[style]) ?? {}).flatMap(([group, list]): Problem[] => {
          if (!isFieldGroup(group)) return []
          const at = pointer(style, group)
          if (!Array.isArray(list)) return [{ at, message: `${group} is no list.` }]
          return list.flatMap((item, index) =>
            objectOf(item) === undefined
              ? [{ at: `${at}/${index}`, message: `Entry ${index + 1} of ${group} is no object with key and value.` }]
              : [],
          )
        }),
      ),
  },
  {
    id: 'fields.group-unknown',
    severity: 'shown-badly',
    title: 'A group of fields has a name that phones do not know.',
    reason: 'Phones ignore it, so none of its fields are shown.',
    fix: `Use one of ${FIELD_GROUPS.join(', ')}.`,
    source: 'Apple Pass Builder 2026, Pass+Fields.swift',
    example: '"secondaryField": [ … ]',
    check: ({ styles, passJson }) =>
      styles.flatMap((style) =>
        Object.keys(objectOf(passJson[style]) ?? {}).flatMap((group): Problem[] => {
          if (isFieldGroup(group) || group === 'transitType') return []
          const meant = closest(group, FIELD_GROUPS)
          const hint = meant === undefined ? '' : ` Did you mean "${meant}"?`
          const listed = Array.isArray(objectOf(passJson[style])?.[group])
          return meant === undefined && !listed
            ? []
            : [{ at: pointer(style, group), message: `No phone knows the group "${group}".${hint}` }]
        }),
      ),
  },
  {
    id: 'fields.key-missing',
    severity: 'refused',
    title: 'A field has no key.',
    reason:
      'Phones tell fields apart by their keys when a card is updated, and refuse a pass with a field that has none.',
    fix: 'Give the field a key of its own.',
    source: FIELDS_SOURCE,
    example: '{ "label": "Points", "value": 0 }',
    check: ({ fields }) =>
      fields
        .filter(({ key }) => key === undefined || key === '')
        .map((site) => ({ at: site.at, message: `${capital(nameOf({ ...site, key: undefined }))} has no key.` })),
  },
  {
    id: 'fields.key-twice',
    severity: 'refused-by-some',
    title: 'Two fields have the same key.',
    reason:
      'Keys must be unique in a pass. Some readers refuse it, others mix the fields up when the card is updated. Tessera makes no cards from such a design, so there the finding counts as refused.',
    fix: 'Rename one of them.',
    source: FIELDS_SOURCE,
    example: '{ "key": "points", … }, { "key": "points", … }',
    check: ({ fields, isTemplate }) => {
      const seen = new Set<string>()
      return fields.flatMap((site): Problem[] => {
        if (site.key === undefined || site.key === '') return []
        // The twin of a poster repeats its keys.
        const name = `${site.style}/${site.key}`
        const again = seen.has(name)
        seen.add(name)
        const message = `The field key "${site.key}" occurs twice.`
        return again ? [{ at: `${site.at}/key`, message, ...(isTemplate ? { severity: 'refused' } : {}) }] : []
      })
    },
  },
  {
    id: 'fields.value-missing',
    severity: 'refused',
    title: 'A field has no value, or one that is neither text nor number.',
    reason: 'Phones refuse a pass with a field that has no value.',
    fix: 'Give the field a value; "" is one.',
    source: FIELDS_SOURCE,
    example: '{ "key": "points", "label": "Points" }',
    check: ({ fields, knowsFeeding }) =>
      fields.flatMap((site): Problem[] => {
        const { value } = site.json
        const isValue = typeof value === 'string' || typeof value === 'number'
        if (isValue || site.spec !== undefined || (value === undefined && !knowsFeeding)) return []
        if (value === undefined) return [{ at: site.at, message: `${capital(nameOf(site))} has no value.` }]
        const message = `The value of ${nameOf(site)} must be a text or a number, not ${quote(value)}.`
        return [{ at: `${site.at}/value`, message }]
      }),
  },
  {
    id: 'fields.value-type',
    severity: 'refused-by-some',
    title: 'An attribute of a field is of the wrong kind.',
    reason: 'Readers that are strict refuse the pass; others act as if the attribute were not there.',
    fix: 'Write the attribute as the message says.',
    source: FIELDS_SOURCE,
    example: '"isRelative": "true"',
    check: ({ fields }) =>
      fields.flatMap((site) =>
        [...FIELD_KEYS].flatMap(([name, type]): Problem[] => {
          const value = site.json[name]
          if (value === undefined || hasType(value, type)) return []
          const message = `${name} of ${nameOf(site)} must be ${TYPE_WORDS[type]}, not ${quote(value)}.`
          return [{ at: `${site.at}/${name}`, message }]
        }),
      ),
  },
  {
    id: 'fields.unknown-value',
    severity: 'refused-by-some',
    title: 'An attribute of a field has a value that Wallet does not know.',
    reason: 'Some versions of Wallet refuse the pass; others format the field as if the attribute were not there.',
    fix: 'Use one of the values that the message names.',
    source: FIELDS_SOURCE,
    example: '"dateStyle": "PKDateStyleMedum"',
    check: ({ fields }) =>
      fields.flatMap((site) =>
        Object.entries(FIELD_VALUES).flatMap(([name, known]) => {
          const given = site.json[name]
          const at = `${site.at}/${name}`
          const values = Array.isArray(given)
            ? given.map((value, index) => ({ value, at: `${at}/${index}` }))
            : [{ value: given, at }]
          return values.flatMap(({ value, at: place }): Problem[] => {
            if (typeof value !== 'string' || known.includes(value)) return []
            const meant = closest(value, known)
            const hint = meant === undefined ? `It knows ${known.join(', ')}.` : `Did you mean "${meant}"?`
            return [
              { at: place, message: `${name} of ${nameOf(site)} is "${value}", which Wallet does not know. ${hint}` },
            ]
          })
        }),
      ),
  },
  {
    id: 'fields.unknown-key',
    severity: 'advice',
    title: 'An attribute of a field looks like a slip of the pen.',
    reason: 'Phones ignore attributes that they do not know, so what it was to do does not happen.',
    fix: 'Write it as the message says; if it is meant as it is, leave it: Tessera keeps unknown keys.',
    source: FIELDS_SOURCE,
    example: '"changeMesage": "You now have %@ points"',
    check: ({ fields }) =>
      fields.flatMap((site) =>
        Object.keys(site.json).flatMap((name): Problem[] => {
          const meant = FIELD_KEYS.has(name) ? undefined : closest(name, FIELD_KEYS.keys())
          if (meant === undefined || site.json[meant] !== undefined) return []
          const message = `No phone knows "${name}" of ${nameOf(site)}. Did you mean "${meant}"?`
          return [{ at: pointer(...site.at.split('/'), name), message }]
        }),
      ),
  },
  {
    id: 'fields.limit',
    severity: 'shown-badly',
    title: 'A group has more fields than the style shows.',
    reason: 'Phones leave the rest out without a word.',
    fix: 'Move what is too much to backFields.',
    source: GUIDE,
    example: 'Two primaryFields on a storeCard.',
    check: ({ styles, fields }) =>
      styles.flatMap((style) =>
        [...FRONT_GROUPS, 'footerFields' as const].flatMap((group): Problem[] => {
          const limit = STYLE_LIMITS[style][group]
          const here = fields.filter((site) => site.style === style && site.group === group)
          const extra = here[limit]
          if (extra === undefined) return []
          const most = limit === 0 ? `shows no ${group}` : `shows ${limit} of ${group}`
          return [{ at: extra.at, message: `A ${style} ${most}, and there are ${here.length}.` }]
        }),
      ),
  },
  {
    id: 'fields.limit-square',
    severity: 'shown-badly',
    title: 'There are more fields than fit above a square barcode.',
    reason: 'With a QR or Aztec code, coupons, store cards and generic passes show four fields below the primary one.',
    fix: 'Move fields to backFields, or take a flat barcode such as PKBarcodeFormatPDF417.',
    source: GUIDE,
    example: 'Three secondaryFields and two auxiliaryFields above a QR code.',
    check: async ({ styles, fields, view, locales }) => {
      const [first] = (await view(locales[0] ?? 'en')).barcodes
      if (first?.format !== 'PKBarcodeFormatQR' && first?.format !== 'PKBarcodeFormatAztec') return []
      return styles.flatMap((style): Problem[] => {
        const limit = STYLE_LIMITS[style].belowWithSquareCode
        const below = ['secondaryFields', 'auxiliaryFields'].flatMap((group) =>
          fields.filter((site) => site.style === style && site.group === group),
        )
        const extra = limit === undefined ? undefined : below[limit]
        if (limit === undefined || extra === undefined) return []
        const message = `A ${style} with a square barcode shows ${limit} secondary and auxiliary fields together, and there are ${below.length}.`
        return [{ at: extra.at, message }]
      })
    },
  },
  {
    id: 'fields.transit-type',
    severity: 'refused',
    title: 'transitType is missing, unknown, or where it does not belong.',
    reason: 'A boarding pass must say how one travels; other styles must not.',
    fix: `Boarding passes need one of ${TRANSIT_TYPES.join(', ')}; remove it from other styles.`,
    source: 'Apple Pass Builder 2026, Pass+Fields.swift',
    example: '"boardingPass": { "primaryFields": [ … ] }',
    check: ({ styles, passJson }) =>
      styles.flatMap((style): Problem[] => {
        const content = objectOf(passJson[style])
        const type = content?.transitType
        const at = pointer(style, 'transitType')
        if (content === undefined) return []
        if (style !== 'boardingPass') {
          return type === undefined
            ? []
            : [{ at, message: `A ${style} has no transitType.`, severity: 'refused-by-some' }]
        }
        if (type === undefined) return [{ at, message: 'The boarding pass has no transitType.' }]
        if ((TRANSIT_TYPES as readonly unknown[]).includes(type)) return []
        const meant = closest(String(type), TRANSIT_TYPES)
        return [
          { at, message: `No phone knows the transitType ${quote(type)}.${meant ? ` Did you mean "${meant}"?` : ''}` },
        ]
      }),
    repair: (subject, { pointer: at = '' }) =>
      at.startsWith('boardingPass/') ? undefined : { kind: 'text', edits: removeMember(subject, at) },
  },
]
