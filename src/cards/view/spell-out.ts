interface Language {
  readonly small: readonly string[]
  readonly tens: readonly string[]
  /** `forty-two` or `сорок два`. */
  readonly join: string
  hundreds(count: number): string
  /** `two thousand`; in Russian the number and the noun agree. */
  thousands(count: number, spelled: string): string
  readonly minus: string
}

const ENGLISH: Language = {
  small:
    'zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen'.split(
      ' ',
    ),
  tens: '- - twenty thirty forty fifty sixty seventy eighty ninety'.split(' '),
  join: '-',
  hundreds: (count) => `${ENGLISH.small[count]} hundred`,
  thousands: (_count, spelled) => `${spelled} thousand`,
  minus: 'minus',
}

const RUSSIAN: Language = {
  small:
    'ноль один два три четыре пять шесть семь восемь девять десять одиннадцать двенадцать тринадцать четырнадцать пятнадцать шестнадцать семнадцать восемнадцать девятнадцать'.split(
      ' ',
    ),
  tens: '- - двадцать тридцать сорок пятьдесят шестьдесят семьдесят восемьдесят девяносто'.split(' '),
  join: ' ',
  hundreds: (count) =>
    '- сто двести триста четыреста пятьсот шестьсот семьсот восемьсот девятьсот'.split(' ')[count] ?? '',
  thousands(count, spelled) {
    const [last, teen] = [count % 10, count % 100 > 10 && count % 100 < 20]
    const number = teen ? spelled : spelled.replace(/один$/, 'одна').replace(/два$/, 'две')
    const noun = !teen && last === 1 ? 'тысяча' : !teen && last >= 2 && last <= 4 ? 'тысячи' : 'тысяч'
    return `${number} ${noun}`
  },
  minus: 'минус',
}

/** A whole number below a million in words, in English or Russian; undefined for everything else. */
export function spellOut(value: number, locale: string): string | undefined {
  const language = /^en\b/i.test(locale) ? ENGLISH : /^ru\b/i.test(locale) ? RUSSIAN : undefined
  if (language === undefined || !Number.isInteger(value) || Math.abs(value) >= 1_000_000) return undefined
  const text = spell(Math.abs(value), language)
  return value < 0 ? `${language.minus} ${text}` : text
}

function spell(value: number, language: Language): string {
  const rest = (count: number, head: string) => (count === 0 ? head : `${head} ${spell(count, language)}`)
  if (value >= 1000) {
    const count = Math.trunc(value / 1000)
    return rest(value % 1000, language.thousands(count, spell(count, language)))
  }
  if (value >= 100) return rest(value % 100, language.hundreds(Math.trunc(value / 100)))
  if (value < 20) return language.small[value] ?? ''
  const tens = language.tens[Math.trunc(value / 10)] ?? ''
  return value % 10 === 0 ? tens : `${tens}${language.join}${language.small[value % 10]}`
}
