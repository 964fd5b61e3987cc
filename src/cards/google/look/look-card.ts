import { parseColour, type Rgb } from '../../colour/colour.js'
import type { BarcodeFormat } from '../../view/types.js'
import { listOf, objectOf, textOf } from '../json.js'
import type { GoogleTwin, JsonObject } from '../types.js'
import { LABELLED_PATHS, type LookField, twinReader } from './read-twin.js'

/** What Google Wallet shows of a twin in one language. */
export interface LookCard {
  readonly issuer: string
  /** Above the title, small. */
  readonly subtitle: string
  readonly title: string
  /** Shown at the upper right: the number of a flight. */
  readonly corner: string
  /** From where to where, in place of the title. */
  readonly journey?: { readonly from: string; readonly to: string; readonly codes: boolean }
  /** Why the card is no longer good; '' when it is. */
  readonly state: string
  readonly background: Rgb
  readonly rows: readonly (readonly LookField[])[]
  readonly barcode?: { readonly format: BarcodeFormat; readonly message: string; readonly text: string }
  readonly messages: readonly LookField[]
  /** Fields with a place of their own that stand in no row. */
  readonly facts: readonly LookField[]
  readonly texts: readonly LookField[]
  readonly links: readonly { readonly uri: string; readonly text: string; readonly source: string }[]
}

const FORMATS: Readonly<Record<string, BarcodeFormat>> = {
  QR_CODE: 'PKBarcodeFormatQR',
  PDF_417: 'PKBarcodeFormatPDF417',
  AZTEC: 'PKBarcodeFormatAztec',
  CODE_128: 'PKBarcodeFormatCode128',
  CODE_39: 'PKBarcodeFormatCode39',
  CODABAR: 'PKBarcodeFormatCodabar',
  EAN_13: 'PKBarcodeFormatEAN13',
  ITF_14: 'PKBarcodeFormatI2of5',
}
/** The colour where neither class nor object gives one; Google then takes one from the pictures. */
const NEUTRAL: Rgb = [232, 234, 237]
const MOST_TEXTS = 10
const MOST_ROWS = 3

export function lookCard(twin: GoogleTwin, locale: string): LookCard {
  const { class: cls, object } = twin
  const reader = twinReader(twin, locale)
  const { text } = reader
  const rows = rowPaths(cls).map((paths) => paths.flatMap((path) => reader.field(path) ?? []))
  const shown = new Set(rows.flat().map(({ source }) => source))
  const barcode = barcodeOf(object, cls)
  const modules = [['class', cls] as const, ['object', object] as const].flatMap(([side, { textModulesData }]) =>
    listOf(textModulesData)
      .flatMap((module) => reader.field(`${side}.textModulesData['${String(objectOf(module)?.id)}']`) ?? [])
      .slice(0, MOST_TEXTS),
  )
  const state = textOf(object.state) ?? 'ACTIVE'
  return {
    issuer: twin.type === 'generic' ? text(object, 'cardTitle') : text(cls, 'issuerName'),
    ...titles(twin, reader),
    state: state === 'ACTIVE' ? '' : reader.word(state === 'EXPIRED' ? 'expired' : 'inactive'),
    background: parseColour(object.hexBackgroundColor) ?? parseColour(cls.hexBackgroundColor) ?? NEUTRAL,
    rows: rows.filter((row) => row.length > 0),
    ...(barcode === undefined ? {} : { barcode }),
    messages: [...listOf(cls.messages), ...listOf(object.messages)].flatMap((item, index) => {
      const message = objectOf(item)
      const value = text(message, 'body')
      return value === '' ? [] : [{ label: text(message, 'header'), value, source: `messages/${index}` }]
    }),
    facts: LABELLED_PATHS.filter((path) => !shown.has(path)).flatMap((path) => reader.field(path) ?? []),
    texts: modules.filter(({ source }) => !shown.has(source)),
    links: [cls, object].flatMap(({ linksModuleData }, side) =>
      listOf(objectOf(linksModuleData)?.uris).flatMap((item, index) => {
        const link = objectOf(item)
        const uri = textOf(link?.uri)
        const source = `${side === 0 ? 'class' : 'object'}.linksModuleData.uris/${index}`
        return uri === undefined ? [] : [{ uri, text: text(link, 'description') || uri, source }]
      }),
    ),
  }
}

type Titles = Pick<LookCard, 'title' | 'subtitle' | 'corner' | 'journey'>

function titles({ type, class: cls, object }: GoogleTwin, { text, balance }: ReturnType<typeof twinReader>): Titles {
  const plain = (title: string): Titles => ({ title, subtitle: '', corner: '' })
  switch (type) {
    case 'loyalty':
      return plain(text(cls, 'programName'))
    case 'offer':
      return plain(text(cls, 'title'))
    case 'eventTicket':
      return plain(text(cls, 'eventName'))
    case 'giftCard':
      return plain(balance(object.balance))
    case 'generic':
      return { ...plain(text(object, 'header')), subtitle: text(object, 'subheader') }
    case 'flight': {
      const code = (side: 'origin' | 'destination') => text(objectOf(cls[side]), 'airportIataCode')
      const header = objectOf(cls.flightHeader)
      const carrier = text(objectOf(header?.carrier), 'carrierIataCode')
      const corner = [carrier, text(header, 'flightNumber')].join(' ').trim()
      const journey = { from: code('origin'), to: code('destination'), codes: true }
      return { ...plain(''), corner, ...(journey.from + journey.to === '' ? {} : { journey }) }
    }
    case 'transit': {
      const leg = objectOf(object.ticketLeg)
      const journey = { from: text(leg, 'originName'), to: text(leg, 'destinationName'), codes: false }
      return { ...plain(''), ...(journey.from + journey.to === '' ? {} : { journey }) }
    }
  }
}

/** The field paths of the rows of the card, three rows and three fields in a row at most. */
function rowPaths(cls: JsonObject): string[][] {
  const template = objectOf(objectOf(cls.classTemplateInfo)?.cardTemplateOverride)
  return listOf(template?.cardRowTemplateInfos)
    .slice(0, MOST_ROWS)
    .map((row) => {
      const { oneItem, twoItems, threeItems } = objectOf(row) ?? {}
      const items = objectOf(oneItem) ?? objectOf(twoItems) ?? objectOf(threeItems) ?? {}
      return [items.item, items.startItem, items.middleItem, items.endItem].flatMap((item) => {
        const [reference] = listOf(objectOf(objectOf(item)?.firstValue)?.fields)
        return textOf(objectOf(reference)?.fieldPath) ?? []
      })
    })
}

/** Below the code stands its own text, else the account, else the value. */
function barcodeOf(object: JsonObject, cls: JsonObject): LookCard['barcode'] {
  const { type, value, alternateText } = objectOf(object.barcode) ?? {}
  const format = Object.hasOwn(FORMATS, String(type)) ? FORMATS[String(type)] : undefined
  if (format === undefined || typeof value !== 'string' || value === '' || cls.allowBarcodeRedemption === false)
    return undefined
  return { format, message: value, text: textOf(alternateText) ?? textOf(object.accountId) ?? value }
}
