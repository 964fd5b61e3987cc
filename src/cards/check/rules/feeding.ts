import type { Place } from '../../../kit/findings.js'
import { placeholdersOf } from '../../text-template.js'
import type { FieldSpec } from '../../values/types.js'
import { isPictureName, isShown } from '../picture-files.js'
import type { Problem, RuleGroup } from '../rule.js'
import { capital, nameOf, quote, type Subject } from '../subject.js'

const SOURCE = 'docs/guides/designs.md of Tessera'
const NUMBERS = new Set(['number', 'money'])

/** What design.yaml and pass.json make of each other. */
export const FEEDING_RULES: RuleGroup = {
  id: 'feeding',
  title: 'What feeds the card',
  intro: 'design.yaml beside pass.json: whether what is fed is shown, and whether it is shown as what it is.',
  rules: [
    {
      id: 'feeding.unused',
      severity: 'advice',
      needs: 'design',
      title: 'A field is fed but nothing shows it.',
      reason: 'The column is read and checked for every member, and no card shows it.',
      fix: 'Add a field with that key to pass.json, or remove it from design.yaml.',
      source: SOURCE,
      example: 'fields: {phone: {type: phone}} where pass.json has no field "phone"',
      check: (subject) => {
        const shown = new Set(subject.fields.map(({ key }) => key))
        const used = usedKeys(subject)
        return specs(subject)
          .filter(({ key }) => !shown.has(key) && !used.has(key))
          .map(({ key }) => ({
            at: yaml(subject, 'fields', key),
            message: `The field "${key}" is fed, but no field of pass.json and no barcode shows it.`,
          }))
      },
    },
    {
      id: 'feeding.format',
      severity: 'shown-badly',
      needs: 'design',
      title: 'A field is formatted as something that it is not fed with.',
      reason: 'Phones format numbers by currency or number style and dates by date style. Anything else is shown bare.',
      fix: 'Change the type in design.yaml or the format in pass.json.',
      source: SOURCE,
      example: '{type: text} for a field with "currencyCode": "EUR"',
      check: ({ fields }) =>
        fields.flatMap((site): Problem[] => {
          const { spec, json } = site
          if (spec === undefined) return []
          const number = ['currencyCode', 'numberStyle'].find((name) => json[name] !== undefined)
          const date = ['dateStyle', 'timeStyle'].find((name) => json[name] !== undefined)
          const wrong = (name: string): Problem[] => [
            { at: `${site.at}/${name}`, message: `${capital(nameOf(site))} has ${name}, but is fed as ${spec.type}.` },
          ]
          if (number !== undefined && !NUMBERS.has(spec.type)) return wrong(number)
          return date !== undefined && spec.type !== 'date' ? wrong(date) : []
        }),
    },
    {
      id: 'feeding.money-style',
      severity: 'shown-badly',
      needs: 'design',
      title: 'An amount of money is shown as a plain number.',
      reason: 'Beside numberStyle no currency is set, so holders see 20 and not 20 €.',
      fix: 'Remove numberStyle from the field, or feed it as number.',
      source: SOURCE,
      example: '{type: money} for a field with "numberStyle": "PKNumberStyleDecimal"',
      check: ({ fields }) =>
        fields
          .filter(
            ({ spec, json }) =>
              spec?.type === 'money' && json.numberStyle !== undefined && json.currencyCode === undefined,
          )
          .map((site) => ({
            at: `${site.at}/numberStyle`,
            message: `${capital(nameOf(site))} is money, but its numberStyle keeps the currency away.`,
          })),
    },
    {
      id: 'feeding.currency',
      severity: 'shown-badly',
      needs: 'design',
      title: 'An amount of money has no currency.',
      reason: 'Phones show the bare number.',
      fix: 'Add `currency: EUR` to the field in design.yaml, or a currency to tessera.yaml.',
      source: SOURCE,
      example: '{type: money} in a launch without currency',
      check: (subject) => {
        if (subject.currency !== undefined) return []
        return subject.fields.flatMap((site): Problem[] => {
          const { spec, json } = site
          if (spec?.type !== 'money' || spec.currency !== undefined) return []
          if (json.currencyCode !== undefined || json.numberStyle !== undefined) return []
          return [
            { at: yaml(subject, 'fields', spec.key), message: `${capital(nameOf(site))} is money of no currency.` },
          ]
        })
      },
    },
    {
      id: 'feeding.enum-value',
      severity: 'advice',
      needs: 'design',
      title: 'The value in pass.json is none of the options.',
      reason: 'Members whose cell is empty get a value that the design does not provide for.',
      fix: 'Write one of the options as value, or set a default in design.yaml.',
      source: SOURCE,
      example: 'options: [Silver, Gold] for a field with "value": "Bronze"',
      check: ({ fields }) =>
        fields.flatMap((site): Problem[] => {
          const { spec, json } = site
          const shown = typeof json.value === 'string' && json.value !== ''
          if (spec?.options === undefined || spec.required || spec.default !== undefined || !shown) return []
          if (spec.options.includes(String(json.value))) return []
          return [
            { at: `${site.at}/value`, message: `${quote(json.value)} is none of the options of ${nameOf(site)}.` },
          ]
        }),
    },
    {
      id: 'feeding.stamp-primary',
      severity: 'shown-badly',
      needs: 'design',
      title: 'A stamp card has a primary field.',
      reason: 'Phones write primary fields over the strip, hence over the stamps.',
      fix: 'Move the field to headerFields or secondaryFields.',
      source: SOURCE,
      example: '"primaryFields": [{ "key": "stamps", … }] beside `stamps:` in design.yaml',
      check: ({ design, fields }) =>
        design?.config.stamps === undefined
          ? []
          : fields
              .filter(({ group }) => group === 'primaryFields')
              .map((site) => ({ at: site.at, message: `${capital(nameOf(site))} is written over the stamps.` })),
    },
    {
      id: 'feeding.picture',
      severity: 'shown-badly',
      needs: 'design',
      title: 'Members bring a picture that the style does not show.',
      reason: 'It is put into their cards, and nobody sees it.',
      fix: 'Take a style that shows it, or another picture.',
      source: SOURCE,
      example: 'pictures: {thumbnail: {column: photo}} on a storeCard',
      check: (subject) => {
        const { config } = subject.design ?? {}
        const names = [...Object.keys(config?.pictures ?? {}).map((name) => ['pictures', name] as const)]
        const all = config?.stamps === undefined ? names : [...names, ['stamps', 'strip'] as const]
        return all.flatMap(([section, name]): Problem[] => {
          if (subject.style === undefined || !isPictureName(name) || isShown(name, subject)) return []
          const at = section === 'stamps' ? yaml(subject, 'stamps') : yaml(subject, section, name)
          return [{ at, message: `A ${subject.style} does not show the picture "${name}".` }]
        })
      },
    },
  ],
}

function specs({ design }: Subject): readonly FieldSpec[] {
  return design?.fields ?? []
}

/** Keys of fields that something other than a field of the card uses. */
function usedKeys({ design }: Subject): Set<string> {
  const { barcode, stamps } = design?.config ?? {}
  const templates = [barcode !== undefined && 'value' in barcode ? barcode.value : undefined, barcode?.text]
  const inTemplates = templates.flatMap((text) => (text === undefined ? [] : placeholdersOf(text)))
  return new Set([...inTemplates, ...(stamps === undefined ? [] : [stamps.field])])
}

function yaml({ config }: Subject, ...path: string[]): Place {
  return { file: 'design.yaml', ...config?.(path) }
}
