import { mkdir, readdir, rm, symlink, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import sharp from 'sharp'
import { describe, expect, test } from 'vitest'
import { loadDesign } from '../../../src/cards/design/load-design.js'
import type { CardData } from '../../../src/cards/model.js'
import { memberPictureFiles } from '../../../src/cards/pictures/member-pictures.js'
import { prepareMemberPicture } from '../../../src/cards/pictures/prepare-member-picture.js'
import { prepareVariants } from '../../../src/cards/pictures/prepare-variants.js'
import { compileCard } from '../../../src/cards/program.js'
import { designFolder, PASS, PIXEL, temporaryFolder } from '../design-folder.js'

const IDENTITY = { passTypeIdentifier: 'pass.x', teamIdentifier: 'T' }
const CARD: CardData = { serial: '1', token: 't', barcode: '1', values: {} }

async function stampDesign(total = 3, more = '') {
  const pass = {
    ...PASS,
    storeCard: { headerFields: [{ key: 'stamps', value: 1 }] },
  }
  const yaml = `version: 1\nfields: {stamps: {type: number}}\nstamps: {field: stamps, total: ${total}${more}}\n`
  const files = { 'strip.png': PIXEL, 'en.lproj/strip@2x.png': PIXEL, 'logo.png': PIXEL }
  return loadDesign(await designFolder({ pass, yaml, files }))
}

/** Colour of a pixel of a drawn strip, as #rrggbb. */
async function colourAt(png: Uint8Array, x: number, y: number): Promise<string> {
  const { data, info } = await sharp(png).removeAlpha().raw().toBuffer({ resolveWithObject: true })
  return `#${data.subarray((y * info.width + x) * 3, (y * info.width + x) * 3 + 3).toString('hex')}`
}

describe('stamp strips', () => {
  test('one small picture per state and scale takes the place of every strip of the design', async () => {
    const design = await stampDesign(3, ', shape: dot, reward: none, colors: {stamp: "#cc0000", symbol: "#cc0000"}')
    const cacheDir = join(await temporaryFolder(), 'cache')
    await Promise.all([prepareVariants(design, cacheDir), prepareVariants(design, cacheDir)])
    const program = compileCard(design, IDENTITY, { cacheDir })
    for (let count = 0; count <= 3; count++) {
      const files = program.filesOf(`stamps=${count}`)
      expect([...files.keys()].sort()).toEqual(
        ['icon.png', 'icon@2x.png', 'logo.png', 'strip.png', 'strip@2x.png', 'strip@3x.png'].sort(),
      )
      for (const [name, scale] of [
        ['strip.png', 1],
        ['strip@2x.png', 2],
        ['strip@3x.png', 3],
      ] as const) {
        const png = files.get(name)!
        expect(await sharp(png).metadata()).toMatchObject({
          width: 375 * scale,
          height: 123 * scale,
          isPalette: true,
        })
        expect(png.length).toBeLessThan(10_000)
        // The middle of the three places is in the middle of the strip.
        const middle = await colourAt(png, 188 * scale, 62 * scale - Math.ceil(20 * scale))
        expect(middle).toBe(count >= 2 ? '#cc0000' : '#ffeedd')
      }
    }
    expect((await readdir(cacheDir)).filter((name) => name.startsWith('.'))).toEqual([])
  })

  test('the state of a card is its number of stamps, within what the card has room for', async () => {
    const { variant } = compileCard(await stampDesign(), IDENTITY, { cacheDir: '/nowhere' })
    const of = (stamps: number | string) => variant({ ...CARD, values: { stamps } })
    expect([variant(CARD), of(0), of(2), of(2.9), of(3), of(99), of(-1), of('x')]).toEqual(
      [1, 0, 2, 2, 3, 3, 0, 0].map((count) => `stamps=${count}`),
    )
  })

  test('drawings are kept and used again, and drawn anew when colours change', async () => {
    const cacheDir = await temporaryFolder()
    await prepareVariants(await stampDesign(1), cacheDir)
    const [first] = await readdir(cacheDir)
    await writeFile(join(cacheDir, first!, 'stamps=1', 'strip.png'), 'kept')
    await rm(join(cacheDir, first!, 'stamps=0'), { recursive: true })
    await prepareVariants(await stampDesign(1), cacheDir)
    const { filesOf } = compileCard(await stampDesign(1), IDENTITY, { cacheDir })
    expect(Buffer.from(filesOf('stamps=1').get('strip.png')!).toString()).toBe('kept')
    expect(filesOf('stamps=0').get('strip.png')!.length).toBeGreaterThan(100)
    await prepareVariants(await stampDesign(1, ', colors: {stamp: "#123456"}'), cacheDir)
    expect(await readdir(cacheDir)).toHaveLength(2)
  })

  test('a drawing that is gone is an error that says what to do', async () => {
    const { filesOf } = compileCard(await stampDesign(), IDENTITY, { cacheDir: '/nowhere' })
    expect(() => filesOf('stamps=1')).toThrow(expect.objectContaining({ code: 'PICTURES_MISSING' }))
  })

  test('a design without stamps has one set of files, its own', async () => {
    const design = await loadDesign(await designFolder())
    const program = compileCard(design, IDENTITY, { cacheDir: '/nowhere' })
    expect(program.variant(CARD)).toBe('')
    expect(program.filesOf('')).toBe(design.files)
  })
})

describe('member pictures', () => {
  async function photos() {
    const baseDir = join(await temporaryFolder(), 'csv')
    await mkdir(join(baseDir, 'photos'), { recursive: true })
    // Red on the left, blue on the right; orientation 3 turns it by 180 degrees.
    const half = { width: 200, height: 300, channels: 3 as const }
    const blue = await sharp({ create: { ...half, background: '#0000ff' } })
      .png()
      .toBuffer()
    const photo = await sharp({ create: { ...half, width: 400, background: '#ff0000' } })
      .composite([{ input: blue, left: 200, top: 0 }])
      .jpeg({ quality: 95 })
      .withMetadata({ orientation: 3 })
      .toBuffer()
    await writeFile(join(baseDir, 'photos', 'ann.jpg'), photo)
    await writeFile(join(baseDir, 'photos', 'torn.jpg'), photo.subarray(0, 700))
    await writeFile(join(baseDir, 'drawing.svg'), '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>')
    await writeFile(join(baseDir, 'notes.txt'), 'no photo')
    await writeFile(join(baseDir, '..', 'secret.jpg'), photo)
    await symlink(join(baseDir, '..', 'secret.jpg'), join(baseDir, 'link.jpg'))
    const picturesDir = join(baseDir, '..', 'pictures')
    const prepare = (file: string) =>
      prepareMemberPicture({ file, baseDir, image: 'thumbnail', style: 'generic', picturesDir })
    return { baseDir, picturesDir, prepare }
  }

  test('a photo becomes upright pictures at three scales, once', async () => {
    const { picturesDir, prepare } = await photos()
    const prepared = await prepare('photos/ann.jpg')
    if (!prepared.ok) throw new Error(prepared.reason)
    const files = memberPictureFiles({ ...CARD, pictures: { thumbnail: prepared.id } }, picturesDir)
    expect([...files.keys()]).toEqual(['thumbnail.png', 'thumbnail@2x.png', 'thumbnail@3x.png'])
    const sizes = await Promise.all([...files.values()].map(async (png) => (await sharp(png).metadata()).width))
    expect(sizes).toEqual([90, 180, 270])
    const png = files.get('thumbnail@3x.png')!
    expect(png.length).toBeLessThan(20_000)
    expect(Number.parseInt((await colourAt(png, 5, 135)).slice(5), 16)).toBeGreaterThan(240)

    const folder = join(picturesDir, prepared.id.slice(0, 2), prepared.id)
    await writeFile(join(folder, 'thumbnail.png'), 'kept')
    expect(await prepare('photos\\ann.jpg')).toEqual(prepared)
    const again = memberPictureFiles({ ...CARD, pictures: { thumbnail: prepared.id } }, picturesDir)
    expect(Buffer.from(again.get('thumbnail.png')!).toString()).toBe('kept')
  })

  test.each([
    ['photos/bob.jpg', 'is not there'],
    ['../secret.jpg', 'is not inside the folder of the CSV'],
    ['../nothing.jpg', 'is not inside the folder of the CSV'],
    ['photos/../../secret.jpg', 'is not inside the folder of the CSV'],
    ['link.jpg', 'is not inside the folder of the CSV'],
    ['/etc/passwd', 'is not inside the folder of the CSV'],
    ['C:\\photo.jpg', 'is not inside the folder of the CSV'],
    ['photos', 'is not a file'],
    ['notes.txt', 'is not a picture that can be read'],
    ['drawing.svg', 'is a SVG file, not a photo'],
    ['photos/torn.jpg', 'is not a picture that can be read'],
    ['a\0b', 'is not a file name'],
  ])('%j is refused: %s', async (file, reason) => {
    const { prepare } = await photos()
    expect(await prepare(file)).toEqual({ ok: false, reason })
  })

  test('an id that is no hash, or whose pictures are gone, is an error', () => {
    for (const id of ['../../etc', '0'.repeat(64)]) {
      expect(() => memberPictureFiles({ ...CARD, pictures: { thumbnail: id } }, '/nowhere')).toThrow(
        expect.objectContaining({ code: 'PICTURES_MISSING' }),
      )
    }
    expect(memberPictureFiles(CARD, '/nowhere').size).toBe(0)
  })
})
