import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { createDesign, DESIGN_TEMPLATES } from '../../../src/cards/design/create-design.js'
import { describeDesign } from '../../../src/cards/design/describe-design.js'
import { loadDesign } from '../../../src/cards/design/load-design.js'
import { compileCard } from '../../../src/cards/program.js'
import { temporaryFolder } from '../design-folder.js'

describe.each(DESIGN_TEMPLATES)('the %s template', (template) => {
  test('makes a design in order, light, and translated throughout', async () => {
    const { dir } = await createDesign({ template, name: 'mine', designsDir: await temporaryFolder() })
    const design = await loadDesign(dir)
    const described = describeDesign(design)
    expect(described).toMatchObject({ style: 'storeCard', languages: ['en', 'ru'], warnings: [], ignored: [] })
    const pictures = described.pictures.reduce((sum, { bytes }) => sum + bytes, 0)
    expect(pictures).toBeLessThan(20_000)
    for (const { file, width, height } of described.pictures) {
      const scale = Number(/@(\d)x/.exec(file)?.[1] ?? 1)
      const [mostWide, mostHigh] = file.startsWith('icon') ? [38, 38] : file.startsWith('logo') ? [160, 50] : [375, 123]
      expect(width).toBeLessThanOrEqual(mostWide * scale)
      expect(height).toBeLessThanOrEqual(mostHigh * scale)
    }

    const store = design.passJson.storeCard as Record<
      string,
      { label: string; value: unknown; changeMessage?: string }[]
    >
    const fields = Object.values(store).flat()
    const texts = fields.flatMap(({ label, value, changeMessage }) => [label, value, changeMessage])
    const options = design.fields.flatMap((field) => field.options ?? [])
    for (const language of ['en', 'ru']) {
      const strings = await readFile(join(dir, `${language}.lproj`, 'pass.strings'), 'utf8')
      const keys = [...strings.matchAll(/^"(.+)" = "(.+)";$/gm)].map((match) => match[1])
      for (const text of [...texts, ...options, design.passJson.description]) {
        if (typeof text === 'string' && text !== '' && !text.includes('@example')) expect(keys).toContain(text)
      }
    }
    for (const { changeMessage } of fields) if (changeMessage !== undefined) expect(changeMessage).toContain('%@')
  })

  test('carries the organization, also one with quotes, and makes cards', async () => {
    const organization = 'Café "Ö" \\ 7'
    const options = { template, name: 'mine', designsDir: await temporaryFolder(), organization } as const
    const { dir } = await createDesign(options)
    const design = await loadDesign(dir)
    expect(design.passJson).toMatchObject({ organizationName: organization, logoText: organization })
    const program = compileCard(design, { passTypeIdentifier: 'p', teamIdentifier: 't' }, { cacheDir: '/nowhere' })
    const pass = JSON.parse(program.passJson({ serial: 'S1', token: 't', barcode: 'S1', values: { name: 'Ann' } }))
    expect(pass.storeCard.secondaryFields[0].value).toBe('Ann')
    expect(pass.barcodes[0]).toMatchObject({ message: 'S1', altText: 'S1' })
  })
})

describe('making a design', () => {
  test('a design that is there is never overwritten; the same again is no error', async () => {
    const options = { template: 'bonus', name: 'gold', designsDir: join(await temporaryFolder(), 'designs') } as const
    const first = await createDesign(options)
    expect(first.created).toBe(true)
    expect(await createDesign(options)).toEqual({ ...first, created: false })
    await expect(createDesign({ ...options, template: 'stamp' })).rejects.toMatchObject({ code: 'DESIGN_EXISTS' })
    await writeFile(join(first.dir, 'design.yaml'), 'mine')
    await expect(createDesign(options)).rejects.toMatchObject({ code: 'DESIGN_EXISTS' })
    expect(await readFile(join(first.dir, 'design.yaml'), 'utf8')).toBe('mine')
  })

  test.each(['', '../x', 'a/b', 'a\\b', '.hidden', 'a b', 'x'.repeat(65)])('the name %j is refused', async (name) => {
    const options = { template: 'bonus', name, designsDir: '/nowhere' } as const
    await expect(createDesign(options)).rejects.toMatchObject({ code: 'DESIGN_NAME' })
  })
})
