import { mkdir, readFile, rm, symlink, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { listDesigns, loadDesign } from '../../../src/cards/design/load-design.js'
import { snapshotDesign } from '../../../src/cards/design/snapshot-design.js'
import { compileCard } from '../../../src/cards/program.js'
import { designFolder, PASS, PIXEL, temporaryFolder, YAML } from '../design-folder.js'

const UTF16 = Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from('"Points" = "Баллы";\r\n', 'utf16le')])

function refusal(content: Parameters<typeof designFolder>[0]): Promise<string> {
  return designFolder(content)
    .then((dir) => loadDesign(dir))
    .then(
      () => 'accepted',
      (error: Error & { code?: string }) => `${error.code} ${error.message}`,
    )
}

describe('loading a design', () => {
  test('pictures, translations and tooling go through byte for byte; notes and system files do not', async () => {
    const files = {
      'ru.lproj/pass.strings': UTF16,
      'ru.lproj/logo@2x.png': PIXEL,
      'tooling.json': '{"designerVersion" : "1.0"}\n',
      'notes.txt': 'x',
      'members.csv': 'name\nAnn\n',
      '.DS_Store': 'x',
      'ru.lproj/.DS_Store': 'x',
      'drafts/strip.png': 'x',
      'manifest.json': '{}',
    }
    const design = await loadDesign(await designFolder({ files }))
    expect([...design.files.keys()]).toEqual([
      'icon.png',
      'icon@2x.png',
      'ru.lproj/logo@2x.png',
      'ru.lproj/pass.strings',
      'tooling.json',
    ])
    expect(Buffer.from(design.files.get('ru.lproj/pass.strings')!).equals(UTF16)).toBe(true)
    expect(design.ignored).toEqual(['drafts/', 'manifest.json', 'members.csv', 'notes.txt'])
    expect(design).toMatchObject({ name: 'bonus', style: 'storeCard', passJson: PASS })
    expect(design.fields).toEqual([
      { key: 'name', type: 'text', required: true },
      { key: 'balance', type: 'number', required: false, default: '0' },
      { key: 'level', type: 'enum', required: false, default: 'Silver', options: ['Silver', 'Gold'] },
    ])
  })

  test('a byte order mark in pass.json and design.yaml is tolerated', async () => {
    const dir = await designFolder({ pass: `\ufeff${JSON.stringify(PASS)}`, yaml: `\ufeff${YAML}` })
    const design = await loadDesign(dir)
    const program = compileCard(design, { passTypeIdentifier: 'p', teamIdentifier: 't' }, { cacheDir: '/nowhere' })
    expect(
      program.passJson({ serial: '1', token: 't', barcode: '1', values: {} }).startsWith('{"formatVersion":1'),
    ).toBe(true)
  })

  test('generic may stand beside posterGeneric, and both get the values', async () => {
    const fields = { primaryFields: [{ key: 'name', value: '' }] }
    const dir = await designFolder({
      pass: { generic: fields, posterGeneric: fields },
      yaml: 'version: 1\nfields: {name: {type: text}}\n',
    })
    const design = await loadDesign(dir)
    expect(design.style).toBe('posterGeneric')
    const program = compileCard(design, { passTypeIdentifier: 'p', teamIdentifier: 't' }, { cacheDir: '/nowhere' })
    const pass = JSON.parse(program.passJson({ serial: '1', token: 't', barcode: '1', values: { name: 'Ann' } }))
    expect([pass.generic, pass.posterGeneric].map((style) => style.primaryFields[0].value)).toEqual(['Ann', 'Ann'])
  })

  test('the hash depends on names and contents alone', async () => {
    const files = { 'strip.png': PIXEL, 'en.lproj/pass.strings': 'x', 'notes.txt': 'anything' }
    const [one, other] = [
      await designFolder({ files }),
      await designFolder({ files: { ...files, 'notes.txt': 'else' } }),
    ]
    const { hash } = await loadDesign(one)
    expect((await loadDesign(other)).hash).toBe(hash)
    // Fixed for ever: published cards refer to it.
    expect(hash).toBe('9164ce8bb07b16d5b56f3943a86d0ac5cbaf3b6e792ed67615e27ab568961acf')
    await writeFile(join(other, 'design.yaml'), `${YAML}\n`)
    expect((await loadDesign(other)).hash).not.toBe(hash)
  })
})

describe('mistakes in a design are named by place', () => {
  test.each([
    [
      'broken JSON',
      '{\n  "storeCard": {},\n}',
      'pass.json line 3, column 1: expected a key in double quotes, found "}"',
    ],
    ['no style', '{}', 'has no style; expected one of the keys boardingPass'],
    ['two styles', '{"coupon": {}, "storeCard": {}}', 'line 1, column 29: has the styles coupon and storeCard'],
    ['a style that is no object', '{"coupon": []}', 'line 1, column 12: "coupon" must be an object'],
    ['an array', '[]', 'expected an object'],
    ['a field without key', '{"coupon": {"backFields": [{"value": 1}]}}', 'column 28: the field has no "key"'],
    [
      'a key in two groups',
      '{"coupon": {"backFields": [{"key": "a"}], "headerFields": [{"key": "a"}]}}',
      'line 1, column 68: the field key "a" occurs twice',
    ],
  ])('pass.json: %s', async (_, pass, message) => {
    const text = await refusal({ pass, yaml: 'version: 1\n' })
    expect(text).toMatch(/^DESIGN_INVALID bonus\.pkpasstemplate\/pass\.json line \d+, column \d+: /)
    expect(text).toContain(message)
  })

  test.each([
    [
      'an unknown type',
      'version: 1\nfields:\n  a: {type: colour}\n',
      'line 3, column 13: the field "a" has the unknown type "colour"; expected one of text, number',
    ],
    ['no type', 'version: 1\nfields:\n  a: {column: x}\n', 'line 3, column 6: the field "a" has no type'],
    ['an empty field', 'version: 1\nfields:\n  a:\n', 'the field "a" has no type'],
    [
      'an unknown key',
      'version: 1\nfields:\n  a:\n    type: text\n    colum: x\n',
      'line 5, column 5: "fields.a" has the unknown key "colum"',
    ],
    [
      'an unknown key at the top',
      'version: 1\nfeilds: {}\n',
      'line 2, column 1: the file has the unknown key "feilds"',
    ],
    [
      'a key of another type',
      'version: 1\nfields:\n  a: {type: text, currency: EUR}\n',
      'line 3, column 19: "fields.a" has the unknown key "currency"',
    ],
    [
      'a wrong value',
      'version: 1\nfields:\n  a: {type: text, maxLength: many}\n',
      'line 3, column 30: "fields.a.maxLength": ',
    ],
    ['no version', 'fields: {}\n', 'the key "version" is missing'],
    ['another version', 'version: 2\n', 'line 1, column 10: "version": '],
    ['an empty file', '', 'line 1, column 1: '],
    ['a text', 'hello\n', 'line 1, column 1: the file: invalid input'],
    ['broken YAML', 'version: 1\nfields: {a: [}\n', 'line 2, column 14: '],
    ['a tab', 'version: 1\nfields:\n\ta: {type: text}\n', 'line 3, column 1: '],
    ['a key twice', 'version: 1\nversion: 1\n', 'line 2, column 1: '],
    [
      'a wrong default',
      'version: 1\nfields:\n  a: {type: number, default: many}\n',
      'line 3, column 30: the default "many" of the field "a" is not a number',
    ],
    [
      'a default not among the options',
      'version: 1\nfields:\n  a: {type: enum, options: [X], default: Y}\n',
      'the default "Y" of the field "a" is not one of X',
    ],
    [
      'min above max',
      'version: 1\nfields:\n  a: {type: number, min: 2, max: 1}\n',
      'line 3, column 26: the field "a" has a min',
    ],
    ['stamps of no field', 'version: 1\nstamps: {field: a, total: 5}\n', 'line 2, column 17: there is no field "a"'],
    ['stamps of a text', 'version: 1\nfields: {a: {type: text}}\nstamps: {field: a, total: 5}\n', 'must be a number'],
    ['an unknown placeholder', 'version: 1\nbarcode: {value: "{serail}"}\n', 'line 2, column 18: {serail} is neither'],
    ['a barcode that is no object', 'version: 1\nbarcode: serial\n', 'line 2, column 10: "barcode": expected {value'],
    ['an unknown picture', 'version: 1\npictures: {photo: {column: x}}\n', 'line 2, column 12: '],
  ])('design.yaml: %s', async (_, yaml, message) => {
    const text = await refusal({ yaml })
    expect(text).toMatch(/^DESIGN_INVALID bonus\.pkpasstemplate\/design\.yaml line \d+, column \d+: /)
    expect(text).toContain(message)
  })

  test('a missing pass.json, design.yaml, icon or folder, and a picture that is none', async () => {
    const dir = await designFolder()
    await rm(join(dir, 'design.yaml'))
    await expect(loadDesign(dir)).rejects.toThrow('design.yaml: is missing')
    await rm(join(dir, 'pass.json'))
    await expect(loadDesign(dir)).rejects.toThrow('pass.json: is missing')
    await expect(loadDesign(join(dir, 'nothing.pkpasstemplate'))).rejects.toMatchObject({ code: 'DESIGN_NOT_FOUND' })
    expect(await refusal({ files: { 'logo.png': 'GIF89a' } })).toContain('logo.png: is not a PNG picture')
    const bare = await designFolder()
    await Promise.all(['icon.png', 'icon@2x.png'].map((name) => rm(join(bare, name))))
    await expect(loadDesign(bare)).rejects.toThrow('icon.png: is missing')
  })

  test('YAML that grows without bound, and text in another encoding', async () => {
    const bomb = ['a: &a [x,x,x,x,x,x,x,x,x]', ...'bcdefghi'].map((name, index, names) =>
      index === 0
        ? name
        : `${name}: &${name} [${Array(9)
            .fill(`*${index === 1 ? 'a' : names[index - 1]}`)
            .join(',')}]`,
    )
    expect(await refusal({ yaml: `version: 1\n${bomb.join('\n')}\n` })).toMatch(/^DESIGN_INVALID .*alias/i)
    const latin1 = Buffer.from('version: 1\ntitle: Café\n', 'latin1')
    expect(await refusal({ files: { 'design.yaml': latin1 } })).toContain('design.yaml: is not UTF-8 text')
    expect(await refusal({ files: { 'pass.json': Buffer.from('{"a":"é"}', 'latin1') } })).toContain('is not UTF-8 text')
  })

  test('links are refused wherever they lead, and files too large for a card', async () => {
    const secret = join(await temporaryFolder(), 'secret.png')
    await writeFile(secret, PIXEL)
    const dir = await designFolder({ files: { 'en.lproj/pass.strings': 'x' } })
    await symlink(secret, join(dir, 'en.lproj', 'logo.png'))
    await expect(loadDesign(dir)).rejects.toMatchObject({ code: 'DESIGN_UNSAFE' })
    await rm(join(dir, 'en.lproj'), { recursive: true })
    await symlink(join(secret, '..'), join(dir, 'de.lproj'))
    await expect(loadDesign(dir)).rejects.toMatchObject({ code: 'DESIGN_UNSAFE' })
    const large = Buffer.concat([PIXEL, Buffer.alloc(5 * 1024 * 1024)])
    expect(await refusal({ files: { 'strip.png': large } })).toMatch(
      /^DESIGN_TOO_LARGE .*strip\.png is larger than 4 MB/,
    )
  })
})

describe('keeping a version of a design', () => {
  test('the copy is the same design, is made once, and survives edits of the original', async () => {
    const dir = await designFolder({ files: { 'ru.lproj/pass.strings': UTF16, 'notes.txt': 'x' } })
    const target = join(await temporaryFolder(), 'kept')
    const design = await loadDesign(dir)
    await writeFile(join(dir, 'pass.json'), '{"coupon": {}}')
    const copies = await Promise.all([1, 2, 3].map(() => snapshotDesign(design, target)))
    expect(copies).toEqual(Array(3).fill(join(target, `${design.hash}.pkpasstemplate`)))
    const copy = await loadDesign(copies[0]!, { name: 'bonus' })
    expect(copy).toEqual({ ...design, dir: copies[0], ignored: [] })
    expect(await readFile(join(copies[0]!, 'pass.json'), 'utf8')).toBe(design.passText)
    expect(await listDesigns(target)).toEqual([{ name: design.hash, dir: copies[0] }])
  })

  test('a list of designs has folders only, in order', async () => {
    const dir = await temporaryFolder()
    for (const name of ['b.pkpasstemplate', 'a.pkpasstemplate', 'other', '.c.pkpasstemplate'])
      await mkdir(join(dir, name))
    await writeFile(join(dir, 'file.pkpasstemplate'), '')
    expect((await listDesigns(dir)).map(({ name }) => name)).toEqual(['a', 'b'])
    expect(await listDesigns(join(dir, 'none'))).toEqual([])
  })
})
