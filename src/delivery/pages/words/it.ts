import type { PageWords } from './types.js'

export const ITALIAN: PageWords = {
  lang: 'it',
  picture: 'La tua carta',
  yourCards: 'Le tue carte',
  addToApple: 'Aggiungi ad Apple Wallet',
  appleHint: 'Si apre Wallet e mostra la carta. Tocca «Aggiungi» ed è fatta.',
  elseSafari: 'Non succede nulla? Apri questa pagina in Safari.',
  onlySafari:
    'Sei nel browser di un’altra app, che non può aggiungere carte. Apri il suo menu, scegli «Apri in Safari» o «Apri nel browser» e aggiungi la carta da lì.',
  onIphone: 'Su un iPhone',
  openInWallet: 'Apri in un’app wallet',
  androidHint: 'La carta viene salvata sul telefono. Aprila con un’app che legge le carte Wallet, per esempio:',
  onAndroid: 'Su un telefono Android',
  scan: 'Inquadra con il telefono',
  scanHint: 'Punta la fotocamera del telefono sul codice. Questa pagina si apre lì e puoi aggiungere la carta.',
  qr: 'Codice QR con l’indirizzo di questa pagina',
  otherPhone: 'Su un altro telefono',
  download: 'Scarica la carta',
  downloadAll: 'Scarica tutte le carte',
  address: 'Indirizzo di questa pagina',
  oneByOne: 'Se il telefono non accetta tutte le carte insieme, aggiungile una alla volta.',
  onlyThis: 'Aggiungi solo questa carta',
  voided: {
    short: 'Non più valida',
    title: 'Questa carta non è più valida',
    text: 'Non si può più aggiungere. Se pensi che sia un errore, rivolgiti a chi ti ha dato la carta.',
  },
  expired: {
    short: 'Scaduta',
    title: 'Questa carta è scaduta',
    text: 'Non si può più aggiungere. Chi ti ha dato la carta può dirti come averne una nuova.',
  },
  forYou: 'Questo link è solo per te: chi ce l’ha può aggiungere la tua carta.',
  notFound: {
    title: 'Qui non c’è nessuna carta',
    text: 'Controlla che l’indirizzo sia completo oppure inquadra di nuovo il codice.',
  },
  linkExpired: {
    title: 'Questo link è scaduto',
    text: 'Per la tua sicurezza i link alle carte funzionano solo per un certo tempo. Chiedine uno nuovo dove hai ricevuto questo.',
  },
  busy: {
    title: 'Questa carta viene aperta molto spesso in questo momento',
    text: 'È sempre qui. Riapri la pagina tra un minuto.',
  },
}
