import { describe, expect, test } from 'vitest'
import { loadDesign } from '../../../src/cards/design/load-design.js'
import { designFolder, PASS, YAML } from '../design-folder.js'

/** The message of the error, or what was read. */
async function read(google: string): Promise<unknown> {
  const dir = await designFolder({ yaml: `${YAML}google:\n${google}` })
  return loadDesign(dir).then(
    ({ config }) => config.google,
    (error: Error) => error.message,
  )
}

describe('the section google of design.yaml', () => {
  test('is optional, and everything in it has a default', async () => {
    expect((await loadDesign(await designFolder())).config.google).toBeUndefined()
    expect(await read('  type: generic\n')).toEqual({ type: 'generic', messages: [], class: {}, object: {} })
  })

  test.each([
    ['  type: payment\n', 'line 7, column 9: "google.type": invalid option'],
    ['  colour: red\n', 'line 7, column 3: "google" has the unknown key "colour"'],
    [
      '  points: balanse\n',
      'line 7, column 11: "google.points" names the field "balanse", which there is not (did you mean "balance"?)',
    ],
    ['  accountId: level2\n', 'line 7, column 14: "google.accountId" names the field "level2"'],
    ['  title: {field: nothing}\n', 'line 7, column 18: "google.title.field" names the field "nothing"'],
    [
      '  rows:\n    - [level]\n    - [level, nobody]\n',
      'line 9, column 15: "google.rows.1.1" names the field "nobody"',
    ],
    ['  texts: [terms, more]\n', 'line 7, column 18: "google.texts.1" names the field "more"'],
    ['  rows: [[a, b, c, d]]\n', 'line 7, column 10: "google.rows.0": too big'],
    ['  type: flight\n', 'line 7, column 9: only a boardingPass becomes a flight, and this design is a storeCard'],
    [
      '  redemptionIssuers: [3388000000012345678]\n',
      'line 7, column 23: "google.redemptionIssuers.0": expected an issuer id in quotes',
    ],
    ['  class: {id: x}\n', 'line 7, column 10: "google.class": the ids are made by Tessera'],
    ['  hero: photo\n', 'line 7, column 9: "google.hero": invalid option'],
  ])('%j is refused with its place', async (google, message) => {
    expect(await read(google)).toContain(`design.yaml ${message}`)
  })

  test('the account may be the serial or a field that the card does not show', async () => {
    expect(await read('  accountId: serial\n')).toMatchObject({ accountId: 'serial' })
    const yaml = `${YAML}  number: {type: text}\ngoogle: {accountId: number}\n`
    expect((await loadDesign(await designFolder({ yaml, pass: PASS }))).config.google).toMatchObject({
      accountId: 'number',
    })
  })
})
