/** Someone who does not exist, with what any kind of card may want to know. */
export interface Member {
  readonly name: string
  /** The Cyrillic names have `ru`, so that their cards are written in Russian. */
  readonly locale: 'en' | 'ru'
  readonly balance: number
  readonly level: 'Silver' | 'Gold' | 'Platinum'
  readonly stamps: number
  /** Purchases in total, in whole units of the launch's currency. */
  readonly spent: number
  readonly visits: number
  /** First day as a member. */
  readonly since: string
  readonly friends: number
  /** Of a gift card. */
  readonly amount: number
  readonly code: string
}

type Cells = readonly [
  name: string,
  locale: 'en' | 'ru',
  balance: number,
  level: Member['level'],
  stamps: number,
  spent: number,
  visits: number,
  since: string,
  friends: number,
  amount: number,
  code: string,
]

const CELLS: readonly Cells[] = [
  ['Ada Bergstrom', 'en', 1250, 'Gold', 3, 1840, 17, '2021-04-12', 3, 75, 'ADA-4K7Q'],
  ['Bruno Castellani', 'en', 80, 'Silver', 0, 120, 2, '2026-01-20', 0, 25, 'BRUNO-7H2W'],
  ['Мария Соколова', 'ru', 2400, 'Platinum', 9, 6215, 31, '2019-09-01', 7, 150, 'MARIA-9X2M'],
  ['Chloe Okafor', 'en', 415, 'Silver', 5, 610, 8, '2024-06-15', 1, 50, 'CHLOE-3T8R'],
  ['Дмитрий Орлов', 'ru', 60, 'Silver', 1, 95, 1, '2026-05-30', 0, 100, 'ORLOV-6N4D'],
  ['Elif Yilmaz', 'en', 990, 'Gold', 10, 1510, 12, '2022-11-03', 2, 40, 'ELIF-8P5C'],
  ['Frederik Holm', 'en', 0, 'Silver', 0, 0, 0, '2026-09-14', 0, 30, 'HOLM-2V9J'],
  ['Анна Кузнецова', 'ru', 1780, 'Gold', 7, 3020, 19, '2020-02-08', 4, 80, 'ANNA-5G7K'],
  ['Grace Whitfield', 'en', 3105, 'Platinum', 2, 15400, 44, '2018-07-23', 12, 200, 'GRACE-4W6Y'],
  ['Hugo "Red" Lindqvist', 'en', 220, 'Silver', 4, 340, 5, '2025-03-17', 1, 60, 'HUGO-9R3F'],
  ['Илья Морозов', 'ru', 505, 'Silver', 6, 760, 9, '2023-12-11', 0, 120, 'ILYA-7C4X'],
  ["Imani O'Neill, Jr.", 'en', 1500, 'Gold', 8, 2675, 15, '2021-10-05', 5, 90, 'IMANI-6D2H'],
]

/** Twelve of them. */
export const MEMBERS: readonly Member[] = CELLS.map(
  ([name, locale, balance, level, stamps, spent, visits, since, friends, amount, code]) => ({
    name,
    locale,
    balance,
    level,
    stamps,
    spent,
    visits,
    since,
    friends,
    amount,
    code,
  }),
)
