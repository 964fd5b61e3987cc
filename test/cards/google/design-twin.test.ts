import { describe, expect, test } from 'vitest'
import { designBundle, UNSIGNED } from '../../../src/cards/design/design-bundle.js'
import { loadDesign } from '../../../src/cards/design/load-design.js'
import { sampleCard } from '../../../src/cards/design/sample-card.js'
import { googleTwin } from '../../../src/cards/google/google-twin.js'
import type { GoogleTwin } from '../../../src/cards/google/types.js'
import { designFolder, PASS, PIXEL, temporaryFolder, YAML } from '../design-folder.js'
import { NOW, notesOf, rowsOf } from './passes.js'

const STRINGS = '"Silver" = "Серебро"; "Gold" = "Золото"; "Level" = "Уровень"; "Hello" = "Привет";'

interface Given {
  readonly google?: string
  readonly yaml?: string
  readonly pass?: unknown
  readonly cells?: Readonly<Record<string, string>>
}

async function twin({ google = '', yaml = YAML, pass = PASS, cells = {} }: Given): Promise<GoogleTwin> {
  const files = { 'en.lproj/pass.strings': '', 'ru.lproj/pass.strings': STRINGS, 'strip.png': PIXEL }
  const dir = await designFolder({ yaml: yaml + (google === '' ? '' : `google: ${google}\n`), pass, files })
  const design = await loadDesign(dir)
  const card = sampleCard(design, { locale: 'en', cells: { name: 'Ann Li', ...cells } })
  const bundle = await designBundle(design, card, {
    identity: UNSIGNED,
    currency: 'EUR',
    cacheDir: await temporaryFolder(),
  })
  return googleTwin(bundle, design, { issuerId: '1', classSuffix: 'club', now: NOW, values: card.values })
}

const ids = (modules: unknown) => ((modules ?? []) as { id: string }[]).map(({ id }) => id)

describe('without a section google', () => {
  test('what all cards share goes to the class, what differs to the object', async () => {
    const made = await twin({})
    expect(ids(made.class.textModulesData)).toEqual(['terms'])
    expect(ids(made.object.textModulesData)).toEqual(['level'])
    expect(made.object).toMatchObject({
      accountName: 'Ann Li',
      accountId: '1001',
      loyaltyPoints: { balance: { int: 0 } },
    })
    expect(made.class).toMatchObject({ accountNameLabel: 'Name', heroImage: expect.anything() })
    expect(rowsOf(made)).toEqual([
      ["object.textModulesData['level']", 'object.loyaltyPoints.balance'],
      ['object.accountName'],
    ])
  })

  test('a strip drawn with the stamps of each member belongs to the object and needs many addresses', async () => {
    const yaml = `${YAML}stamps: {field: balance, total: 6}\n`
    const made = await twin({ yaml })
    expect(made.object).toHaveProperty('heroImage')
    expect(made.class).not.toHaveProperty('heroImage')
    expect(notesOf(made, 'picture.hosting-each')).toEqual(['picture.hosting-each strip@3x.png -> object.heroImage'])
  })
})

describe('the section google', () => {
  test('tier: the level stands on a class of its own, in every language, and its length is checked', async () => {
    const made = await twin({ google: '{tier: level}' })
    expect(made.class).toMatchObject({
      id: '1.club.Silver',
      rewardsTier: 'Silver',
      rewardsTierLabel: 'Level',
      localizedRewardsTier: {
        defaultValue: { language: 'en', value: 'Silver' },
        translatedValues: [{ language: 'ru', value: 'Серебро' }],
      },
      localizedRewardsTierLabel: { translatedValues: [{ language: 'ru', value: 'Уровень' }] },
    })
    expect(made.object.classId).toBe('1.club.Silver')
    expect(notesOf(made, 'tier.class')).toEqual(['tier.class storeCard/headerFields/0 -> object.classId'])
    expect(notesOf(made, 'text.long')).toEqual([])
    expect(rowsOf(made)[0]).toEqual(['class.rewardsTier', 'object.loyaltyPoints.balance'])
    const gold = await twin({ google: '{tier: level}', cells: { level: 'Gold' } })
    expect(gold.class.id).toBe('1.club.Gold')
  })

  test('type giftCard: an amount of money is the balance, the number is what the barcode says', async () => {
    const yaml = YAML.replace('{type: number, default: 0}', '{type: money, default: "25.50"}')
    const pass = {
      ...PASS,
      storeCard: { ...PASS.storeCard, primaryFields: [{ key: 'balance', label: 'Balance', value: 0 }] },
    }
    const made = await twin({ google: '{type: giftCard, pin: level}', yaml, pass })
    expect(made.class).toMatchObject({ merchantName: 'Template', allowBarcodeRedemption: true, pinLabel: 'Level' })
    expect(made.object).toMatchObject({
      cardNumber: '1001',
      pin: 'Silver',
      balance: { micros: '25500000', currencyCode: 'EUR' },
    })
  })

  test('rows and texts: only what they name, in their order, and the rest is reported', async () => {
    const made = await twin({ google: '{rows: [[name, level]], texts: [balance]}' })
    expect(rowsOf(made)).toEqual([['object.accountName', "object.textModulesData['level']"]])
    expect(ids(made.class.textModulesData)).toEqual([])
    expect(notesOf(made, 'field.left-out')).toEqual(['field.left-out storeCard/backFields/0'])
  })

  test('names, messages and readers of Smart Tap are taken, translated where pass.strings has them', async () => {
    const made = await twin({
      google:
        '{issuerName: North, programName: Hello, messages: [{header: Hello, body: Level}], redemptionIssuers: ["77"]}',
      pass: { ...PASS, nfc: { message: 'A' } },
    })
    expect(made.class).toMatchObject({
      issuerName: 'North',
      programName: 'Hello',
      localizedProgramName: { translatedValues: [{ language: 'ru', value: 'Привет' }] },
      messages: [{ id: 'message-1', header: 'Hello', body: 'Level', localizedBody: expect.anything() }],
      redemptionIssuers: ['77'],
    })
    expect(notesOf(made, 'nfc.issuers')).toEqual([])
  })

  test('hero, logo: other pictures, or none', async () => {
    expect((await twin({ google: '{hero: none}' })).pictures).toEqual({ logo: 'icon', images: [] })
    expect((await twin({ google: '{hero: thumbnail}' })).pictures.hero).toBe('strip')
  })

  test('class and object are laid over what Tessera makes, and noted', async () => {
    const made = await twin({
      google:
        '{class: {hexBackgroundColor: "#000000", homepageUri: {uri: "https://a.example"}}, object: {barcode: {type: AZTEC}}}',
    })
    expect(made.class).toMatchObject({ hexBackgroundColor: '#000000', homepageUri: { uri: 'https://a.example' } })
    expect(made.object.barcode).toMatchObject({ type: 'AZTEC', value: '1001' })
    expect(notesOf(made, 'override.class')).toEqual([
      'override.class design.yaml: google.class.hexBackgroundColor -> class.hexBackgroundColor',
      'override.class design.yaml: google.class.homepageUri -> class.homepageUri',
      'override.class design.yaml: google.object.barcode -> object.barcode',
    ])
  })
})
