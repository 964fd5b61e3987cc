import { PASS_STYLES } from '../design/design.js'
import { listOf, objectOf } from './json.js'
import type { NoteId } from './notes.js'
import type { Claims, Source, SourceField } from './source.js'
import type { GoogleType, JsonObject } from './types.js'

/** Keys of pass.json that concern Apple alone, or that Google has nothing for, and why. */
const KEYS: Readonly<Record<string, readonly [id: NoteId, reason?: string]>> = {
  formatVersion: ['key.apple', 'The version of the file format.'],
  passTypeIdentifier: ['key.apple', 'Its counterpart is the class id.'],
  teamIdentifier: ['key.apple', 'Its counterpart is the issuer id.'],
  webServiceURL: ['key.apple', 'Google is told of changes by its own API; phones do not ask the issuer.'],
  authenticationToken: ['key.apple', 'Google is told of changes by its own API; phones do not ask the issuer.'],
  userInfo: ['key.apple', 'For apps on the iPhone.'],
  associatedStoreIdentifiers: [
    'key.apple',
    'Apps of the App Store; google.object.appLinkData can name an Android app.',
  ],
  auxiliaryStoreIdentifiers: ['key.apple', 'Apps of the App Store.'],
  appLaunchURL: ['key.apple', 'Opens an app on the iPhone; google.object.appLinkData can name an Android app.'],
  preferredStyleSchemes: ['key.apple', 'Chooses between looks of Apple Wallet.'],
  suppressStripShine: ['key.apple', 'A matter of how Apple draws the strip.'],
  suppressHeaderDarkening: ['key.apple', 'A matter of how Apple draws the top.'],
  useAutomaticColors: ['key.apple', 'A matter of how Apple draws posters.'],
  upcomingPassInformation: ['key.lost', 'Google has no list of coming events in one pass.'],
  beacons: ['key.lost', 'Google does not look for Bluetooth beacons.'],
  maxDistance: ['key.lost', 'Google chooses the distance at which it reminds.'],
  relevantDate: ['key.lost', 'Google decides by itself when to show a card.'],
  relevantDates: ['key.lost', 'Google decides by itself when to show a card.'],
  stripColor: ['key.lost', 'Google has one colour for the card.'],
  footerBackgroundColor: ['key.lost', 'Google has one colour for the card.'],
  logoSymbolName: ['key.lost', "A symbol of Apple's own."],
  eventLogoText: ['key.lost', 'Google shows the name of the issuer there.'],
  sharingProhibited: ['key.apple', 'Says that sharing is allowed, which is so at Google too.'],
  voided: ['key.apple', 'Says that the card is valid.'],
  expirationDate: ['key.unknown', 'No date and time with a zone.'],
  groupingIdentifier: ['key.unknown', 'No text.'],
  logoText: ['key.unknown', 'No text.'],
  description: ['key.unknown', 'No text.'],
  organizationName: ['key.unknown', 'No text.'],
  featuredActions: ['key.lost', 'Has no address that could become a link.'],
  locations: ['key.unknown', 'No list of places.'],
  nfc: ['key.unknown', 'No NFC that Apple Wallet would use.'],
  semantics: ['semantics.lost'],
}

/** Field attributes whose loss is worth a word: those that the mapping has no use for. */
export function noteFields({ fields, report }: Source, claims: Claims, type: GoogleType): boolean {
  let notify = false
  for (const field of fields) {
    const { path, raw, view, group } = field
    if (view.changeMessage !== undefined) {
      const announced = type !== 'generic' && announces(field, claims)
      report.add(
        announced ? 'field.change-notify' : 'field.change-message',
        `${path}/changeMessage`,
        announced ? { to: 'object.notifyPreference' } : {},
      )
      notify ||= announced
    }
    if (raw.isRelative === true && typeof raw.dateStyle === 'string')
      report.add('field.relative-date', `${path}/isRelative`)
    if (view.alignment !== 'natural' && group !== 'backFields') report.add('field.alignment', `${path}/textAlignment`)
  }
  return notify
}

/** The places whose changes Google announces when asked to. */
function announces({ path }: SourceField, { taken }: Claims): boolean {
  return /^object\.(?:loyaltyPoints|secondaryLoyaltyPoints)|^class\.rewardsTier/.test(taken.get(path) ?? '')
}

/** Notes everything that no other part has spoken of, so that nothing gets lost without a word. */
export function noteLeftovers({ pass, view, report }: Source): void {
  for (const key of Object.keys(pass)) {
    if (report.covers(key)) continue
    const known = Object.hasOwn(KEYS, key) ? KEYS[key] : undefined
    if ((PASS_STYLES as readonly string[]).includes(key)) {
      if (key === view.style) noteStyle(objectOf(pass[key]))
      else report.add('style.other', key)
    } else if (known === undefined) report.add('key.unknown', key)
    else report.add(known[0], key, { reason: known[1] })
  }
  const groups = objectOf(pass[view.style]) ?? {}
  for (const [name, value] of Object.entries(groups)) {
    const readable = name in view.groups && listOf(value).length > 0
    if (readable || name === 'transitType' || listOf(value).length === 0) continue
    report.add('key.unknown', `${view.style}/${name}`)
  }

  function noteStyle(content: JsonObject | undefined): void {
    if (content === undefined) report.add('key.unknown', view.style)
    else report.add('key.apple', view.style, { reason: 'Has no fields.' })
  }
}
