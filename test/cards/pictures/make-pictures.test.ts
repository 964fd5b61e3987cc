import sharp from 'sharp'
import { describe, expect, test } from 'vitest'
import type { Rgb } from '../../../src/cards/colour/colour.js'
import { makePictures } from '../../../src/cards/pictures/make-pictures.js'
import { type OpenedPicture, openPicture } from '../../../src/cards/pictures/open-picture.js'
import { PICTURE_SCALES, pictureSize } from '../../../src/cards/pictures/picture-size.js'
import { toPixels } from '../../../src/cards/pictures/pixels.js'
import { type Logo, prepareLogo } from '../../../src/cards/pictures/prepare-logo.js'
import { TEXT_CONTRAST, textContrast } from '../../../src/cards/pictures/scrim.js'
import { CARD_BUDGET, weighPictures } from '../../../src/cards/pictures/weigh-pictures.js'
import { drawn, noise, plain, svg } from './synthetic.js'

const WHITE: Rgb = [255, 255, 255]
const NAVY: Rgb = [10, 20, 60]

async function opened(bytes: Uint8Array, name = 'logo.png'): Promise<OpenedPicture> {
  const result = await openPicture(bytes, { name })
  if (!result.ok) throw new Error(result.reason)
  return result.picture
}

async function logoFrom(bytes: Uint8Array): Promise<Logo> {
  const result = await prepareLogo(await opened(bytes))
  if (!result.ok) throw new Error(result.reason)
  return result.logo
}

async function pixelsOf(png: Uint8Array | undefined) {
  return toPixels(sharp(png))
}

/** Red, green, blue, alpha at a place given as shares of the sides. */
async function at(png: Uint8Array | undefined, x: number, y: number): Promise<number[]> {
  const { data, width, height } = await pixelsOf(png)
  const start = (Math.min(height - 1, Math.floor(y * height)) * width + Math.min(width - 1, Math.floor(x * width))) * 4
  return [...data.subarray(start, start + 4)]
}

describe('a logo', () => {
  const CIRCLE = '<circle cx="30" cy="25" r="15" fill="#d62828"/>'

  test('is trimmed, keeps its shape, and fits at all scales', async () => {
    const logo = await logoFrom(await drawn('<rect x="20" y="20" width="60" height="12" fill="#d62828"/>'))
    const { files, notes } = await makePictures({ style: 'storeCard', names: ['icon', 'logo'], logo })
    expect(notes).toEqual([expect.stringMatching(/^The logo logo.png has 240 x 48 pixels.* 480 x 96 are needed\.$/)])
    for (const [suffix, scale] of PICTURE_SCALES) {
      expect(await sharp(files.get(`logo${suffix}.png`)).metadata()).toMatchObject({
        width: 160 * scale,
        height: 32 * scale,
      })
      expect(await sharp(files.get(`icon${suffix}.png`)).metadata()).toMatchObject({
        width: 38 * scale,
        height: 38 * scale,
      })
    }
  })

  test('stays transparent around, and gets a coloured square as icon', async () => {
    const look = { square: NAVY }
    const { files } = await makePictures({
      style: 'generic',
      names: ['icon', 'logo'],
      logo: await logoFrom(await drawn(CIRCLE)),
      look,
    })
    expect((await at(files.get('logo@3x.png'), 0, 0))[3]).toBe(0)
    expect(await at(files.get('logo@3x.png'), 0.5, 0.5)).toEqual([214, 40, 40, 255])
    expect(await at(files.get('icon@3x.png'), 0.02, 0.02)).toEqual([...NAVY, 255])
    expect(await at(files.get('icon@3x.png'), 0.5, 0.5)).toEqual([214, 40, 40, 255])
  })

  test('loses the plain ground of a JPEG, also inside of letters, without a bright edge', async () => {
    const ring =
      '<rect width="100" height="50" fill="#fff"/><circle cx="50" cy="25" r="11" fill="none" stroke="#102a80" stroke-width="12"/>'
    const jpeg = await sharp(await drawn(ring, { scale: 8 }))
      .jpeg({ quality: 85 })
      .toBuffer()
    const logo = await logoFrom(jpeg)
    expect(logo).toMatchObject({ free: true, notes: ['The plain ground around the logo was made transparent.'] })
    expect(logo.ground).toEqual(WHITE)
    const { files } = await makePictures({ style: 'generic', names: ['icon'], logo, look: { square: NAVY } })
    // Nothing of the white is left on a dark square.
    const { data } = await pixelsOf(files.get('icon@3x.png'))
    for (let start = 0; start < data.length; start += 4) expect(data[start]!).toBeLessThan(90)
  })

  test('on a ground of its own with empty space around loses both', async () => {
    const body =
      '<rect x="10" y="5" width="80" height="40" fill="#0b7a5a"/><circle cx="50" cy="25" r="12" fill="#fff"/>'
    const logo = await logoFrom(await drawn(body))
    expect(logo.ground).toEqual([11, 122, 90])
    expect(logo.aspect).toBeCloseTo(1, 1)
  })

  test('that is a wide wordmark lends its symbol to the icon', async () => {
    const letters = [0, 1, 2, 3].map(
      (index) => `<rect x="${40 + index * 14}" y="20" width="8" height="12" fill="#00f"/>`,
    )
    const logo = await logoFrom(await drawn(`<circle cx="18" cy="26" r="12" fill="#f00"/>${letters.join('')}`))
    expect(logo.symbol).toMatchObject({ width: 96, height: 96 })
    const { files } = await makePictures({ style: 'generic', names: ['icon'], logo, look: { square: WHITE } })
    const { data } = await pixelsOf(files.get('icon@3x.png'))
    for (let start = 0; start < data.length; start += 4)
      expect([...data.subarray(start, start + 3)]).not.toEqual([0, 0, 255])
  })

  test('that is seen badly stands on a plate', async () => {
    const logo = await logoFrom(await drawn(CIRCLE))
    const { files } = await makePictures({
      style: 'generic',
      names: ['logo', 'icon'],
      logo,
      look: { square: NAVY, plate: WHITE },
    })
    expect(await at(files.get('logo@3x.png'), 0.5, 0.04)).toEqual([...WHITE, 255])
    expect(await at(files.get('icon@3x.png'), 0.05, 0.05)).toEqual([...WHITE, 255])
  })

  test('from a drawing is never too small', async () => {
    const logo = await logoFrom(svg('<rect width="100" height="50" rx="20" fill="#f00"/>'))
    expect((await makePictures({ style: 'generic', names: ['logo'], logo })).notes).toEqual([])
  })

  test.each([
    ['one plain colour', () => plain(50, 50, '#ff0000').png().toBuffer(), /one plain colour/],
    ['one pixel', () => plain(1, 1, '#ff0000').png().toBuffer(), /one plain colour/],
    [
      'nearly nothing',
      () => plain(50, 50, { r: 0, g: 0, b: 0, alpha: 0.02 }, 4).png().toBuffer(),
      /nearly transparent/,
    ],
    ['a line', () => drawn('<rect y="20" width="100" height="1" fill="#f00"/>'), /more than 20 times as long/],
  ])('that is %s is refused', async (_what, make, reason) => {
    const result = await prepareLogo(await opened(await make()))
    expect(result).toMatchObject({ ok: false, reason: expect.stringMatching(reason) })
  })
})

describe('a photo', () => {
  test('of 40 million pixels of noise becomes a strip within the budget, at all scales', async () => {
    const hero = await opened(await noise(7700, 5200).jpeg({ quality: 80 }).toBuffer(), 'hero.jpg')
    const { files } = await makePictures({ style: 'storeCard', names: ['strip'], hero })
    expect([...files.keys()]).toEqual(['strip.png', 'strip@2x.png', 'strip@3x.png'])
    const report = weighPictures(files)
    expect(report).toMatchObject({ verdict: 'fits', budget: CARD_BUDGET })
    for (const [suffix, scale] of PICTURE_SCALES) {
      expect(await sharp(files.get(`strip${suffix}.png`)).metadata()).toMatchObject({
        width: 375 * scale,
        height: 123 * scale,
      })
    }
  })

  test('that is calm keeps all its detail', async () => {
    const body = '<rect width="100" height="50" fill="#345"/><circle cx="60" cy="25" r="9" fill="#fc3"/>'
    const hero = await opened(await drawn(body, { scale: 20 }))
    const { files, notes } = await makePictures({ style: 'storeCard', names: ['strip'], hero })
    expect(notes).toEqual([])
    const found = await at(files.get('strip@3x.png'), 0.1, 0.1)
    for (const [index, value] of [0x33, 0x44, 0x55].entries()) expect(Math.abs(found[index]! - value)).toBeLessThan(4)
  })

  test('is cut to where something catches the eye, the same at all scales', async () => {
    const body = '<rect width="100" height="100" fill="#888"/><circle cx="50" cy="86" r="8" fill="#ff2d2d"/>'
    const hero = await opened(await drawn(body, { width: 100, height: 100, scale: 12 }))
    const { files } = await makePictures({ style: 'storeCard', names: ['strip'], hero })
    for (const [suffix] of PICTURE_SCALES) {
      const { data } = await pixelsOf(files.get(`strip${suffix}.png`))
      let red = 0
      for (let start = 0; start < data.length; start += 4) if (data[start]! > 200 && data[start + 1]! < 90) red++
      // The whole circle: 2 % of the square is 6 % of what is left of it.
      expect(red / (data.length / 4)).toBeGreaterThan(0.05)
    }
  })

  test('that is too small is enlarged, and the designer is told what is needed', async () => {
    const body = '<circle cx="50" cy="50" r="30" fill="#f00"/>'
    const hero = await opened(await drawn(body, { width: 100, height: 100, scale: 3 }), 'hero.png')
    const { files, notes } = await makePictures({ style: 'generic', names: ['thumbnail', 'strip'], hero })
    expect(notes[0]).toBe('hero.png has 300 x 300 pixels and was enlarged; for the strip 1125 x 369 are needed.')
    expect(notes).toHaveLength(1)
    expect(await sharp(files.get('thumbnail@3x.png')).metadata()).toMatchObject({ width: 270, height: 270 })
  })

  test.each([
    'strip',
    'thumbnail',
    'background',
    'artwork',
    'footer',
  ] as const)('becomes a %s of its size', async (name) => {
    const hero = await opened(await noise(500, 400, 20).png().toBuffer())
    const { files } = await makePictures({ style: 'eventTicket', names: [name], hero })
    const { width, height } = pictureSize(name, 'eventTicket')
    expect(await sharp(files.get(`${name}@2x.png`)).metadata()).toMatchObject({ width: width * 2, height: height * 2 })
  })

  test.each([
    ['bright', '#f4f4f4', WHITE],
    ['dark', '#101010', NAVY],
    ['noisy', undefined, WHITE],
  ])('that is %s is calmed until the text on it is read', async (_what, colour, text) => {
    const bytes = await (colour === undefined ? noise(1200, 600, 90) : plain(1200, 600, colour)).png().toBuffer()
    const region = { left: 0, top: 0.1, right: 0.55, bottom: 0.9 }
    const { files, notes } = await makePictures({
      style: 'storeCard',
      names: ['strip'],
      hero: await opened(bytes),
      texts: {
        colours: [{ colour: text, least: TEXT_CONTRAST }],
        ground: text === WHITE ? NAVY : WHITE,
        places: { strip: { regions: [region], from: 'left' } },
      },
    })
    expect(notes.join()).toMatch(/The strip is covered at its left with up to \d+ % of the card's colour/)
    // The palette may take a little of it again.
    expect(textContrast(await pixelsOf(files.get('strip@3x.png')), text, [region])).toBeGreaterThan(TEXT_CONTRAST - 0.4)
  })
})

test('what weighs what: pictures over their scales and languages, and the rest', () => {
  const file = (bytes: number) => new Uint8Array(bytes)
  const report = weighPictures(
    new Map([
      ['strip.png', file(10_000)],
      ['strip@2x.png', file(40_000)],
      ['strip@3x.png', file(90_000)],
      ['ru.lproj/strip.png', file(9_000)],
      ['pass.json', file(1_000)],
      ['design.yaml', file(99_000)],
    ]),
  )
  expect(report).toEqual({
    rows: [
      { picture: 'strip', files: 3, bytes: 140_000, share: 140 / 155 },
      { picture: 'strip (ru)', files: 1, bytes: 9_000, share: 9 / 155 },
      { picture: 'texts and data', files: 3, bytes: 6_000, share: 6 / 155 },
    ],
    total: 155_000,
    budget: 150_000,
    verdict: 'too heavy',
  })
})
