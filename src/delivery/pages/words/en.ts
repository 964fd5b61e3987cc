import type { PageWords } from './types.js'

export const ENGLISH: PageWords = {
  lang: 'en',
  picture: 'Your card',
  yourCards: 'Your cards',
  addToApple: 'Add to Apple Wallet',
  appleHint: 'Wallet opens and shows you the card. Tap Add, and it is there.',
  elseSafari: 'Nothing happens? Open this page in Safari.',
  onlySafari:
    'You are in the browser of another app, which cannot add cards. Open its menu and choose “Open in Safari” or “Open in browser”, then add the card there.',
  onIphone: 'On an iPhone',
  openInWallet: 'Open in a wallet app',
  androidHint: 'The card is saved on your phone. Open it with an app that reads wallet cards, such as:',
  onAndroid: 'On an Android phone',
  scan: 'Scan with your phone',
  scanHint: 'Point the camera of your phone at the code. This page opens there, and you add the card.',
  qr: 'QR code with the address of this page',
  otherPhone: 'On another phone',
  download: 'Download the card',
  downloadAll: 'Download all cards',
  address: 'Address of this page',
  oneByOne: 'If your phone does not take all cards at once, add them one by one.',
  onlyThis: 'Add only this card',
  voided: {
    short: 'No longer valid',
    title: 'This card is no longer valid',
    text: 'It cannot be added any more. If you think this is a mistake, please ask those who gave you the card.',
  },
  expired: {
    short: 'Expired',
    title: 'This card has expired',
    text: 'It cannot be added any more. Those who gave you the card can tell you how to get a new one.',
  },
  forYou: 'This link is meant for you alone: whoever has it can add your card.',
  notFound: {
    title: 'There is no card here',
    text: 'Please check that the address is complete, or scan the code once more.',
  },
  linkExpired: {
    title: 'This link has expired',
    text: 'For your safety, links to cards work for a limited time only. Please ask for a new one where you got this one.',
  },
  busy: {
    title: 'This card is being opened very often right now',
    text: 'It is still here. Please open the page again in a minute.',
  },
}
