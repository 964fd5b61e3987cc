import { expect, test } from 'vitest'
import { type HolderChange, holderChanges } from '../../../src/cards/diff/holder-changes.js'
import { viewPass } from '../../../src/cards/view/view-pass.js'
import { PASS } from '../design-folder.js'

const FILES = new Map([['ru.lproj/pass.strings', Buffer.from('"Points" = "Баллы"; "Now %@" = "Теперь %@";')]])

function changes(
  change: (pass: typeof PASS) => void,
  options: { fed?: string[]; locale?: string } = {},
): HolderChange[] {
  const after = structuredClone(PASS)
  change(after)
  const [was, is] = [PASS, after].map((passJson) =>
    viewPass({ passJson, files: FILES }, { locale: options.locale ?? 'en', now: 0 }),
  )
  if (was === undefined || is === undefined) throw new Error('two views were made')
  return holderChanges(was, is, new Set(options.fed))
}

const points = (pass: typeof PASS) => pass.storeCard.primaryFields[0] ?? { label: '', value: 0 }

test('another value is seen on the front and, where a message says so, on the lock screen', () => {
  const more = (pass: typeof PASS): void => void Object.assign(points(pass), { value: 250 })
  expect(changes(more)).toEqual([
    { kind: 'front', locale: 'en', field: 'balance', before: 'Points: 0', after: 'Points: 250' },
    { kind: 'lock-screen', locale: 'en', field: 'balance', after: 'Now 250' },
  ])
  expect(changes(more, { locale: 'ru' })).toMatchObject([
    { before: 'Баллы: 0', after: 'Баллы: 250' },
    { after: 'Теперь 250' },
  ])
})

test('the value of a field that members feed is only a sample, its label is not', () => {
  const other = (pass: typeof PASS): void => void Object.assign(points(pass), { value: 250, label: 'Stars' })
  expect(changes(other, { fed: ['balance'] })).toEqual([
    { kind: 'front', locale: 'en', field: 'balance', before: 'Points', after: 'Stars' },
  ])
})

test('what is on the back is told as such', () => {
  expect(changes(({ storeCard }) => void Object.assign(storeCard.backFields[0] ?? {}, { value: 'Some.' }))).toEqual([
    { kind: 'back', locale: 'en', field: 'terms', before: 'Terms: None.', after: 'Terms: Some.' },
  ])
})

test('fields that come and go have one side', () => {
  expect(changes(({ storeCard }) => void storeCard.headerFields.splice(0))).toEqual([
    { kind: 'front', locale: 'en', field: 'level', before: 'Level: Silver' },
  ])
})
