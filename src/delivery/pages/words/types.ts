/** What a page says itself. The card's own texts come from its design. */
export interface PageWords {
  /** BCP 47, for the `lang` of the page. */
  readonly lang: string
  /** Says whose picture it is, before what stands on the card. */
  readonly picture: string
  /** Name of the list of several cards. */
  readonly yourCards: string

  /** Name of the button; Apple's product name stays as it is. */
  readonly addToApple: string
  readonly appleHint: string
  readonly elseSafari: string
  /** In the browser of another app, which cannot hand cards to Wallet. */
  readonly onlySafari: string
  readonly onIphone: string

  readonly openInWallet: string
  readonly androidHint: string
  readonly onAndroid: string

  readonly scan: string
  readonly scanHint: string
  /** What a screen reader says of the QR code. */
  readonly qr: string
  readonly otherPhone: string

  readonly download: string
  readonly downloadAll: string
  readonly address: string

  /** Browsers and readers that take one card at a time only. */
  readonly oneByOne: string
  readonly onlyThis: string

  readonly voided: StateWords
  readonly expired: StateWords

  readonly forYou: string
  readonly notFound: ProblemWords
  /** The time of the link is over. */
  readonly linkExpired: ProblemWords
  /** Too many requests for the card within a minute. */
  readonly busy: ProblemWords
}

export interface StateWords {
  /** On the card itself, among others. */
  readonly short: string
  readonly title: string
  readonly text: string
}

export interface ProblemWords {
  readonly title: string
  readonly text: string
}
