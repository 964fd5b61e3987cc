import { describe, expect, test } from 'vitest'
import { silentChanges } from '../../../src/cards/diff/silent-changes.js'
import { updateObstacles } from '../../../src/cards/diff/update-obstacles.js'
import { viewPass } from '../../../src/cards/view/view-pass.js'
import { PASS } from '../design-folder.js'

type Json = Record<string, unknown>

describe('what keeps an update from taking the place of the old pass', () => {
  const json: Json = {
    passTypeIdentifier: 'pass.a',
    serialNumber: '1',
    teamIdentifier: 'T',
    authenticationToken: 'secret-secret-secret',
    webServiceURL: 'https://a.example/',
  }
  const keys = (change: Json, times: readonly [number?, number?] = []): string[] =>
    updateObstacles({ json, signedAt: times[0] }, { json: { ...json, ...change }, signedAt: times[1] }).map(
      ({ effect, key }) => `${effect} ${key}`,
    )

  test('nothing, when only the content differs', () => {
    expect(keys({ description: 'x' }, [1000, 2000])).toEqual([])
  })

  test.each(['passTypeIdentifier', 'serialNumber', 'teamIdentifier'])('%s makes it a second card', (key) => {
    expect(keys({ [key]: 'other' })).toEqual([`second-card ${key}`])
    expect(keys({ [key]: undefined })).toEqual([`second-card ${key}`])
  })

  test('the token, the address and the time of signing', () => {
    expect(keys({ authenticationToken: 'other-other-other' })).toEqual(['no-update authenticationToken'])
    expect(keys({ webServiceURL: 'https://b.example/' })).toEqual(['no-update webServiceURL'])
    expect(keys({ webServiceURL: undefined })).toEqual(['no-update webServiceURL'])
    expect(keys({}, [2000, 1000])).toEqual(['no-update signingTime'])
    expect(keys({}, [2000])).toEqual([])
  })

  test('is told without the secret', () => {
    const found = updateObstacles({ json }, { json: { ...json, authenticationToken: 'another-secret' } })
    expect(JSON.stringify(found)).not.toMatch(/secret-|-secret/)
  })
})

describe('changes without a word on the lock screen', () => {
  const silent = (change: (pass: typeof PASS) => void): string[] => {
    const after = structuredClone(PASS)
    change(after)
    const view = (passJson: Json) => viewPass({ passJson, files: new Map() }, { locale: 'en', now: 0 })
    return silentChanges(view(PASS), view(after)).map(({ field, reason }) => `${field} ${reason}`)
  }

  test('are those without a message, of new fields, and of labels', () => {
    expect(silent(() => undefined)).toEqual([])
    expect(silent(({ storeCard }) => void Object.assign(storeCard.headerFields[0] ?? {}, { value: 'Gold' }))).toEqual([
      'level no-change-message',
    ])
    expect(silent(({ storeCard }) => void Object.assign(storeCard.primaryFields[0] ?? {}, { value: 5 }))).toEqual([])
    expect(silent(({ storeCard }) => void Object.assign(storeCard.primaryFields[0] ?? {}, { label: 'Stars' }))).toEqual(
      ['balance same-value'],
    )
    expect(silent(({ storeCard }) => void storeCard.backFields.push({ key: 'new', label: 'New', value: 'x' }))).toEqual(
      ['new new-field'],
    )
  })
})
