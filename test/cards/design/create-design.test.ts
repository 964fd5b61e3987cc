import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { createDesign } from '../../../src/cards/design/create-design.js'
import { loadDesign } from '../../../src/cards/design/load-design.js'
import { compileCard } from '../../../src/cards/program.js'
import { KIND_NAMES } from '../../../src/kit/design-kinds.js'
import { temporaryFolder } from '../design-folder.js'

describe.each(KIND_NAMES)('a design of the kind %s', (template) => {
  test('carries the organization, also one with quotes, and makes cards', async () => {
    const organization = 'Café "Ö" \\ 7'
    const options = { template, name: 'mine', designsDir: await temporaryFolder(), organization } as const
    const { dir } = await createDesign(options)
    const design = await loadDesign(dir)
    expect(design.passJson).toMatchObject({ organizationName: organization, logoText: organization })
    const program = compileCard(design, { passTypeIdentifier: 'p', teamIdentifier: 't' }, { cacheDir: '/nowhere' })
    const pass = JSON.parse(program.passJson({ serial: 'S1', token: 't', barcode: 'S1', values: { name: 'Ann' } }))
    const fields: { key: string; value: unknown }[] = Object.values(pass[design.style]).flat() as never
    expect(fields.find(({ key }) => key === 'name')?.value).toBe('Ann')
    expect(pass.barcodes[0]).toMatchObject({ message: 'S1' })
    expect(JSON.stringify(pass.barcodes)).not.toContain('TEMPLATE')
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
