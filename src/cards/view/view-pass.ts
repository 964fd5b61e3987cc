import { luminance, mixColours, parseColour, type Rgb } from '../colour/colour.js'
import { PASS_STYLES, type PassStyle } from '../design/design.js'
import type { FieldGroup } from '../styles.js'
import { parsePassDate } from './format-date.js'
import { pickPictures, translations } from './languages.js'
import {
  BARCODE_FORMATS,
  type BarcodeFormat,
  type PassBundle,
  type PassColours,
  type PassView,
  type TransitType,
  type ViewBarcode,
  type ViewField,
} from './types.js'
import { type FieldContext, viewField } from './view-field.js'

export interface ViewOptions {
  /** BCP 47. */
  readonly locale: string
  /** Epoch milliseconds. */
  readonly now: number
  /** IANA name of the phone's time zone; UTC when absent. */
  readonly timeZone?: string
  /** Phones before iOS 27 take the `generic` beside a `posterGeneric`. 27 when absent. */
  readonly ios?: 26 | 27
}

type Json = Readonly<Record<string, unknown>>

/** What a phone shows of a pass. Takes whatever stands in pass.json: what has the wrong type is as good as absent. */
export function viewPass({ passJson, files }: PassBundle, options: ViewOptions): PassView {
  const locale = knownLocale(options.locale)
  const strings = translations(files, locale)
  const translate = (text: string): string => strings.get(text) ?? text
  const style = styleOf(passJson, options.ios ?? 27)
  const content = objectOf(passJson[style]) ?? {}
  const context: FieldContext = { translate, locale, now: options.now, timeZone: options.timeZone ?? 'UTC' }
  const pictures = pickPictures(files, locale)
  const scheme = schemeOf(passJson, style)
  const logoText = translate(textOf(passJson.logoText))
  const expires = parsePassDate(passJson.expirationDate)
  return {
    style,
    ...(scheme === undefined ? {} : { scheme }),
    locale,
    organizationName: translate(textOf(passJson.organizationName)),
    description: translate(textOf(passJson.description)),
    ...(logoText === '' ? {} : { logoText }),
    ...(style === 'boardingPass' ? { transitType: transitOf(content.transitType) } : {}),
    colours: coloursOf(passJson),
    groups: groupsOf(content, style, context),
    barcodes: barcodesOf(passJson, translate),
    pictures,
    voided: passJson.voided === true,
    ...(expires === undefined ? {} : { expiresAt: expires.time }),
    nfc: objectOf(passJson.nfc) !== undefined,
  }
}

function styleOf(pass: Json, ios: 26 | 27): PassStyle {
  const present = PASS_STYLES.filter((style) => objectOf(pass[style]) !== undefined)
  if (present.includes('posterGeneric') && (ios === 27 || !present.includes('generic'))) return 'posterGeneric'
  return present.find((style) => style !== 'posterGeneric') ?? present[0] ?? 'generic'
}

/** The schemes take effect only on their own style. */
function schemeOf({ preferredStyleSchemes: wanted }: Json, style: PassStyle): PassView['scheme'] {
  if (!Array.isArray(wanted)) return undefined
  const first = wanted.find((name) => name === style || name === SCHEMES[style])
  return first === SCHEMES[style] ? SCHEMES[style] : undefined
}

const SCHEMES: Readonly<Partial<Record<PassStyle, 'posterEventTicket' | 'semanticBoardingPass'>>> = {
  eventTicket: 'posterEventTicket',
  boardingPass: 'semanticBoardingPass',
}

const TRANSITS: Readonly<Record<string, TransitType>> = {
  PKTransitTypeAir: 'air',
  PKTransitTypeBoat: 'boat',
  PKTransitTypeBus: 'bus',
  PKTransitTypeTrain: 'train',
}

function transitOf(value: unknown): TransitType {
  return TRANSITS[textOf(value)] ?? 'generic'
}

const BLACK: Rgb = [0, 0, 0]
const WHITE: Rgb = [255, 255, 255]

/** Where pass.json gives no text colour, Wallet takes one that can be read on the background. */
function coloursOf(pass: Json): PassColours {
  const [ownBackground, ownForeground, ownLabel] = [
    parseColour(pass.backgroundColor),
    parseColour(pass.foregroundColor),
    parseColour(pass.labelColor),
  ]
  const background = ownBackground ?? WHITE
  const foreground = ownForeground ?? (luminance(background) > 0.4 ? BLACK : WHITE)
  const footerBackground = parseColour(pass.footerBackgroundColor)
  return {
    background,
    foreground,
    label: ownLabel ?? mixColours(foreground, background, 0.35),
    given: {
      background: ownBackground !== undefined,
      foreground: ownForeground !== undefined,
      label: ownLabel !== undefined,
    },
    ...(footerBackground === undefined ? {} : { footerBackground }),
  }
}

function groupsOf(content: Json, style: PassStyle, context: FieldContext): PassView['groups'] {
  const read = (group: FieldGroup): readonly ViewField[] => {
    const fields = Array.isArray(content[group]) ? content[group] : []
    const onBack = group === 'backFields' || group === 'additionalInfoFields'
    return fields.flatMap((field: unknown, index: number) => {
      const object = objectOf(field)
      return object === undefined ? [] : [viewField(object, { ...context, path: `${style}/${group}/${index}`, onBack })]
    })
  }
  return {
    headerFields: read('headerFields'),
    primaryFields: read('primaryFields'),
    secondaryFields: read('secondaryFields'),
    auxiliaryFields: read('auxiliaryFields'),
    footerFields: read('footerFields'),
    backFields: read('backFields'),
    additionalInfoFields: read('additionalInfoFields'),
  }
}

function barcodesOf(pass: Json, translate: (text: string) => string): ViewBarcode[] {
  const given = Array.isArray(pass.barcodes) && pass.barcodes.length > 0 ? pass.barcodes : [pass.barcode]
  return given.flatMap((item: unknown) => {
    const { format, message, messageEncoding, altText } = objectOf(item) ?? {}
    if (!isFormat(format) || typeof message !== 'string') return []
    const shown = translate(textOf(altText))
    return [
      {
        format,
        message,
        messageEncoding: textOf(messageEncoding) || 'iso-8859-1',
        ...(shown === '' ? {} : { altText: shown }),
      },
    ]
  })
}

function isFormat(value: unknown): value is BarcodeFormat {
  return (BARCODE_FORMATS as readonly unknown[]).includes(value)
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : ''
}

function objectOf(value: unknown): Json | undefined {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Json) : undefined
}

/** Languages come from CSVs and folder names; what is none counts as English. */
function knownLocale(locale: string): string {
  try {
    return Intl.getCanonicalLocales(locale.replaceAll('_', '-'))[0] ?? 'en'
  } catch {
    return 'en'
  }
}
