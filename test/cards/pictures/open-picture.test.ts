import { gzipSync } from 'node:zlib'
import fc from 'fast-check'
import sharp from 'sharp'
import { describe, expect, test } from 'vitest'
import { openPicture } from '../../../src/cards/pictures/open-picture.js'
import { handmadePng, isoFile, noise, plain, svg } from './synthetic.js'

const open = (bytes: Uint8Array) => openPicture(bytes, { name: 'x.png' })
const red = () => plain(40, 20, '#ff0000')
const RECT = '<rect width="100" height="50" fill="#f00"/>'

interface Good {
  readonly format: string
  readonly size?: readonly [number, number]
  /** First pixel, each channel within 3. */
  readonly first?: readonly number[]
  readonly note?: RegExp
}
const RED = [255, 0, 0, 255]

/** Everything that looks odd and has to work. */
const GOOD: readonly (readonly [what: string, make: () => Buffer | Promise<Buffer>, expected: Good])[] = [
  ['a PNG', () => red().png().toBuffer(), { format: 'PNG', size: [40, 20], first: RED }],
  ['a PNG with a palette', () => red().png({ palette: true }).toBuffer(), { format: 'PNG', first: RED }],
  ['an interlaced PNG', () => red().png({ progressive: true }).toBuffer(), { format: 'PNG', first: RED }],
  ['a PNG of 16 bits', () => red().toColourspace('rgb16').png().toBuffer(), { format: 'PNG', first: RED }],
  [
    'a grey PNG of 16 bits',
    () => plain(9, 9, '#808080').toColourspace('grey16').png().toBuffer(),
    { format: 'PNG', first: [128, 128, 128, 255] },
  ],
  [
    'a grey PNG with alpha',
    () => plain(9, 9, { r: 128, g: 128, b: 128, alpha: 0.5 }, 4).toColourspace('b-w').png().toBuffer(),
    { format: 'PNG', first: [128, 128, 128, 128] },
  ],
  [
    'a half-transparent PNG',
    () => plain(9, 9, { r: 255, g: 0, b: 0, alpha: 0.5 }, 4).png().toBuffer(),
    { format: 'PNG', first: [255, 0, 0, 128] },
  ],
  [
    'a PNG in the colours of Display P3',
    () => plain(9, 9, '#808080').withIccProfile('p3').png().toBuffer(),
    { format: 'PNG', first: [128, 128, 128, 255] },
  ],
  ['a JPEG', () => red().jpeg().toBuffer(), { format: 'JPEG', size: [40, 20], first: [254, 0, 0, 255] }],
  [
    'a progressive JPEG',
    () => red().jpeg({ progressive: true }).toBuffer(),
    { format: 'JPEG', first: [254, 0, 0, 255] },
  ],
  [
    'a grey JPEG',
    () => plain(9, 9, '#808080').greyscale().jpeg().toBuffer(),
    { format: 'JPEG', first: [128, 128, 128, 255] },
  ],
  [
    'a JPEG for print',
    () => plain(9, 9, '#000000').toColourspace('cmyk').jpeg().toBuffer(),
    { format: 'JPEG', note: /CMYK/ },
  ],
  [
    'a JPEG that lies on its side',
    () => red().jpeg().withMetadata({ orientation: 6 }).toBuffer(),
    { format: 'JPEG', size: [20, 40] },
  ],
  [
    'a JPEG that is mirrored and turned',
    () => red().jpeg().withMetadata({ orientation: 7 }).toBuffer(),
    { format: 'JPEG', size: [20, 40] },
  ],
  ['a WebP', () => red().webp({ lossless: true }).toBuffer(), { format: 'WebP', first: RED }],
  ['an animated WebP', () => animated('webp'), { format: 'WebP', size: [10, 10], note: /3 frames; the first/ }],
  ['an AVIF', () => red().avif().toBuffer(), { format: 'AVIF', size: [40, 20] }],
  ['a GIF', () => red().gif().toBuffer(), { format: 'GIF', first: RED }],
  ['an animated GIF', () => animated('gif'), { format: 'GIF', size: [10, 10], note: /3 frames; the first/ }],
  ['a TIFF', () => red().tiff().toBuffer(), { format: 'TIFF', first: RED }],
  ['a TIFF for print', () => red().toColourspace('cmyk').tiff().toBuffer(), { format: 'TIFF', note: /CMYK/ }],
  ['a TIFF of 16 bits', () => red().toColourspace('rgb16').tiff().toBuffer(), { format: 'TIFF', first: RED }],
  ['one pixel', () => plain(1, 1, '#ff0000').png().toBuffer(), { format: 'PNG', size: [1, 1], first: RED }],
  [
    'one row of 10,000 pixels',
    () => plain(10_000, 1, '#ff0000').png().toBuffer(),
    { format: 'PNG', size: [10_000, 1], first: RED },
  ],
  [
    'one column of 10,000 pixels',
    () => plain(1, 10_000, '#ff0000').png().toBuffer(),
    { format: 'PNG', size: [1, 10_000], first: RED },
  ],
  ['an SVG', () => svg(RECT), { format: 'SVG', size: [2000, 1000], first: RED }],
  ['a compressed SVG', () => gzipSync(svg(RECT)), { format: 'SVG', first: RED }],
  ['an SVG in UTF-16', () => Buffer.from(`\ufeff${svg(RECT)}`, 'utf16le'), { format: 'SVG', first: RED }],
  [
    'an SVG in windows-1251',
    () =>
      Buffer.concat([
        Buffer.from('<?xml version="1.0" encoding="windows-1251"?>'),
        svg('<desc>', 'viewBox="0 0 9 9"').subarray(0, -6),
        Buffer.from([0xcf, 0xf0]),
        Buffer.from('</desc><rect width="9" height="9" fill="#f00"/></svg>'),
      ]),
    { format: 'SVG', first: RED },
  ],
  [
    'an SVG with the document type that programs write',
    () =>
      Buffer.from(
        `<?xml version="1.0"?><!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN" "http://www.w3.org/Graphics/SVG/1.1/DTD/svg11.dtd">${svg(RECT)}`,
      ),
    { format: 'SVG', first: RED },
  ],
  ['an SVG without viewBox', () => svg(RECT, 'width="100mm" height="50mm"'), { format: 'SVG', size: [2000, 1000] }],
  [
    'an SVG that claims to be huge',
    () => svg(RECT, 'width="1e9" height="5e8" viewBox="0 0 100 50"'),
    { format: 'SVG', size: [2000, 1000], first: RED },
  ],
  [
    'an SVG with a script',
    () => svg(`<script>fetch('http://x')</script>${RECT}`),
    { format: 'SVG', first: RED, note: /<script> in it was left out/ },
  ],
  [
    'an SVG with HTML inside',
    () =>
      svg(
        `${RECT}<foreignObject width="9" height="9"><p xmlns="http://www.w3.org/1999/xhtml"><img src="http://x"/></p></foreignObject>`,
      ),
    { format: 'SVG', note: /foreignObject/ },
  ],
  ['an SVG with texts', () => svg(`${RECT}<text y="9">A</text>`), { format: 'SVG', note: /fonts of this computer/ }],
  [
    'an SVG with a link on a shape',
    () => svg(`<a href="https://example.com">${RECT}</a>`),
    { format: 'SVG', first: RED },
  ],
  [
    'an SVG with a picture inside',
    async () =>
      svg(
        `<image width="100" height="50" preserveAspectRatio="none" xlink:href="data:image/png;base64,${(await red().png().toBuffer()).toString('base64')}"/>`,
      ),
    { format: 'SVG', first: RED },
  ],
  [
    'an SVG that uses its own shapes',
    () => svg(`<defs><g id="a">${RECT}</g></defs><use xlink:href="#a"/><rect fill="url(#b)"/>`),
    { format: 'SVG', first: RED },
  ],
  [
    '40 million pixels',
    () => noise(7700, 5200).jpeg({ quality: 50 }).toBuffer(),
    { format: 'JPEG', size: [7700, 5200] },
  ],
]

const PNG = () => noise(60, 60).png().toBuffer()
const ENTITY = '<!DOCTYPE svg [<!ENTITY a "aaaa"><!ENTITY b SYSTEM "file:///etc/passwd">]>'
const bomb = () => {
  let body = `<g id="a0">${RECT}</g>`
  for (let index = 1; index < 40; index++) {
    body += `<g id="a${index}"><use href="#a${index - 1}"/><use href="#a${index - 1}"/></g>`
  }
  return svg(body)
}

/** Everything that has to be refused, and the words that say why. */
const BAD: readonly (readonly [what: string, make: () => Buffer | Promise<Buffer>, reason: RegExp, advice?: RegExp])[] =
  [
    ['no bytes at all', () => Buffer.alloc(0), /^is empty$/, /download/],
    ['one byte', () => Buffer.from([0x89]), /not a picture of a known format/],
    ['plain text', () => Buffer.from('logo'), /not a picture of a known format/, /PNG, JPEG, SVG/],
    ['zeros', () => Buffer.alloc(5000), /not a picture of a known format/],
    [
      'a web page called .png',
      () => Buffer.from('<!DOCTYPE html><html><body>404</body></html>'),
      /is a web page/,
      /save the picture itself/,
    ],
    ['a web page with a drawing in it', () => Buffer.from(`<html><body>${svg(RECT)}</body></html>`), /is a web page/],
    ['XML that is no drawing', () => Buffer.from('<?xml version="1.0"?><note/>'), /not a picture of a known format/],
    ['a HEIC photo', () => isoFile('heic', 'mif1', 'heic'), /is a HEIC photo/, /JPEG or PNG/],
    ['a HEIF with an unknown codec', () => isoFile('mif1', 'mif1'), /is a HEIC photo/],
    ['a video', () => isoFile('isom', 'mp42'), /is a video/, /one frame/],
    ['a PDF', () => Buffer.from('%PDF-1.7'), /is a PDF file/, /SVG or PNG/],
    ['an EPS', () => Buffer.from('%!PS-Adobe-3.0 EPSF-3.0'), /is a EPS file/],
    ['a Photoshop file', () => Buffer.from('8BPS\0\x01'), /Photoshop/, /save it as PNG/],
    ['a BMP', () => Buffer.from('BM123456'), /is a BMP file/],
    ['an icon file', () => Buffer.from([0, 0, 1, 0, 1, 0]), /is a ICO file/],
    ['a JPEG XL', () => Buffer.from([0xff, 0x0a, 1, 2]), /JPEG XL/],
    ['an archive', () => Buffer.from('PK\x03\x04'), /ZIP or Office/, /Unpack/],
    ['a compressed file that is no SVG', () => gzipSync(Buffer.from('x')), /is broken|text outside|no element/],
    ['a damaged compressed file', () => Buffer.from([0x1f, 0x8b, 8, 0, 1, 2, 3]), /cannot be unpacked/],
    [
      'a compressed SVG that swells',
      () => gzipSync(svg(`${RECT}<desc>${' '.repeat(9_000_000)}</desc>`)),
      /more than 4 MB/,
    ],
    [
      'a PNG that ends early',
      async () => (await PNG()).subarray(0, 3000),
      /damaged or incomplete PNG/,
      /Copy it again/,
    ],
    ['a PNG of its signature only', async () => (await PNG()).subarray(0, 8), /damaged or incomplete PNG/],
    [
      'a PNG with damaged data',
      async () => {
        const png = await PNG()
        png.fill(0x55, 200, 400)
        return png
      },
      /damaged or incomplete PNG/,
    ],
    [
      'a PNG that claims 100,000 x 100,000',
      () => handmadePng(100_000, 100_000),
      /more than 120 million pixels|damaged/,
    ],
    [
      'a PNG that claims 20,000 x 20,000',
      () => handmadePng(20_000, 20_000),
      /more than 120 million pixels/,
      /3000 pixels/,
    ],
    ['a PNG that claims no width', () => handmadePng(0, 10), /damaged or incomplete PNG/],
    [
      'a PNG of 144 million pixels packed into little',
      () => plain(12_000, 12_000, '#fff').png().toBuffer(),
      /more than 120 million pixels \(12000 x 12000\)/,
    ],
    ['a PNG without its pixels', () => handmadePng(100, 100), /damaged or incomplete PNG/],
    [
      'a JPEG that ends early',
      async () => {
        const jpeg = await noise(90, 90).jpeg().toBuffer()
        return jpeg.subarray(0, jpeg.length / 2)
      },
      /damaged or incomplete JPEG/,
    ],
    ['a JPEG of its signature only', () => Buffer.from([0xff, 0xd8, 0xff, 0xe0]), /damaged or incomplete JPEG/],
    [
      'a WebP that ends early',
      async () => (await noise(90, 90).webp().toBuffer()).subarray(0, 900),
      /damaged or incomplete WebP/,
    ],
    [
      'an AVIF that ends early',
      async () => (await noise(90, 90).avif().toBuffer()).subarray(0, 600),
      /damaged or incomplete AVIF/,
    ],
    [
      'a GIF that ends in its header',
      async () => (await red().gif().toBuffer()).subarray(0, 11),
      /damaged or incomplete GIF/,
    ],
    [
      'a TIFF that ends early',
      async () => (await noise(90, 90).tiff().toBuffer()).subarray(0, 900),
      /damaged or incomplete TIFF/,
    ],
    ['more bytes than any logo has', () => Buffer.alloc(64 * 1024 * 1024 + 1), /larger than 64 MB/],
    [
      'a fully transparent PNG',
      () => plain(20, 20, { r: 9, g: 9, b: 9, alpha: 0 }, 4).png().toBuffer(),
      /fully transparent/,
      /layers shown/,
    ],
    ['an SVG that draws nothing', () => svg(''), /fully transparent/],
    ['an SVG that ends early', () => svg(RECT).subarray(0, -8), /ends inside|is broken/],
    ['an SVG with crossed elements', () => svg('<g><b></g></b>'), /closes an element/],
    ['an SVG with an attribute twice', () => svg('<rect x="1" x="2"/>'), /attribute twice/],
    ['an SVG without a size', () => svg(RECT, ''), /does not say its size/],
    ['an SVG of no width', () => svg(RECT, 'viewBox="0 0 0 50"'), /does not say its size/],
    [
      'an SVG with entities',
      () => Buffer.from(`${ENTITY}${svg('<text>&b;</text>')}`),
      /declares entities/,
      /plain SVG/,
    ],
    ['an SVG with an entity of nobody', () => svg('<text>&x;</text>'), /entity "&x;"/],
    [
      'an SVG with a picture from the web',
      () => svg('<image href="http://example.com/a.png"/>'),
      /refers to "http:\/\/example\.com\/a\.png"/,
      /Embed/,
    ],
    [
      'an SVG with a picture of this computer',
      () => svg('<image xlink:href="file:///etc/passwd"/>'),
      /refers to "file:/,
    ],
    ['an SVG with a picture beside it', () => svg('<image href="photo.jpg"/>'), /refers to "photo\.jpg"/],
    ['an SVG with a hidden reference', () => svg('<image href="&#104;ttp&#x3a;//x/a.png"/>'), /refers to "http:/],
    [
      'an SVG with another prefix',
      () => svg('<image xmlns:q="http://www.w3.org/1999/xlink" q:href="http://x"/>'),
      /refers to "http:/,
    ],
    ['an SVG that uses shapes of another file', () => svg('<use href="other.svg#a"/>'), /refers to "other\.svg#a"/],
    [
      'an SVG inside of an SVG',
      () => svg(`<image href="data:image/svg+xml;base64,${svg(RECT).toString('base64')}"/>`),
      /refers to "data:image\/svg/,
    ],
    [
      'an SVG with a style sheet of elsewhere',
      () => Buffer.from(`<?xml-stylesheet href="http://x/a.css"?>${svg(RECT)}`),
      /refers to a style sheet/,
    ],
    ['an SVG that imports styles', () => svg('<style>@import url("http://x/a.css");</style>'), /@import/],
    ['an SVG that imports styles behind a comment', () => svg('<style>@im<!-- x -->port "a.css";</style>'), /@import/],
    ['an SVG that imports styles with escapes', () => svg('<style>@\\69mport "a.css";</style>'), /@import/],
    [
      'an SVG with a paint of elsewhere',
      () => svg('<rect fill="url(http://x/a.svg#p)"/>'),
      /refers to "http:\/\/x\/a\.svg#p"/,
    ],
    [
      'an SVG with a paint of elsewhere in its style',
      () => svg('<rect style="fill: u\\72l( \'a.svg#p\')"/>'),
      /refers to "a\.svg#p"/,
    ],
    [
      'an SVG with a base of elsewhere',
      () => svg(RECT, 'viewBox="0 0 9 9" xml:base="http://x/"'),
      /refers to "http:\/\/x\/"/,
    ],
    [
      'an SVG that includes text of elsewhere',
      () => svg('<xi:include xmlns:xi="http://www.w3.org/2001/XInclude" href="/etc/passwd" parse="text"/>'),
      /refers to a file \(<include>\)/,
    ],
    [
      'an SVG with a bomb of a picture inside',
      () => svg(`<image href="data:image/png;base64,${handmadePng(20_000, 20_000).toString('base64')}"/>`),
      /picture inside that has more than 40 million pixels/,
    ],
    [
      'an SVG with a broken picture inside',
      () => svg('<image href="data:image/png;base64,AAAA"/>'),
      /picture inside that is not a picture/,
    ],
    ['an SVG that multiplies itself', bomb, /parts use each other without end/],
    [
      'an SVG with a part that uses itself',
      () => svg('<g id="a"><use href="#b"/></g><g id="b"><use href="#a"/></g>'),
      /parts use each other without end/,
    ],
    ['an SVG with too many elements', () => svg(RECT.repeat(20_001)), /more than 20000 elements/],
    ['an SVG with too many uses', () => svg('<use href="#a"/>'.repeat(501)), /more than 500 <use> elements/],
    ['an SVG that nests without end', () => svg('<g>'.repeat(300) + '</g>'.repeat(300)), /nests elements deeper/],
    [
      'an SVG with endless noise',
      () =>
        svg('<filter id="f"><feTurbulence numOctaves="100000"/></filter><rect filter="url(#f)" width="9" height="9"/>'),
      /filter effect <feturbulence>/,
    ],
    [
      'an SVG with bytes that are no text',
      () => Buffer.concat([svg('').subarray(0, -6), Buffer.from([0xff, 0xfe, 0xfd]), Buffer.from('</svg>')]),
      /text is damaged/,
    ],
  ]

async function animated(format: 'gif' | 'webp'): Promise<Buffer> {
  const frames = await Promise.all(
    ['#ff0000', '#00ff00', '#0000ff'].map((colour) => plain(10, 10, colour).png().toBuffer()),
  )
  return sharp(frames, { join: { animated: true } })
    .toFormat(format)
    .toBuffer()
}

describe('pictures that look odd and work', () => {
  test.each(GOOD)('%s', async (_what, make, { format, size, first, note }) => {
    const opened = await open(await make())
    if (!opened.ok) throw new Error(opened.reason)
    const { picture } = opened
    expect(picture.format).toBe(format)
    if (size !== undefined) expect([picture.width, picture.height]).toEqual(size)
    for (const [index, value] of (first ?? []).entries()) {
      expect(Math.abs(picture.pixels.data[index]! - value)).toBeLessThanOrEqual(3)
    }
    if (note === undefined) expect(picture.notes).toEqual([])
    else expect(picture.notes.join(' ')).toMatch(note)
    expect(picture.pixels.data).toHaveLength(picture.pixels.width * picture.pixels.height * 4)
    // However large the original was.
    expect(picture.pixels.data.length).toBeLessThanOrEqual(4800 * 1600 * 4)
  })
})

describe('pictures that are hostile or broken', () => {
  test('there are 50 at least, of each kind of trouble', () => expect(BAD.length).toBeGreaterThanOrEqual(50))

  const cases = BAD.map(([what, make, reason, advice = /\.$/]) => ({ what, make, reason, advice }))
  test.each(cases)('$what', async ({ make, reason, advice }) => {
    const opened = await open(await make())
    if (opened.ok) throw new Error('was taken')
    expect(opened.reason).toMatch(reason)
    expect(opened.advice).toMatch(advice)
    // No words of the picture library, no paths of its sources.
    expect(`${opened.reason} ${opened.advice}`).not.toMatch(/vips|buffer|\.cc|undefined|NaN|Error/i)
  })

  test('whatever the bytes are, there is a picture or a reason', async () => {
    const png = await PNG()
    const damaged = fc.tuple(fc.nat(png.length - 1), fc.uint8Array({ maxLength: 40 })).map(([at, bytes]) => {
      const copy = Buffer.from(png)
      copy.set(bytes.subarray(0, copy.length - at), at)
      return copy
    })
    await fc.assert(
      fc.asyncProperty(fc.oneof(damaged, fc.uint8Array({ maxLength: 300 })), async (bytes) => {
        const opened = await open(bytes)
        if (opened.ok) expect(opened.picture.pixels.data.length).toBeGreaterThan(0)
        else expect(opened.reason.length * opened.advice.length).toBeGreaterThan(0)
      }),
      { numRuns: 150 },
    )
  })

  test('whatever an SVG says, nothing of elsewhere is left in it', async () => {
    const { safeSvg } = await import('../../../src/cards/pictures/safe-svg.js')
    const part = fc.constantFrom(
      '<g>',
      '</g>',
      '<image href="',
      'http://x',
      '"/>',
      '#a',
      '<!--',
      '-->',
      '<![CDATA[',
      ']]>',
      '<style>',
      '</style>',
      '@import "x"',
      'url(',
      ')',
      '<rect fill="',
      "'",
      '&#104;',
      '<script>',
      '</script>',
      '\\',
      ' ',
    )
    fc.assert(
      fc.property(fc.array(part, { maxLength: 14 }), (parts) => {
        const safe = safeSvg(svg(parts.join('')), 100)
        if (!safe.ok) return
        const markup = safe.svg.toString().replaceAll(/<!\[CDATA\[[\s\S]*?\]\]>/g, '')
        expect(markup).not.toMatch(/<image href="(?!\s*(?:#|"))|<script|<[^<>]*url\(\s*['"]?http|<style>[^<]*@import/)
      }),
      { numRuns: 2000 },
    )
  })
})
