/** Labels that Google writes itself, by the place they stand for. */
export type LookWord =
  | 'account'
  | 'accountId'
  | 'card'
  | 'departure'
  | 'arrival'
  | 'boarding'
  | 'gate'
  | 'terminal'
  | 'seat'
  | 'section'
  | 'row'
  | 'tier'
  | 'pin'
  | 'ticket'
  | 'venue'
  | 'date'
  | 'holder'
  | 'confirmation'
  | 'group'
  | 'class'
  | 'sequence'
  | 'coach'
  | 'platform'
  | 'vehicle'
  | 'details'
  | 'finePrint'
  | 'expired'
  | 'inactive'

const ENGLISH: Readonly<Record<LookWord, string>> = {
  account: 'Name',
  accountId: 'Member ID',
  card: 'Card number',
  departure: 'Departs',
  arrival: 'Arrives',
  boarding: 'Boarding',
  gate: 'Gate',
  terminal: 'Terminal',
  seat: 'Seat',
  section: 'Section',
  row: 'Row',
  tier: 'Level',
  pin: 'PIN',
  ticket: 'Ticket number',
  venue: 'Venue',
  date: 'Date',
  holder: 'Ticket holder',
  confirmation: 'Confirmation',
  group: 'Group',
  class: 'Class',
  sequence: 'Sequence',
  coach: 'Coach',
  platform: 'Platform',
  vehicle: 'Line',
  details: 'Details',
  finePrint: 'Fine print',
  expired: 'Expired',
  inactive: 'Not valid',
}

const RUSSIAN: Readonly<Record<LookWord, string>> = {
  account: 'Имя',
  accountId: 'Номер участника',
  card: 'Номер карты',
  departure: 'Отправление',
  arrival: 'Прибытие',
  boarding: 'Посадка',
  gate: 'Выход',
  terminal: 'Терминал',
  seat: 'Место',
  section: 'Сектор',
  row: 'Ряд',
  tier: 'Уровень',
  pin: 'PIN-код',
  ticket: 'Номер билета',
  venue: 'Место проведения',
  date: 'Дата',
  holder: 'Владелец билета',
  confirmation: 'Код бронирования',
  group: 'Группа',
  class: 'Класс',
  sequence: 'Номер',
  coach: 'Вагон',
  platform: 'Путь',
  vehicle: 'Рейс',
  details: 'Подробности',
  finePrint: 'Условия',
  expired: 'Срок действия истёк',
  inactive: 'Не действует',
}

export function lookWord(word: LookWord, locale: string): string {
  return (/^ru\b/i.test(locale) ? RUSSIAN : ENGLISH)[word]
}
