import { placeholdersOf } from '../text-template.js'
import { parseValue } from '../values/parse-value.js'
import type { FieldSpec } from '../values/types.js'
import type { DesignConfig } from './design-config.js'
import { designProblem } from './design-problem.js'
import type { ConfigPosition } from './read-config.js'

interface Checked {
  readonly dir: string
  readonly config: DesignConfig
  readonly fields: readonly FieldSpec[]
  readonly positionOf: ConfigPosition
}

/** What the schema of design.yaml cannot say: names that must refer to fields, defaults that must be values. */
export function checkConfig({ dir, config, fields, positionOf }: Checked): void {
  const fail = (path: (string | number)[], reason: string) =>
    designProblem({ dir, file: 'design.yaml', reason, position: positionOf(path) })

  for (const spec of fields) {
    if (spec.min !== undefined && spec.max !== undefined && spec.min > spec.max)
      throw fail(['fields', spec.key, 'min'], `the field "${spec.key}" has a min greater than its max`)
    if (spec.default === undefined) continue
    const parsed = parseValue(spec, spec.default, { locale: 'en' })
    if (!parsed.ok)
      throw fail(
        ['fields', spec.key, 'default'],
        `the default "${spec.default}" of the field "${spec.key}" ${parsed.reason}`,
      )
  }

  const { stamps, barcode, pictures } = config
  if (stamps !== undefined) {
    const field = config.fields[stamps.field]
    if (field === undefined) throw fail(['stamps', 'field'], `there is no field "${stamps.field}" to count the stamps`)
    if (field.type !== 'number')
      throw fail(['stamps', 'field'], `the field "${stamps.field}" that counts the stamps must be a number`)
    if (pictures.strip !== undefined)
      throw fail(['pictures', 'strip'], 'the strip shows the stamps already, so members cannot bring one along')
  }

  for (const [language, cells] of Object.entries(config.sample)) {
    for (const [key, cell] of Object.entries(cells)) {
      if (key === 'serial' || key === 'barcode') continue
      const spec = fields.find((field) => field.key === key)
      if (spec === undefined) throw fail(['sample', language, key], `there is no field "${key}" to give a sample for`)
      const parsed = parseValue(spec, cell, { locale: language })
      if (!parsed.ok)
        throw fail(['sample', language, key], `the sample "${cell}" of the field "${key}" ${parsed.reason}`)
    }
  }

  const known = new Set(['serial', ...fields.map((field) => field.key)])
  const templates = {
    value: barcode !== undefined && 'value' in barcode ? barcode.value : undefined,
    text: barcode?.text,
  }
  for (const [name, template] of Object.entries(templates)) {
    for (const placeholder of template === undefined ? [] : placeholdersOf(template)) {
      if (known.has(placeholder) || (name === 'text' && placeholder === 'barcode')) continue
      throw fail(['barcode', name], `{${placeholder}} is neither {serial} nor a field of this design`)
    }
  }
}
