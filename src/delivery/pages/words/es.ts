import type { PageWords } from './types.js'

export const SPANISH: PageWords = {
  lang: 'es',
  picture: 'Su tarjeta',
  yourCards: 'Sus tarjetas',
  addToApple: 'Añadir a Apple Wallet',
  appleHint: 'Se abrirá Wallet con la tarjeta. Toque «Añadir» y listo.',
  elseSafari: '¿No ocurre nada? Abra esta página en Safari.',
  onlySafari:
    'Está en el navegador de otra aplicación, que no puede añadir tarjetas. Abra su menú, elija «Abrir en Safari» o «Abrir en el navegador» y añada la tarjeta allí.',
  onIphone: 'En un iPhone',
  openInWallet: 'Abrir en una aplicación wallet',
  androidHint: 'La tarjeta se guarda en su teléfono. Ábrala con una aplicación que lea tarjetas Wallet, por ejemplo:',
  onAndroid: 'En un teléfono Android',
  scan: 'Escanee con su teléfono',
  scanHint: 'Apunte al código con la cámara de su teléfono. Allí se abrirá esta página y podrá añadir la tarjeta.',
  qr: 'Código QR con la dirección de esta página',
  otherPhone: 'En otro teléfono',
  download: 'Descargar la tarjeta',
  downloadAll: 'Descargar todas las tarjetas',
  address: 'Dirección de esta página',
  oneByOne: 'Si su teléfono no admite todas las tarjetas a la vez, añádalas una por una.',
  onlyThis: 'Añadir solo esta tarjeta',
  voided: {
    short: 'Ya no es válida',
    title: 'Esta tarjeta ya no es válida',
    text: 'Ya no se puede añadir. Si cree que es un error, consulte a quien le dio la tarjeta.',
  },
  expired: {
    short: 'Caducada',
    title: 'Esta tarjeta ha caducado',
    text: 'Ya no se puede añadir. Quien le dio la tarjeta le dirá cómo obtener una nueva.',
  },
  forYou: 'Este enlace es solo para usted: quien lo tenga puede añadir su tarjeta.',
  notFound: {
    title: 'Aquí no hay ninguna tarjeta',
    text: 'Compruebe que la dirección está completa o escanee el código otra vez.',
  },
  linkExpired: {
    title: 'Este enlace ha caducado',
    text: 'Por su seguridad, los enlaces a las tarjetas solo funcionan durante un tiempo. Pida uno nuevo donde recibió este.',
  },
  busy: {
    title: 'En este momento, esta tarjeta se está abriendo muchas veces',
    text: 'Sigue aquí. Vuelva a abrir la página dentro de un minuto.',
  },
}
