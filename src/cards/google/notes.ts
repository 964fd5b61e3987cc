import type { GoogleNote, Outcome } from './types.js'

/** Every note there can be: its outcome, and what it says where nothing more precise can be said. */
const NOTES = {
  'issuer.missing': ['needed', 'Google gives every issuer an id; write it as google.issuerId into tessera.yaml.'],
  'id.changed': ['changed', 'Ids at Google have only letters, digits, ".", "_" and "-"; a hash keeps this one apart.'],
  'id.serial': ['maps', 'The serial number is the end of the object id.'],
  'name.issuer': ['maps', 'The name beside the logo.'],
  'name.title': ['maps', 'The title of the card.'],
  'name.repeated': ['apple', 'Says what the title says already.'],
  'name.hidden': ['lost', 'Google shows one title, and another text is it.'],
  'field.text': ['maps', 'A text of its own, with its label.'],
  'field.amount': ['maps', 'A balance, which Google formats itself.'],
  'field.role': ['maps', 'Google has a place for it.'],
  'field.details': ['changed', 'Shown in the details below the card: its front has room for three rows of three.'],
  'field.left-out': ['lost', 'The lists google.rows and google.texts of design.yaml do not name it.'],
  'field.label': ['lost', 'Google shows titles without a label.'],
  'field.empty': ['apple', 'Has neither label nor value.'],
  'field.over-picture': ['changed', 'Stands over the strip in Apple Wallet; Google sets texts and pictures apart.'],
  'field.language': ['changed', 'This place holds one language only, so all phones show the first.'],
  'field.class': ['changed', 'Belongs to the class, which all cards share, so it should be the same for every member.'],
  'field.alignment': ['lost', 'Google places texts by their row: left, middle, right.'],
  'field.change-message': ['lost', 'Google announces no change of this place; send a message with TEXT_AND_NOTIFY.'],
  'field.change-notify': ['changed', 'Google announces the new value in words of its own (NOTIFY_ON_UPDATE).'],
  'field.relative-date': ['changed', 'Written as a fixed text: Google does not count the days.'],
  'field.semantics': ['lost', 'Google has no place for this fact.'],
  'field.link': ['maps', 'Becomes a link of the list below the card.'],
  'field.link-unusable': ['lost', 'Google takes links of http, https, tel and mailto.'],
  'tier.class': ['changed', 'Google keeps the level on the class, so each level gets a class of its own.'],
  'text.long': ['shortened', 'Longer than Google shows on small screens.'],
  'texts.many': ['shortened', 'Google shows ten texts of the class and ten of the object.'],
  'colour.background': ['maps', 'The colour of the card.'],
  'colour.automatic': ['changed', 'Without a background colour Google takes one from the hero picture or the logo.'],
  'colour.text': ['lost', 'Google writes in black or white, whichever can be read on the background.'],
  'picture.hosting': ['needed', 'Google fetches pictures from a public https address.'],
  'picture.hosting-each': [
    'needed',
    'Differs from card to card, so each drawing needs a public https address of its own.',
  ],
  'picture.logo': ['changed', 'Shown in a circle; what lies outside of it is cut.'],
  'picture.wide-logo': ['maps', 'Takes the place of logo and name at the top.'],
  'picture.hero': ['changed', 'A banner at the lower edge, three times as wide as high.'],
  'picture.image': ['changed', 'Shown in full width in the details.'],
  'picture.logo-missing': ['needed', 'Google wants a logo.'],
  'picture.lost': ['lost', 'Google has no place for this picture.'],
  'picture.unused': ['lost', 'Google shows one logo, and another picture is it.'],
  'barcode.type': ['maps', 'The same code.'],
  'barcode.other': ['apple', 'A fallback for older iPhones; Google draws one code.'],
  'barcode.none': ['lost', 'Google cannot draw any of these codes.'],
  'barcode.unknown': ['lost', 'No barcode format that is known.'],
  'barcode.encoding': ['changed', 'Google writes such characters as UTF-8, whatever messageEncoding says.'],
  'barcode.text': ['changed', 'Without altText Google writes the account or the value below the code.'],
  'place.location': ['changed', 'Google reminds near the place, but chooses the distance and the words itself.'],
  'place.surplus': ['lost', 'Google takes ten places.'],
  'place.invalid': ['lost', 'No point on Earth.'],
  'nfc.value': ['changed', 'Sent by Smart Tap, which needs terminals and keys of its own beside those of Apple.'],
  'nfc.ascii': ['lost', 'Smart Tap sends ASCII only.'],
  'nfc.issuers': ['needed', 'Smart Tap needs the merchants that may read it: google.redemptionIssuers in design.yaml.'],
  'nfc.unlock': [
    'changed',
    'Google asks to unlock the phone before the card is shown, not when it is held to a reader.',
  ],
  'expiry.date': ['maps', 'The card expires at that moment.'],
  'expiry.voided': ['changed', 'Moved to the expired passes; Apple greys it out.'],
  'sharing.one-user': ['changed', 'Kept by the one person who saved it first.'],
  'group.id': ['maps', 'Cards of the group are stacked.'],
  'event.time': ['maps', 'The time of the event.'],
  'event.name': ['maps', 'The name of the event.'],
  'event.venue': ['maps', 'The venue.'],
  'event.venue-address': ['needed', 'Google shows a venue only with its address; give google.class.venue.'],
  'semantics.fact': ['maps', 'A fact that Google has a place for.'],
  'semantics.lost': ['lost', 'Google has no place for these facts.'],
  'travel.missing': ['needed', 'Google wants this of every such pass; give it as semantics or under google.class.'],
  'link.url': ['changed', 'A button in Apple Wallet, a link in the list below the card at Google.'],
  'link.surplus': ['lost', 'Google shows ten links of the class and ten of the object.'],
  'override.class': ['maps', 'Given in design.yaml.'],
  'offer.channel': [
    'changed',
    'Google wants to know where an offer is redeemed; google.class.redemptionChannel replaces it.',
  ],
  'key.apple': ['apple', 'Concerns Apple Wallet alone.'],
  'key.lost': ['lost', 'Google has nothing of the kind.'],
  'key.unknown': ['lost', 'Unknown, hence not carried over.'],
  'style.other': ['apple', 'Another look of the same pass, for older iPhones.'],
} as const satisfies Readonly<Record<string, readonly [Outcome, string]>>

export type NoteId = keyof typeof NOTES
export const NOTE_IDS = Object.keys(NOTES) as readonly NoteId[]

/** Gathers the notes of one twin. */
export interface Report {
  /** @param from where in the Apple pass; `to` where at Google; `reason` instead of the general one */
  add(id: NoteId, from: string, more?: { readonly to?: string | undefined; readonly reason?: string | undefined }): void
  /** True when a note begins at that place or below it. */
  covers(from: string): boolean
  readonly notes: readonly GoogleNote[]
}

export function createReport(): Report {
  const notes: GoogleNote[] = []
  const tops = new Set<string>()
  return {
    notes,
    add(id, from, { to, reason } = {}) {
      const [outcome, general] = NOTES[id]
      notes.push({ id, outcome, from, ...(to === undefined ? {} : { to }), reason: reason ?? general })
      tops.add(from.split('/')[0] ?? from)
    },
    covers: (from) => tops.has(from),
  }
}
