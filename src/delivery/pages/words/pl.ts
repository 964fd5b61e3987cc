import type { PageWords } from './types.js'

export const POLISH: PageWords = {
  lang: 'pl',
  picture: 'Twoja karta',
  yourCards: 'Twoje karty',
  addToApple: 'Dodaj do Apple Wallet',
  appleHint: 'Otworzy się Wallet i pokaże kartę. Stuknij „Dodaj” i gotowe.',
  elseSafari: 'Nic się nie dzieje? Otwórz tę stronę w Safari.',
  onlySafari:
    'Ta strona jest otwarta w przeglądarce innej aplikacji, która nie potrafi dodawać kart. Otwórz jej menu, wybierz „Otwórz w Safari” lub „Otwórz w przeglądarce” i dodaj kartę tam.',
  onIphone: 'Na iPhonie',
  openInWallet: 'Otwórz w aplikacji portfela',
  androidHint: 'Karta zapisze się w telefonie. Otwórz ją w aplikacji, która obsługuje karty Wallet, na przykład:',
  onAndroid: 'Na telefonie z Androidem',
  scan: 'Zeskanuj telefonem',
  scanHint: 'Skieruj aparat telefonu na kod. Ta strona otworzy się w telefonie i tam dodasz kartę.',
  qr: 'Kod QR z adresem tej strony',
  otherPhone: 'Na innym telefonie',
  download: 'Pobierz kartę',
  downloadAll: 'Pobierz wszystkie karty',
  address: 'Adres tej strony',
  oneByOne: 'Jeśli telefon nie przyjmuje wszystkich kart naraz, dodaj je pojedynczo.',
  onlyThis: 'Dodaj tylko tę kartę',
  voided: {
    short: 'Nieważna',
    title: 'Ta karta jest już nieważna',
    text: 'Nie można jej już dodać. Jeśli to pomyłka, zgłoś się tam, skąd masz kartę.',
  },
  expired: {
    short: 'Wygasła',
    title: 'Ta karta wygasła',
    text: 'Nie można jej już dodać. Tam, skąd ją masz, dowiesz się, jak dostać nową.',
  },
  forYou: 'Ten link jest tylko dla Ciebie: każdy, kto go ma, może dodać Twoją kartę.',
  notFound: {
    title: 'Nie ma tu żadnej karty',
    text: 'Sprawdź, czy adres jest pełny, albo zeskanuj kod jeszcze raz.',
  },
  linkExpired: {
    title: 'Ten link wygasł',
    text: 'Dla Twojego bezpieczeństwa linki do kart działają tylko przez pewien czas. Poproś o nowy tam, skąd masz ten.',
  },
  busy: {
    title: 'Ta karta jest teraz otwierana bardzo często',
    text: 'Nadal tu jest. Otwórz stronę ponownie za minutę.',
  },
}
