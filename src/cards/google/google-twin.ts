import type { Design, PassStyle } from '../design/design.js'
import type { PassBundle, PassView } from '../view/types.js'
import { barcodePart } from './barcode.js'
import { commonParts } from './common.js'
import { idPart } from './ids.js'
import { compact, objectOf, overlay } from './json.js'
import { eventTicket } from './kinds/event-ticket.js'
import { flight } from './kinds/flight.js'
import { generic } from './kinds/generic.js'
import { giftCard } from './kinds/gift-card.js'
import { loyalty } from './kinds/loyalty.js'
import { offer } from './kinds/offer.js'
import { transit } from './kinds/transit.js'
import { noteFields, noteLeftovers } from './leftovers.js'
import { passLinks } from './links.js'
import { textModules } from './modules.js'
import { pictureParts } from './pictures.js'
import { type Kind, readSource, type Source, type TwinOptions } from './source.js'
import type { GoogleNote, GoogleTwin, GoogleType, JsonObject } from './types.js'

export type { TwinOptions } from './source.js'

/** Stands for the issuer id until somebody gives it. */
export const ISSUER_PLACEHOLDER = 'ISSUER_ID'

const KINDS: Readonly<Record<GoogleType, Kind>> = {
  loyalty,
  giftCard,
  offer,
  eventTicket,
  flight,
  transit,
  generic,
}
const BY_STYLE: Readonly<Record<PassStyle, GoogleType>> = {
  storeCard: 'loyalty',
  coupon: 'offer',
  eventTicket: 'eventTicket',
  boardingPass: 'transit',
  generic: 'generic',
  posterGeneric: 'generic',
}

/** The kind of pass that a style becomes, unless design.yaml says another. */
export function googleType({ style, transitType }: PassView): GoogleType {
  return style === 'boardingPass' && transitType === 'air' ? 'flight' : BY_STYLE[style]
}

/**
 * The Google Wallet class and object of a pass, and a report of everything in it: what maps, what changes, what is
 * lost. Never throws, whatever stands in pass.json. Nothing is sent.
 */
export function googleTwin(bundle: PassBundle, design: Design | undefined, options: TwinOptions): GoogleTwin {
  const source = readSource(bundle, design, options)
  const { config, view, report } = source
  const type = config.type ?? googleType(view)
  const kind = KINDS[type](source)
  const common = commonParts(source, type)
  const pictures = pictureParts(source, type)
  const links = passLinks(source)
  const modules = textModules(
    source,
    kind.claims,
    new Set([...links.linkOnly].filter((path) => !kind.claims.taken.has(path))),
  )
  noteOverStrip(source)
  const notify = noteFields(source, kind.claims, type)
  const barcode = barcodePart(source)
  const ids = makeIds(source, kind.classPart)

  const classParts = compact({
    id: ids.class,
    ...withCarrier(kind.class, pictures.carrier),
    ...common.class,
    ...pictures.class,
    textModulesData: modules.classTexts,
    linksModuleData: compact({ uris: links.classLinks }),
    classTemplateInfo:
      modules.rows.length === 0 ? undefined : { cardTemplateOverride: { cardRowTemplateInfos: modules.rows } },
  })
  const objectParts = compact({
    id: ids.object,
    classId: ids.class,
    ...kind.object,
    ...common.object,
    ...pictures.object,
    ...barcode,
    textModulesData: modules.objectTexts,
    linksModuleData: compact({ uris: links.objectLinks }),
    ...(notify ? { notifyPreference: 'NOTIFY_ON_UPDATE' } : {}),
  })
  for (const side of ['class', 'object'] as const)
    for (const key of Object.keys(config[side]))
      report.add('override.class', `design.yaml: google.${side}.${key}`, { to: `${side}.${key}` })
  noteLeftovers(source)
  return {
    type,
    class: overlay(classParts, config.class),
    object: overlay(objectParts, config.object),
    report: withKeys(source),
    pictures: pictures.used,
  }
}

function makeIds({ options, serial, report }: Source, classPart: string | undefined) {
  const { issuerId, classSuffix } = options
  if (issuerId === undefined) report.add('issuer.missing', '', { to: 'class.id' })
  const issuer = issuerId === undefined ? ISSUER_PLACEHOLDER : idPart(issuerId)
  const suffix = idPart(classSuffix === '' ? 'card' : classSuffix)
  const own = idPart(serial === '' ? 'card' : serial)
  report.add(own === serial ? 'id.serial' : 'id.changed', 'serialNumber', { to: 'object.id' })
  return {
    class: `${issuer}.${suffix}${classPart === undefined ? '' : `.${classPart}`}`,
    object: `${issuer}.${suffix}.${own}`,
  }
}

/** Says of notes about fields which field it is: people know keys, not places in lists. */
function withKeys({ report, fields }: Source): readonly GoogleNote[] {
  const keys = new Map(fields.map(({ path, key }) => [path, key]))
  return report.notes.map((note) => {
    const key = keys.get(note.from.split('/').slice(0, 3).join('/'))
    return key === undefined || key === '' ? note : { ...note, key }
  })
}

/** Fields over a strip are part of the picture in Apple Wallet. */
function noteOverStrip({ view, report }: Source): void {
  if (!view.pictures.has('strip') || view.style === 'boardingPass' || view.style === 'generic') return
  for (const { path, text } of view.groups.primaryFields) if (text !== '') report.add('field.over-picture', path)
}

/** The logo of a flight belongs to its carrier. */
function withCarrier(parts: JsonObject, logos: JsonObject): JsonObject {
  const header = objectOf(parts.flightHeader)
  if (header === undefined && Object.keys(logos).length === 0) return parts
  const carrier = { ...objectOf(header?.carrier), ...logos }
  return Object.keys(logos).length === 0 ? parts : { ...parts, flightHeader: { ...header, carrier } }
}
