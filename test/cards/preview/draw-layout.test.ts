import fc from 'fast-check'
import sharp from 'sharp'
import { beforeAll, describe, expect, test } from 'vitest'
import { PASS_STYLES } from '../../../src/cards/design/design.js'
import { type Fonts, loadFonts } from '../../../src/cards/fonts/fonts.js'
import { drawLayout } from '../../../src/cards/preview/draw-layout.js'
import { layoutBack } from '../../../src/cards/preview/layout-back.js'
import { layoutFront } from '../../../src/cards/preview/layout-front.js'
import { FIELD_GROUPS } from '../../../src/cards/styles.js'
import type { PassView, ViewPicture } from '../../../src/cards/view/types.js'
import { elementsOf } from './markup.js'
import { QR, type Sample, samplePicture, samplePictures, sampleView } from './sample-view.js'

let fonts: Fonts
let pictures: Map<string, ViewPicture>
beforeAll(async () => {
  fonts = await loadFonts()
  pictures = await samplePictures('logo', 'strip', 'thumbnail', 'background', 'icon')
})

async function drawn(sample: Sample, side: 'front' | 'back' = 'front'): Promise<string> {
  const view = sampleView(sample)
  const layout = side === 'front' ? layoutFront(view, { fonts }) : layoutBack(view, { fonts, appearance: 'light' })
  return drawLayout(layout, { fonts, pictures: view.pictures })
}

/** Elements and attributes that drawings consist of; no text of a pass may add to them. */
const ELEMENTS = new Set('svg title path rect g clipPath image text linearGradient stop'.split(' '))

function check(svg: string): void {
  for (const { name, attributes } of elementsOf(svg)) {
    expect(ELEMENTS).toContain(name)
    for (const [key, value] of attributes) {
      expect(key).not.toMatch(/^on|style|xlink/)
      if (key === 'href') expect(value).toMatch(/^data:image\/(?:png|jpeg);base64,[A-Za-z0-9+/=]+$/)
    }
  }
}

const HOSTILE = [
  '<script>alert(1)</script>',
  ']]><svg onload="x()">',
  '"/><image href="https://evil.example/x.png"/>',
  "' onload='x()",
  '&lt;b&gt; &#x3c;i&#x3e; &nbsp;',
  '\u0000\u0001\u001b[31m\u007f\uffff',
  '\ud800 lone',
  'a\u202eb\u2066c',
  'שלום "<b>" עולם',
  'مرحبا <b> بالعالم & co',
  '😀👨‍👩‍👧‍👦🇷🇺 <b>',
  'x'.repeat(10_000),
  'слово '.repeat(2_000),
]

describe('a drawing', () => {
  test.each(PASS_STYLES)('of the style %s is well-formed and complete in itself', async (style) => {
    const groups = Object.fromEntries(FIELD_GROUPS.map((group) => [group, [{ label: group, text: 'One' }]]))
    const sample = { style, groups, pictures, barcodes: [QR], logoText: 'Corner' }
    for (const side of ['front', 'back'] as const) {
      const svg = await drawn(sample, side)
      check(svg)
      expect(svg).not.toMatch(/https?:(?!\/\/www\.w3\.org\/2000\/svg")/)
      await expect(sharp(Buffer.from(svg)).metadata()).resolves.toMatchObject({ width: 375 })
    }
  })

  test.each(HOSTILE.map((text) => ({ name: text.slice(0, 30), text })))('is not broken by $name in any text', async ({
    text,
  }) => {
    const groups = Object.fromEntries(
      FIELD_GROUPS.map((group) => [group, [{ label: text, text, runs: [{ text, href: `javascript:${text}` }] }]]),
    )
    const code = { ...QR, message: text, altText: text, messageEncoding: text }
    const names = { organizationName: text, description: text, logoText: text, locale: text }
    for (const style of PASS_STYLES) {
      const sample = { style, groups, barcodes: [code], voided: true, ...names }
      check(await drawn(sample))
      check(await drawn(sample, 'back'))
    }
  })

  test('is not broken by anything', async () => {
    const text = fc.string({ unit: 'binary', maxLength: 40 })
    await fc.assert(
      fc.asyncProperty(text, text, async (label, value) => {
        const groups = { primaryFields: [{ label, text: value }], backFields: [{ label, text: value }] }
        check(await drawn({ groups, logoText: label }))
        check(await drawn({ groups }, 'back'))
      }),
      { numRuns: 100 },
    )
  })

  test('says what it shows', async () => {
    const svg = await drawn({ logoText: 'A & B', groups: { primaryFields: [{ label: 'Points', text: '120' }] } })
    expect(svg).toContain('role="img"><title>A &amp; B, Points, 120</title>')
    const titled = await drawLayout(layoutFront(sampleView({}), { fonts }), { fonts, pictures, title: 'Front <1>' })
    expect(titled).toContain('<title>Front &lt;1&gt;</title>')
  })

  test('draws letters as outlines and leaves to the viewer what the typeface does not have', async () => {
    const svg = (text: string) => drawn({ groups: { primaryFields: [{ label: '', text }] } })
    expect(await svg('Anna Анна Ünï')).not.toContain('<text')
    expect(await svg('Hi 😀')).toMatch(/<text [^>]*>😀<\/text>/)
    expect(await svg('شكرا جزيلا')).toMatch(/<text [^>]*direction="rtl"[^>]*>شكرا جزيلا<\/text>/)
    expect(await svg('Thanks شكرا جزيلا 5')).toMatch(/<text [^>]*direction="rtl"[^>]*>شكرا جزيلا<\/text>/)
  })

  test('has ids that differ from those of another drawing, and are the same each time', async () => {
    const ids = async (text: string) => {
      const svg = await drawn({ pictures, groups: { primaryFields: [{ label: '', text }] } })
      return [...svg.matchAll(/ id="([^"]+)"/g)].map(([, id]) => id)
    }
    const [one, again, two] = [await ids('one'), await ids('one'), await ids('two')]
    expect(one.length).toBeGreaterThan(0)
    expect(again).toEqual(one)
    expect(two.filter((id) => one.includes(id))).toEqual([])
  })

  test('tells in the place of the code why there is none', async () => {
    const svg = await drawn({ barcodes: [{ ...QR, format: 'PKBarcodeFormatEAN13', message: '12' }] })
    check(svg)
    expect(svg).toContain('stroke-dasharray')
  })
})

describe('pictures', () => {
  const svgWith = (name: string, bytes: Uint8Array) =>
    drawn({ pictures: new Map([[name, { file: `${name}.png`, bytes, scale: 2 }]]) })

  test.each([
    ['a PDF', Buffer.from('%PDF-1.7 …')],
    [
      'SVG under the name of a PNG',
      Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"><image href="file:///etc/passwd"/></svg>'),
    ],
    ['no bytes at all', new Uint8Array()],
    ['the signature of a PNG alone', Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 13, 10, 26, 10)],
  ])('that cannot be shown are left out: %s', async (_name, bytes) => {
    expect(await svgWith('strip', bytes)).not.toContain('<image')
  })

  test('that claim more pixels than any card can use are left out', async () => {
    const bytes = Uint8Array.from(pictures.get('strip')!.bytes)
    new DataView(bytes.buffer).setUint32(16, 60_000)
    new DataView(bytes.buffer).setUint32(20, 60_000)
    expect(await svgWith('strip', bytes)).not.toContain('<image')
  })

  test('are taken as they are when they fit, and made smaller when they are far too large', async () => {
    const { bytes } = pictures.get('strip')!
    expect(await svgWith('strip', bytes)).toContain(Buffer.from(bytes).toString('base64'))
    const noise = await sharp({
      create: {
        width: 3000,
        height: 984,
        channels: 3,
        background: '#888',
        noise: { type: 'gaussian', mean: 128, sigma: 60 },
      },
    })
      .png()
      .toBuffer()
    const uri = /href="data:image\/png;base64,([^"]+)"/.exec(await svgWith('strip', noise))?.[1] ?? ''
    expect(await sharp(Buffer.from(uri, 'base64')).metadata()).toMatchObject({ width: 1125, height: 369 })
  })

  test('behind event tickets are blurred before they are put in', async () => {
    const half = await samplePicture(
      100,
      140,
      '<rect width="100" height="140" fill="#f00"/><rect width="50" height="140" fill="#00f"/>',
    )
    const view = sampleView({ style: 'eventTicket', pictures: new Map([['background', half]]) })
    const svg = await drawLayout(layoutFront(view, { fonts }), {
      fonts,
      pictures: view.pictures as PassView['pictures'],
    })
    const { data, info } = await sharp(Buffer.from(svg)).raw().toBuffer({ resolveWithObject: true })
    const at = (x: number) => [...data.subarray((300 * info.width + x) * info.channels).subarray(0, 3)]
    expect(at(20)[2]).toBeGreaterThan(220)
    expect(at(355)[0]).toBeGreaterThan(220)
    expect(at(187)[0]).toBeGreaterThan(80)
    expect(at(187)[2]).toBeGreaterThan(80)
  })
})
