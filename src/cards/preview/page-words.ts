import type { FieldGroup } from '../styles.js'

/** What the preview page says itself. */
export interface PageWords {
  readonly front: string
  readonly back: string
  readonly appearance: string
  readonly system: string
  readonly light: string
  readonly dark: string
  readonly cards: string
  readonly texts: string
  readonly place: string
  readonly label: string
  readonly value: string
  readonly logoText: string
  readonly organization: string
  readonly description: string
  readonly barcode: string
  readonly notes: string
  readonly groups: Readonly<Record<FieldGroup, string>>
}

const ENGLISH: PageWords = {
  front: 'Front',
  back: 'Details',
  appearance: 'Appearance',
  system: 'Auto',
  light: 'Light',
  dark: 'Dark',
  cards: 'Cards',
  texts: 'All texts',
  place: 'Place',
  label: 'Label',
  value: 'Text',
  logoText: 'Beside the logo',
  organization: 'Organization',
  description: 'Description',
  barcode: 'Barcode',
  notes: 'Notes',
  groups: {
    headerFields: 'Header',
    primaryFields: 'Primary',
    secondaryFields: 'Secondary',
    auxiliaryFields: 'Auxiliary',
    footerFields: 'Footer',
    backFields: 'Back',
    additionalInfoFields: 'More information',
  },
}

const RUSSIAN: PageWords = {
  front: 'Лицевая сторона',
  back: 'Сведения',
  appearance: 'Оформление',
  system: 'Авто',
  light: 'Светлое',
  dark: 'Тёмное',
  cards: 'Карты',
  texts: 'Все тексты',
  place: 'Место',
  label: 'Подпись',
  value: 'Текст',
  logoText: 'Рядом с логотипом',
  organization: 'Организация',
  description: 'Описание',
  barcode: 'Штрихкод',
  notes: 'Замечания',
  groups: {
    headerFields: 'Шапка',
    primaryFields: 'Главное',
    secondaryFields: 'Второй ряд',
    auxiliaryFields: 'Третий ряд',
    footerFields: 'Подвал',
    backFields: 'Оборот',
    additionalInfoFields: 'Дополнительно',
  },
}

/** Words of the page in a language; English where there are none. */
export function pageWords(lang: string): PageWords {
  return lang.toLowerCase().split('-')[0] === 'ru' ? RUSSIAN : ENGLISH
}
