/** What a field may be about, judging by its key and its labels. One field may be about several: a member's number. */
export type FieldRole = 'name' | 'number' | 'points' | 'level' | 'seat' | 'personal' | 'own-date' | 'contact'

/**
 * Beginnings of words, without accents, in the languages that passes are mostly written in. Words of up to three
 * letters must be the whole word; Chinese, Japanese and Korean ones are found anywhere, since they are not divided.
 */
const STEMS: Readonly<Record<FieldRole, string>> = {
  name:
    'name member holder cardholder guest passenger customer owner client attendee visitor student employee traveler ' +
    'inhaber karteninhaber mitglied gast passagier fahrgast kunde teilnehmer vorname nachname besucher ' +
    'titulaire membre nom prenom passager invite voyageur titular nombre miembro socio pasajero invitado cliente ' +
    'titolare nome cognome passeggero ospite passageiro membro naam lid houder imie nazwisko posiadacz pasazer klient ' +
    'jmeno drzitel namn medlem ad isim uye musteri ' +
    'имя фамил фио участник владел держател гость клиент пассажир покупател имени учасник власник пасажир ' +
    '氏名 名前 会員 お客様 姓名 会员 持有人 이름 회원 성함',
  number:
    'number no nr num id code ticket booking reservation reference pnr account card barcode voucher coupon serial policy ' +
    'nummer mitgliedsnummer kartennummer buchung karte konto kundennummer numero numéro billet carte compte código codigo ' +
    'tarjeta cuenta tessera codice biglietto cartao bilhete kaart rekening numer karta cislo kart kod ' +
    'номер карта карты код билет бронь счет заказ рахунок картка 番号 カード 卡号 编号 번호 카드',
  points:
    'point balance bonus reward stamp visit credit mile coffee remaining saldo punkte punkt guthaben stempel besuch ' +
    'solde visite puntos punti saldo pontos sellos bollini punten tegoed punkty saldo pieczatki body zustatek poang puan bakiye ' +
    'балл баланс бонус остаток штамп визит накоп миль очки бали залишок ポイント 残高 スタンプ 积分 余额 포인트 잔액',
  level:
    'level tier status rank grade stufe rang niveau statut nivel livello categoria nivel poziom seviye uroven niva ' +
    'уровень статус ранг категори рівень ランク ステータス 等级 级别 등급',
  seat:
    'seat row gate section class zone platform coach wagon table room terminal flight train boarding depart arriv from to ' +
    'sitz platz reihe block klasse gleis wagen flug abflug siege rang porte voiture quai asiento fila puerta vagon vuelo ' +
    'posto fila binario carrozza volo stoel rij perron miejsce rzad ' +
    'место ряд сектор вагон рейс выход платформ стол 座席 列 座位 排 좌석 열',
  personal:
    'residence passport nationality birth birthday ssn licence license wohnort reisepass staatsangehor geburt ausweis ' +
    'residence passeport naissance nationalite pasaporte nacimiento nacionalidad passaporto nascita geboorte paszport urodz ' +
    'паспорт рожден прописк гражданств народжен 生年月日 国籍 护照 생년월일',
  'own-date':
    'since valid expire expiry until join renew birth birthday issued seit gultig ablauf bis geburt mitglied ' +
    'depuis valable expir desde valido vence caduca hasta scade scadenza dal fino geldig sinds wazna od do platnost ' +
    'действ срок годен дата с до выдан рожден участ дійсн 有効期限 有效期 유효',
  contact:
    'contact support help hotline service website web info phone email mail store shop branch address opening hours terms ' +
    'kontakt hilfe kundenservice filiale adresse offnungszeit agb assistance aide boutique contacto ayuda tienda ' +
    'contatti assistenza negozio pomoc sklep контакт поддержк помощь магазин адрес салон условия услови сайт телефон почта',
}

const WORDS: readonly (readonly [FieldRole, ReadonlySet<string>, readonly string[]])[] = Object.entries(STEMS).map(
  ([role, text]) => {
    const stems = text.split(' ').map(plain)
    return [role as FieldRole, new Set(stems), stems.filter((stem) => stem.length >= 4 || isUndivided(stem))]
  },
)

/** The roles that the key of a field and its labels, in whatever language, speak for. */
export function fieldRoles(key: string, labels: readonly string[]): ReadonlySet<FieldRole> {
  const words = [key.replaceAll(/(?<=\p{Ll})(?=\p{Lu})/gu, ' '), ...labels]
    .flatMap((text) => text.match(/[\p{L}\p{M}]+/gu) ?? [])
    .map(plain)
  const roles = new Set<FieldRole>()
  for (const [role, whole, beginnings] of WORDS) {
    const found = words.some(
      (word) =>
        whole.has(word) ||
        beginnings.some((stem) => (isUndivided(stem) ? word.includes(stem) : word.startsWith(stem))) ||
        // Compounds of German and Dutch: Mitgliedsnummer, Kartennummer.
        (role === 'number' && /(?:nummer|nr|номер)$/.test(word)),
    )
    if (found) roles.add(role)
  }
  return roles
}

function plain(word: string): string {
  return word.normalize('NFD').replaceAll(/\p{M}/gu, '').normalize('NFC').toLowerCase()
}

function isUndivided(word: string): boolean {
  return /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}]/u.test(word)
}

const PARTICLES = new Set('de da di do dos du la le van von der den zu zur bin ibn al el y e und'.split(' '))

/** Two to five capitalised words, as people are called; in Chinese, Japanese and Korean two to six characters. */
export function looksLikeName(value: string): boolean {
  const text = value.trim()
  if (isUndivided(text))
    return /^[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\s・]{2,12}$/u.test(text)
  const words = text.split(/[\s/]+/).filter((word) => word !== '')
  return (
    words.length >= 2 &&
    words.length <= 5 &&
    words.every((word) => /^\p{Lu}[\p{L}\p{M}'’.-]*,?$/u.test(word) || PARTICLES.has(word.toLowerCase()))
  )
}

/** A single capitalised word: a first name, where the label says that it is one. */
export function looksLikeFirstName(value: string): boolean {
  return /^\p{Lu}[\p{L}\p{M}'’-]{1,30}$/u.test(value.trim())
}

const LADDERS: readonly (readonly string[])[] = [
  [
    'Basic',
    'Classic',
    'Standard',
    'Blue',
    'Green',
    'Bronze',
    'Silver',
    'Gold',
    'Platinum',
    'Diamond',
    'Titanium',
    'Black',
    'Premium',
    'Elite',
    'VIP',
  ],
  ['Basis', 'Standard', 'Bronze', 'Silber', 'Gold', 'Platin', 'Diamant'],
  ['Bronze', 'Argent', 'Or', 'Platine', 'Diamant'],
  ['Bronce', 'Plata', 'Oro', 'Platino', 'Diamante'],
  ['Bronzo', 'Argento', 'Oro', 'Platino', 'Diamante'],
  ['Базовый', 'Стандарт', 'Бронзовый', 'Серебряный', 'Золотой', 'Платиновый', 'Бриллиантовый'],
  ['Бронза', 'Серебро', 'Золото', 'Платина', 'Бриллиант'],
]

/** The levels of a programme from the lowest to the highest, as far as `others` name them; undefined for other words. */
export function ladderOf(value: string, others: Iterable<string>): readonly string[] | undefined {
  const same = (a: string, b: string): boolean => plain(a.trim()) === plain(b.trim())
  const present = [value, ...others]
  for (const ladder of LADDERS) {
    if (!ladder.some((step) => same(step, value))) continue
    return ladder.flatMap((step) => present.find((text) => same(text, step)) ?? [])
  }
  return undefined
}
