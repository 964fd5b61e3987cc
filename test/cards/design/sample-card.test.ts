import { mkdtemp } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { designBundle, UNSIGNED } from '../../../src/cards/design/design-bundle.js'
import { loadDesign } from '../../../src/cards/design/load-design.js'
import { sampleCard } from '../../../src/cards/design/sample-card.js'
import { designFolder, YAML } from '../design-folder.js'

const SAMPLE = `${YAML}sample:
  en: {name: Ada Bergstrom, balance: "1,250.50", serial: N-7}
  ru: {name: Мария Соколова}
`

describe('the sample card of a design', () => {
  test('has the cells of its language over those of the first, read like those of a CSV', async () => {
    const design = await loadDesign(await designFolder({ yaml: SAMPLE }))
    expect(sampleCard(design, { locale: 'en-GB' })).toMatchObject({
      serial: 'N-7',
      barcode: 'N-7',
      values: { name: 'Ada Bergstrom', balance: 1250.5, level: 'Silver' },
    })
    expect(sampleCard(design, { locale: 'ru', cells: { balance: '7' } }).values).toEqual({
      name: 'Мария Соколова',
      balance: 7,
      level: 'Silver',
    })
  })

  test('becomes the pass that would be signed', async () => {
    const design = await loadDesign(await designFolder({ yaml: SAMPLE }))
    const cacheDir = await mkdtemp(join(tmpdir(), 'tessera-bundle-'))
    const bundle = await designBundle(design, sampleCard(design, { locale: 'en' }), { identity: UNSIGNED, cacheDir })
    expect(bundle.passJson).toMatchObject({
      serialNumber: 'N-7',
      barcodes: [{ message: 'N-7' }],
      storeCard: { secondaryFields: [{ key: 'name', value: 'Ada Bergstrom' }] },
    })
    expect([...bundle.files.keys()]).toEqual(['icon.png', 'icon@2x.png'])
  })

  test.each([
    ['sample: {en: {nme: x}}', /line 6, column 20: there is no field "nme"/],
    ['sample: {en: {balance: many}}', /line 6, column 24: the sample "many" of the field "balance" is not a number/],
  ])('%s is told with its place', async (line, message) => {
    await expect(loadDesign(await designFolder({ yaml: `${YAML}${line}\n` }))).rejects.toThrow(message)
  })
})
