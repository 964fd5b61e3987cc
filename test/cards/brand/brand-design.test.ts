import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import sharp from 'sharp'
import { describe, expect, test } from 'vitest'
import { brandDesign } from '../../../src/cards/brand/brand-design.js'
import { contrast, parseColour, type Rgb, toHex } from '../../../src/cards/colour/colour.js'
import { createDesign } from '../../../src/cards/design/create-design.js'
import { loadDesign } from '../../../src/cards/design/load-design.js'
import { designUpdate, updateDesign } from '../../../src/cards/design/update-design.js'
import { type OpenedPicture, openPicture } from '../../../src/cards/pictures/open-picture.js'
import { PICTURE_SCALES } from '../../../src/cards/pictures/picture-size.js'
import { toPixels } from '../../../src/cards/pictures/pixels.js'
import { textContrast } from '../../../src/cards/pictures/scrim.js'
import { weighPictures } from '../../../src/cards/pictures/weigh-pictures.js'
import { KIND_NAMES } from '../../../src/kit/design-kinds.js'
import { smallDisk } from '../../support/small-disk.js'
import { tempDir } from '../../support/temp-dir.js'
import { designFolder, PIXEL, temporaryFolder } from '../design-folder.js'
import { drawn, noise } from '../pictures/synthetic.js'

const ROUND = '<circle cx="50" cy="25" r="20" fill="#d62828"/>'
const WIDE = '<rect x="5" y="18" width="90" height="14" rx="7" fill="#1846b8"/>'

async function opened(bytes: Uint8Array, name: string): Promise<OpenedPicture> {
  const result = await openPicture(bytes, { name })
  if (!result.ok) throw new Error(result.reason)
  return result.picture
}
const RING: Rgb = [232, 196, 106]
const logo = async (body = ROUND) => opened(await drawn(body), 'logo.png')
const hero = async () => opened(await noise(1500, 900, 80).jpeg().toBuffer(), 'hero.jpg')

function colourOf(pass: Readonly<Record<string, unknown>>, key: string): Rgb {
  return parseColour(pass[key]) ?? [-1, -1, -1]
}

describe.each(KIND_NAMES)('the %s template, branded', (template) => {
  test('has colours that are read, all pictures at all scales, and weighs little', async () => {
    const designsDir = await temporaryFolder()
    const brand = { logo: await logo(), hero: await hero() }
    const { dir } = await createDesign({ template, name: 'own', designsDir, organization: 'Nordlicht', brand })
    const design = await loadDesign(dir)
    const { passJson } = design
    expect(passJson).toMatchObject({ organizationName: 'Nordlicht', logoText: 'Nordlicht' })
    const background = colourOf(passJson, 'backgroundColor')
    expect(contrast(colourOf(passJson, 'foregroundColor'), background)).toBeGreaterThanOrEqual(4.5)
    expect(contrast(colourOf(passJson, 'labelColor'), background)).toBeGreaterThanOrEqual(4.5)

    const pictures = [...design.files].filter(([path]) => path.endsWith('.png'))
    const names = new Set(pictures.map(([path]) => path.replace(/(?:@\dx)?\.png$/, '')))
    for (const name of names) {
      for (const [suffix] of PICTURE_SCALES) expect(design.files.has(`${name}${suffix}.png`)).toBe(true)
    }
    const icon = await toPixels(sharp(design.files.get('icon@3x.png')))
    const middle = (57 * icon.width + 57) * 4
    expect([...icon.data.subarray(middle, middle + 3)]).toEqual([214, 40, 40])
    expect(weighPictures(design.files)).toMatchObject({ verdict: 'fits' })
  })

  test('asked for again, is the same and no error', async () => {
    const designsDir = await temporaryFolder()
    const options = { template, name: 'own', designsDir, brand: { logo: await logo(WIDE), colour: '#1f6f5c' } }
    expect((await createDesign(options)).created).toBe(true)
    expect((await createDesign(options)).created).toBe(false)
    await expect(createDesign({ ...options, brand: { colour: 'navy' } })).rejects.toMatchObject({
      code: 'DESIGN_EXISTS',
    })
  })
})

describe('branding', () => {
  const brandOf = async (
    content: Parameters<typeof designFolder>[0],
    brand: Parameters<typeof brandDesign>[1],
    scope: 'whole' | 'given' = 'whole',
  ) => {
    const dir = await designFolder(content)
    const { files, sources } = await loadDesign(dir)
    const before = new Map([...files, ['pass.json', sources.passJson], ['design.yaml', sources.designYaml]] as const)
    const branded = await brandDesign(before, brand, { dir, scope })
    const text = Buffer.from(branded.files.get('pass.json')!).toString()
    return {
      ...branded,
      before,
      text,
      pass: JSON.parse(text),
      yaml: Buffer.from(branded.files.get('design.yaml')!).toString(),
    }
  }

  test('keeps the layout of pass.json, replaces colours and adds those that were missing', async () => {
    const pass = '{\n  "formatVersion": 1,\n  "backgroundColor" : "#fff",\n  "x": [1,   2],\n  "storeCard": {}\n}\n'
    const { text } = await brandOf({ pass }, { colour: '#1f6f5c' })
    expect(text).toBe(
      '{\n  "formatVersion": 1,\n  "backgroundColor" : "rgb(31, 111, 92)",\n  "x": [1,   2],\n  "storeCard": {},\n' +
        `  "foregroundColor": "rgb(255, 255, 255)",\n  "labelColor": "${JSON.parse(text).labelColor}"\n}\n`,
    )
  })

  test('a wide logo takes the place of the text beside it, a round one stands beside it', async () => {
    const content = { pass: { logoText: 'Old', storeCard: {} } }
    const wide = await brandOf(content, { logo: await logo(WIDE), organization: 'New' })
    expect(wide.pass.logoText).toBeUndefined()
    expect(wide.notes.join()).toContain('does not write it again')
    const round = await brandOf(content, { logo: await logo(), organization: 'New' })
    expect(round.pass.logoText).toBe('New')
  })

  test.each([
    ['the card takes colours from it', undefined],
    ['the card has the colour of the ring', '#e8c46a'],
  ])('a ring on a dark ground is seen as a ring where %s', async (_, colour) => {
    const ring =
      '<rect width="100" height="50" fill="#101820"/><circle cx="50" cy="25" r="16" stroke="#e8c46a" stroke-width="3" fill="none"/>'
    const brand = { logo: await logo(ring), ...(colour === undefined ? {} : { colour }) }
    const { files, pass } = await brandOf({}, brand)
    const background = colourOf(pass, 'backgroundColor')
    const logoOnCard = sharp(files.get('logo@3x.png')).flatten({ background: toHex(background) })
    const { width, height, data } = await toPixels(logoOnCard)
    const middle = Math.floor(height / 2) * width
    const pixel = (x: number): Rgb => {
      const [red = 0, green = 0, blue = 0] = data.subarray((middle + x) * 4)
      return [red, green, blue]
    }
    // Along the middle: what is around, gold, the inside.
    const golden = Array.from({ length: width }, (_, x) => contrast(pixel(x), RING) < 1.15)
    const left = golden.findIndex((gold, x) => gold && x + 4 < width && golden[x + 4] === true)
    expect(left).toBeGreaterThanOrEqual(0)
    expect(contrast(left < 4 ? background : pixel(left - 4), RING)).toBeGreaterThan(3)
    expect(contrast(pixel(Math.floor(width / 2)), RING)).toBeGreaterThan(3)
  })

  test('stamps get the colours, with comments and order of design.yaml kept', async () => {
    const yaml =
      'version: 1\n# What is counted.\nfields: {stamps: {type: number}}\nstamps:\n  field: stamps # here\n  total: 3\n' +
      '  colors: {stamp: "#b9502b", symbol: "#f8f0e5", empty: "#805c46"} # warm\n'
    const {
      yaml: after,
      colours,
      notes,
      files,
      before,
    } = await brandOf({ yaml, files: { 'strip.png': PIXEL } }, { colour: 'navy', hero: await hero() })
    expect(after.replaceAll(/"#\w+"/g, '""')).toBe(yaml.replaceAll(/"#\w+"/g, '""'))
    expect(after).toContain('symbol: "#000080"')
    expect(contrast(colours.accent, colours.background)).toBeGreaterThanOrEqual(3)
    expect(notes.join()).toContain('The strip shows the stamps, so hero.jpg is not used')
    expect(files.get('strip.png')).not.toEqual(before.get('strip.png'))
    expect((await sharp(files.get('strip@3x.png')).metadata()).width).toBe(1125)
  })

  test('stamps without colours of their own get some', async () => {
    const yaml = 'version: 1\nfields:\n  s: {type: number} # count\nstamps: {field: s, total: 3}\n'
    const { yaml: after } = await brandOf({ yaml }, { colour: 'navy' })
    expect(after).toMatch(/s: \{type: number\} # count/)
    expect(after).toMatch(/symbol: "#000080"/)
  })

  test('pictures of single languages and other formats make way for the new ones', async () => {
    const files = {
      'logo.png': PIXEL,
      'logo.pdf': '%PDF-1.7',
      'ru.lproj/logo@2x.png': PIXEL,
      'ru.lproj/pass.strings': '',
      'ru.lproj/strip.png': PIXEL,
    }
    const { files: after, notes } = await brandOf({ files }, { logo: await logo() }, 'given')
    expect([...after.keys()].filter((path) => path.includes('logo'))).toEqual([
      'logo.png',
      'logo@2x.png',
      'logo@3x.png',
    ])
    expect([...after.keys()].filter((path) => path.startsWith('ru'))).toEqual([
      'ru.lproj/pass.strings',
      'ru.lproj/strip.png',
    ])
    expect(notes.join()).toContain('those of ru were taken out')
  })

  test('of a design that somebody works on changes only what is given', async () => {
    const content = { files: { 'strip.png': PIXEL, 'thumbnail.png': PIXEL } }
    const withLogo = await brandOf(content, { logo: await logo() }, 'given')
    const changed = [...designUpdate(withLogo.before, withLogo.files).write.keys()]
    expect(changed).toEqual(['icon.png', 'icon@2x.png', 'icon@3x.png', 'logo.png', 'logo@2x.png', 'logo@3x.png'])
    const withColour = await brandOf(content, { colour: 'navy' }, 'given')
    expect([...designUpdate(withColour.before, withColour.files).write.keys()]).toEqual(['pass.json'])
    const withHero = await brandOf(content, { hero: await hero() }, 'given')
    expect([...designUpdate(withHero.before, withHero.files).write.keys()]).toEqual([
      'strip.png',
      'strip@2x.png',
      'strip@3x.png',
    ])
  })

  test('text stands readable on a strip that is drawn, and on a photo', async () => {
    const region = { left: 0, top: 0.1, right: 0.5, bottom: 0.9 }
    for (const brand of [{ logo: await logo() }, { logo: await logo(), hero: await hero() }]) {
      const { files, colours } = await brandOf({ files: { 'strip.png': PIXEL } }, brand)
      const strip = await toPixels(sharp(files.get('strip@3x.png')))
      expect(textContrast(strip, colours.foreground, [region])).toBeGreaterThan(4.1)
    }
  })

  test.each([
    ['bluish', 'COLOUR_UNKNOWN', undefined],
    ['darkslategren', 'COLOUR_UNKNOWN', 'Did you mean darkslategreen?'],
  ])('the colour %j is an error that says how to write one', async (colour, code, hint) => {
    const hints =
      hint === undefined ? expect.any(Array) : expect.arrayContaining([expect.stringContaining('Did you mean')])
    await expect(brandOf({}, { colour })).rejects.toMatchObject({ code, hints })
  })

  test('a logo that shows nothing is an error with its name', async () => {
    const plain = await opened(
      await sharp({ create: { width: 9, height: 9, channels: 3, background: '#f00' } })
        .png()
        .toBuffer(),
      'red.png',
    )
    await expect(brandOf({}, { logo: plain })).rejects.toMatchObject({
      code: 'PICTURE_UNUSABLE',
      message: 'The logo red.png is one plain colour without a logo in it.',
    })
  })
})

const disk = await smallDisk(join(await tempDir('brand-disk'), 'disk'), '200k')

describe('changing the files of a design', () => {
  const BEFORE = { 'strip.png': PIXEL, 'ru.lproj/logo.png': PIXEL, 'notes.txt': 'keep' }
  const contentOf = async (dir: string) => {
    const names = (await readdir(dir, { recursive: true, withFileTypes: true })).filter((entry) => entry.isFile())
    return Object.fromEntries(
      await Promise.all(
        names.map(
          async (entry) => [entry.name, (await readFile(join(entry.parentPath, entry.name))).toString('hex')] as const,
        ),
      ),
    )
  }

  test('writes and removes what it is told, and nothing else', async () => {
    const dir = await designFolder({ files: BEFORE })
    const before = new Map(Object.entries(BEFORE).map(([path, content]) => [path, Buffer.from(content)]))
    const after = new Map([...before, ['strip.png', Buffer.from('new')], ['de.lproj/a.png', Buffer.from('x')]])
    after.delete('ru.lproj/logo.png')
    await updateDesign(dir, designUpdate(before, after))
    expect((await readFile(join(dir, 'strip.png'))).toString()).toBe('new')
    expect((await readFile(join(dir, 'de.lproj', 'a.png'))).toString()).toBe('x')
    expect(await readdir(join(dir, 'ru.lproj'))).toEqual([])
    expect((await readFile(join(dir, 'notes.txt'))).toString()).toBe('keep')
  })

  test('puts everything back when a file cannot take its place', async () => {
    const dir = await designFolder({ files: BEFORE })
    // A folder stands where a file is to be.
    await mkdir(join(dir, 'icon@3x.png', 'x'), { recursive: true })
    const before = await contentOf(dir)
    const update = {
      write: new Map([
        ['strip.png', Buffer.from('new')],
        ['icon@3x.png', Buffer.from('new')],
      ]),
      remove: [],
      before: new Map([['strip.png', PIXEL]]),
    }
    await expect(updateDesign(dir, update)).rejects.toMatchObject({ code: 'DESIGN_UNREADABLE' })
    expect(await contentOf(dir)).toEqual(before)
  })

  test.runIf(disk !== undefined)('changes nothing when the disk is full', async () => {
    const dir = join(disk ?? '', 'full.pkpasstemplate')
    await mkdir(dir)
    await writeFile(join(dir, 'strip.png'), 'old')
    const write = new Map([
      ['icon.png', Buffer.alloc(50_000)],
      ['strip.png', Buffer.alloc(400_000)],
    ])
    await expect(updateDesign(dir, { write, remove: ['strip.png'], before: new Map() })).rejects.toMatchObject({
      code: 'DESIGN_UNREADABLE',
    })
    expect(await readdir(dir)).toEqual(['strip.png'])
    expect((await readFile(join(dir, 'strip.png'))).toString()).toBe('old')
  })

  test('changes nothing when a file cannot be written at all', async () => {
    const dir = await designFolder({ files: { 'strip.png': PIXEL, 'de.lproj': 'a file where a folder has to be' } })
    const before = await contentOf(dir)
    const write = new Map(['strip.png', 'de.lproj/logo.png'].map((path) => [path, Buffer.from('new')]))
    const update = { write, remove: ['strip.png'], before: new Map() }
    await expect(updateDesign(dir, update)).rejects.toMatchObject({ code: 'DESIGN_UNREADABLE' })
    expect(await contentOf(dir)).toEqual(before)
  })
})
