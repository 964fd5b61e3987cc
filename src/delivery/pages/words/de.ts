import type { PageWords } from './types.js'

export const GERMAN: PageWords = {
  lang: 'de',
  picture: 'Ihre Karte',
  yourCards: 'Ihre Karten',
  addToApple: 'Zu Apple Wallet hinzufügen',
  appleHint: 'Wallet öffnet sich und zeigt die Karte. Tippen Sie auf „Hinzufügen“ – fertig.',
  elseSafari: 'Es passiert nichts? Öffnen Sie diese Seite in Safari.',
  onlySafari:
    'Sie sind im Browser einer anderen App, der keine Karten hinzufügen kann. Öffnen Sie sein Menü, wählen Sie „In Safari öffnen“ oder „Im Browser öffnen“ und fügen Sie die Karte dort hinzu.',
  onIphone: 'Auf einem iPhone',
  openInWallet: 'In einer Wallet-App öffnen',
  androidHint:
    'Die Karte wird auf Ihrem Telefon gespeichert. Öffnen Sie sie mit einer App für Wallet-Karten, zum Beispiel:',
  onAndroid: 'Auf einem Android-Telefon',
  scan: 'Mit dem Telefon scannen',
  scanHint:
    'Richten Sie die Kamera Ihres Telefons auf den Code. Diese Seite öffnet sich dort, und Sie fügen die Karte hinzu.',
  qr: 'QR-Code mit der Adresse dieser Seite',
  otherPhone: 'Auf einem anderen Telefon',
  download: 'Karte herunterladen',
  downloadAll: 'Alle Karten herunterladen',
  address: 'Adresse dieser Seite',
  oneByOne: 'Falls Ihr Telefon nicht alle Karten auf einmal annimmt, fügen Sie sie einzeln hinzu.',
  onlyThis: 'Nur diese Karte hinzufügen',
  voided: {
    short: 'Nicht mehr gültig',
    title: 'Diese Karte ist nicht mehr gültig',
    text: 'Sie kann nicht mehr hinzugefügt werden. Wenn Sie das für einen Irrtum halten, wenden Sie sich bitte an den Herausgeber der Karte.',
  },
  expired: {
    short: 'Abgelaufen',
    title: 'Diese Karte ist abgelaufen',
    text: 'Sie kann nicht mehr hinzugefügt werden. Eine neue bekommen Sie beim Herausgeber der Karte.',
  },
  forYou: 'Dieser Link ist nur für Sie bestimmt: Wer ihn hat, kann Ihre Karte hinzufügen.',
  notFound: {
    title: 'Hier ist keine Karte',
    text: 'Bitte prüfen Sie, ob die Adresse vollständig ist, oder scannen Sie den Code noch einmal.',
  },
  linkExpired: {
    title: 'Dieser Link ist abgelaufen',
    text: 'Zu Ihrer Sicherheit gelten Links zu Karten nur eine begrenzte Zeit. Bitte lassen Sie sich dort, wo Sie diesen bekommen haben, einen neuen geben.',
  },
  busy: {
    title: 'Diese Karte wird gerade sehr oft aufgerufen',
    text: 'Sie ist noch da. Bitte öffnen Sie die Seite in einer Minute noch einmal.',
  },
}
