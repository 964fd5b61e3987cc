import type { CardData, FieldValue } from '../model.js'
import { compileTextTemplate } from '../text-template.js'
import { parseCell } from '../values/parse-value.js'
import type { Design } from './design.js'

export interface SampleOptions {
  /** BCP 47; the sample of that language, else of the first. */
  readonly locale: string
  /** Cells that take the place of the sample's: field key (or `serial`, `barcode`) -> text. */
  readonly cells?: Readonly<Record<string, string>>
}

/** What a till that reads EAN-13 can scan; the serial serves everywhere else. */
const SAMPLE_SERIAL = '1001'

/**
 * A card to look at, filled with the `sample` of design.yaml. Fields without one keep their default or what pass.json
 * says. Cells are read as those of a CSV; loadDesign has checked those of design.yaml.
 */
export function sampleCard(design: Design, { locale, cells = {} }: SampleOptions): CardData {
  const { sample, barcode } = design.config
  const texts: Readonly<Record<string, string>> = { ...sampleOf(sample, locale), ...cells }
  const values: Record<string, FieldValue> = {}
  for (const spec of design.fields) {
    const parsed = parseCell(spec, texts[spec.key], { locale })
    if (parsed?.ok) values[spec.key] = parsed.value
  }
  const serial = texts.serial ?? SAMPLE_SERIAL
  const template = barcode !== undefined && 'value' in barcode ? barcode.value : '{serial}'
  const fromColumn = barcode !== undefined && 'column' in barcode ? (texts.barcode ?? serial) : undefined
  return {
    serial,
    token: 'sample-card-without-a-token',
    barcode: fromColumn ?? texts.barcode ?? compileTextTemplate(template)({ serial, values }),
    values,
    locale,
  }
}

/** The cells of a language over those of the first, so that a translation only names what differs. */
function sampleOf(
  sample: Readonly<Record<string, Readonly<Record<string, string>>>>,
  locale: string,
): Readonly<Record<string, string>> {
  const [first] = Object.values(sample)
  const language = locale.split(/[-_]/)[0] ?? ''
  return { ...first, ...(sample[locale] ?? sample[language]) }
}
