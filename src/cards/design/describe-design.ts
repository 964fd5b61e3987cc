import { PICTURE_NAMES, type PictureName, pngSize, SHOWN_BY_STYLE } from '../pictures/picture-size.js'
import type { FieldType } from '../values/types.js'
import { type Design, PASS_STYLES, type PassStyle } from './design.js'

export interface DescribedField {
  readonly key: string
  readonly type: FieldType
  /** The CSV column that feeds it. */
  readonly column: string
  readonly required: boolean
  readonly default?: string
  readonly options?: readonly string[]
  readonly currency?: string
  readonly label?: string
  /** Where the card shows it, such as `primary`; absent for fields that serve the barcode only. */
  readonly shown?: string
}

export interface DescribedPicture {
  readonly file: string
  readonly bytes: number
  /** Pixels; absent for PDF. */
  readonly width?: number
  readonly height?: number
}

export interface DesignDescription {
  readonly name: string
  readonly title: string
  readonly dir: string
  /** The design's hash. Cards keep the version they were issued from until they are updated. */
  readonly version: string
  readonly style: PassStyle
  /** What the serial of a card is made of. */
  readonly serial: string
  readonly barcode: string
  readonly fields: readonly DescribedField[]
  /** Keys of pass.json's fields that are the same on every card. */
  readonly staticFields: readonly string[]
  readonly stamps?: { readonly field: string; readonly total: number }
  /** Picture name -> the column that names a member's own. */
  readonly memberPictures: Readonly<Record<string, string>>
  readonly languages: readonly string[]
  readonly pictures: readonly DescribedPicture[]
  /** Weight of everything a card carries besides its pass.json. */
  readonly bytes: number
  /** What is in the folder but not put into cards. */
  readonly ignored: readonly string[]
  /** What works but probably not as meant. */
  readonly warnings: readonly string[]
}

/** Everything `design show` says about a design. */
export function describeDesign(design: Design): DesignDescription {
  const { config, files, fields } = design
  const places = fieldPlaces(design)
  const declared = new Set(fields.map(({ key }) => key))
  const memberPictures = Object.entries(config.pictures).flatMap(([name, from]) => (from ? [[name, from.column]] : []))
  return {
    name: design.name,
    title: config.title ?? design.name,
    dir: design.dir,
    version: design.hash,
    style: design.style,
    serial: describeSerial(design),
    barcode: describeBarcode(design),
    fields: fields.map(({ key, type, column, required, default: preset, options, currency }) => ({
      key,
      type,
      column: column ?? key,
      required,
      ...(preset === undefined ? {} : { default: preset }),
      ...(options === undefined ? {} : { options }),
      ...(currency === undefined ? {} : { currency }),
      ...places.get(key),
    })),
    staticFields: [...places.keys()].filter((key) => !declared.has(key)),
    ...(config.stamps === undefined ? {} : { stamps: { field: config.stamps.field, total: config.stamps.total } }),
    memberPictures: Object.fromEntries(memberPictures) as Record<string, string>,
    languages: [...new Set([...files.keys()].flatMap((path) => /^(.+)\.lproj\//i.exec(path)?.[1] ?? []))],
    pictures: [...files].filter(([path]) => /\.(?:png|pdf)$/i.test(path)).map(describePicture),
    bytes: [...files.values()].reduce((sum, bytes) => sum + bytes.length, 0),
    ignored: design.ignored,
    warnings: warningsOf(design),
  }
}

interface FieldPlace {
  readonly label?: string
  readonly shown: string
}

function fieldPlaces(design: Design): Map<string, FieldPlace> {
  const places = new Map<string, FieldPlace>()
  for (const style of PASS_STYLES) {
    for (const [group, fields] of Object.entries((design.passJson[style] as object | undefined) ?? {})) {
      for (const field of Array.isArray(fields) ? (fields as Record<string, unknown>[]) : []) {
        const { key, label } = field ?? {}
        if (typeof key !== 'string' || places.has(key)) continue
        const shown = group.replace(/Fields$/, '')
        places.set(key, typeof label === 'string' && label !== '' ? { label, shown } : { shown })
      }
    }
  }
  return places
}

function describeSerial({ config: { serial } }: Design): string {
  if (serial === undefined) return 'made from the row'
  return 'column' in serial ? `column "${serial.column}"` : `made from ${serial.key.join(', ')}`
}

function describeBarcode({ config: { barcode } }: Design): string {
  if (barcode !== undefined && 'column' in barcode) return `column "${barcode.column}"`
  return barcode !== undefined && 'value' in barcode ? barcode.value : '{serial}'
}

function describePicture([file, bytes]: [string, Uint8Array]): DescribedPicture {
  return { file, bytes: bytes.length, ...pngSize(bytes) }
}

function warningsOf({ config, style, files, passJson }: Design): string[] {
  const warnings: string[] = []
  for (const picture of [...Object.keys(config.pictures), ...(config.stamps ? ['strip'] : [])]) {
    if (isPicture(picture) && !SHOWN_BY_STYLE[picture].includes(style))
      warnings.push(`A ${style} does not show the picture "${picture}".`)
  }
  for (const icon of ['icon@2x.png', 'icon@3x.png']) {
    if (!files.has(icon) && !files.has('icon.pdf')) warnings.push(`${icon} is missing; phones show a blurred icon.`)
  }
  if (!Array.isArray(passJson.barcodes) || passJson.barcodes.length === 0) {
    warnings.push('pass.json has no "barcodes", so cards show no code to scan.')
  }
  return warnings
}

function isPicture(name: string): name is PictureName {
  return (PICTURE_NAMES as readonly string[]).includes(name)
}
