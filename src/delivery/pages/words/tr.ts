import type { PageWords } from './types.js'

export const TURKISH: PageWords = {
  lang: 'tr',
  picture: 'Kartınız',
  yourCards: 'Kartlarınız',
  addToApple: 'Apple Wallet’a ekle',
  appleHint: 'Wallet açılır ve kartı gösterir. “Ekle”ye dokunmanız yeterli.',
  elseSafari: 'Bir şey olmuyor mu? Bu sayfayı Safari’de açın.',
  onlySafari:
    'Başka bir uygulamanın tarayıcısındasınız; bu tarayıcı kart ekleyemez. Menüsünü açın, “Safari’de aç” veya “Tarayıcıda aç” seçeneğini seçin ve kartı orada ekleyin.',
  onIphone: 'iPhone’da',
  openInWallet: 'Bir cüzdan uygulamasında aç',
  androidHint: 'Kart telefonunuza kaydedilir. Wallet kartlarını açan bir uygulamayla açın, örneğin:',
  onAndroid: 'Android telefonda',
  scan: 'Telefonunuzla tarayın',
  scanHint: 'Telefonunuzun kamerasını koda tutun. Bu sayfa telefonda açılır ve kartı oradan eklersiniz.',
  qr: 'Bu sayfanın adresini içeren QR kodu',
  otherPhone: 'Başka bir telefonda',
  download: 'Kartı indir',
  downloadAll: 'Tüm kartları indir',
  address: 'Bu sayfanın adresi',
  oneByOne: 'Telefonunuz tüm kartları bir kerede almıyorsa tek tek ekleyin.',
  onlyThis: 'Yalnızca bu kartı ekle',
  voided: {
    short: 'Geçersiz',
    title: 'Bu kart artık geçerli değil',
    text: 'Kart artık eklenemez. Bir yanlışlık olduğunu düşünüyorsanız kartı veren yere başvurun.',
  },
  expired: {
    short: 'Süresi doldu',
    title: 'Bu kartın süresi doldu',
    text: 'Kart artık eklenemez. Yenisini nasıl alacağınızı kartı veren yerden öğrenebilirsiniz.',
  },
  forYou: 'Bu bağlantı yalnızca sizin içindir: elinde olan herkes kartınızı ekleyebilir.',
  notFound: {
    title: 'Burada kart yok',
    text: 'Adresin eksiksiz olup olmadığını kontrol edin veya kodu yeniden tarayın.',
  },
  linkExpired: {
    title: 'Bu bağlantının süresi doldu',
    text: 'Güvenliğiniz için kart bağlantıları yalnızca sınırlı bir süre çalışır. Yenisini bu bağlantıyı aldığınız yerden isteyin.',
  },
  busy: {
    title: 'Bu kart şu anda çok sık açılıyor',
    text: 'Kartınız yerinde duruyor. Lütfen sayfayı bir dakika sonra yeniden açın.',
  },
}
