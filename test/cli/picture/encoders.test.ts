import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { blockLines } from '../../../src/cli/picture/blocks.js'
import { drawPicture, pixelWidth } from '../../../src/cli/picture/draw-picture.js'
import { itermSequence } from '../../../src/cli/picture/iterm.js'
import { kittySequences } from '../../../src/cli/picture/kitty.js'
import { toPalette } from '../../../src/cli/picture/palette.js'
import { sixelSequence } from '../../../src/cli/picture/sixel.js'
import type { Pixels, TerminalPlan } from '../../../src/cli/picture/types.js'
import { decodeSixels, visible } from './sixel-decoder.js'

const ESCAPE = '\u001b'

function pixelsOf(width: number, height: number, colour: (x: number, y: number) => readonly number[]): Pixels {
  const rows = Array.from({ length: height }, (_, y) => Array.from({ length: width }, (_, x) => colour(x, y)))
  return { width, height, rgb: Uint8Array.from(rows.flat(2)) }
}

const anyPixels = fc
  .tuple(fc.integer({ min: 1, max: 20 }), fc.integer({ min: 1, max: 20 }))
  .chain(([width, height]) =>
    fc
      .uint8Array({ minLength: width * height * 3, maxLength: width * height * 3 })
      .map((rgb): Pixels => ({ width, height, rgb })),
  )

describe('kitty', () => {
  test('the PNG arrives byte for byte, in pieces of at most 4096 characters', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 12_000 }), (png) => {
        const sequences = kittySequences(png, { columns: 40, still: false })
        const parts = sequences.map((sequence) => {
          const found = /^␛_G([^;]*);([A-Za-z0-9+/=]*)␛\\$/.exec(visible(sequence))
          expect(found?.[2]?.length).toBeLessThanOrEqual(4096)
          return { keys: found?.[1] ?? '', data: found?.[2] ?? '' }
        })
        expect(parts[0]?.keys).toContain('a=T,f=100,q=2,c=40')
        expect(parts.map(({ keys }) => keys.endsWith('m=1'))).toEqual(parts.map((_, at) => at < parts.length - 1))
        expect(Buffer.from(parts.map(({ data }) => data).join(''), 'base64')).toEqual(Buffer.from(png))
      }),
    )
  })
})

test('iterm: the PNG arrives byte for byte, with its size', () => {
  const png = Buffer.from('a picture, believe me')
  const found = /^␛\]1337;File=([^:]*):([^␇]*)␇$/.exec(visible(itermSequence(png, { columns: 30, still: false })))
  expect(found?.[1]).toBe('size=21;width=30;preserveAspectRatio=1;inline=1')
  expect(Buffer.from(found?.[2] ?? '', 'base64')).toEqual(png)
})

describe('sixel', () => {
  test('every pixel is drawn once, in its own colour where there are few', () => {
    const colours = [
      [0, 0, 0],
      [255, 255, 255],
      [204, 51, 102],
      [18, 41, 74],
    ]
    const pixels = pixelsOf(50, 23, (x, y) => colours[(x * 7 + y * 3) % 4] ?? [])
    const decoded = decodeSixels(sixelSequence(pixels))
    expect(decoded).toMatchObject({ width: 50, height: 23 })
    decoded.pixels.forEach((colour, index) => {
      const wanted = pixels.rgb.subarray(index * 3, index * 3 + 3)
      // Sixels have colours in hundredths.
      colour?.forEach((channel, at) => {
        expect(Math.abs(channel - (wanted[at] ?? 0))).toBeLessThanOrEqual(2)
      })
      expect(colour).toHaveLength(3)
    })
  })

  test('pictures of any size are complete', () => {
    fc.assert(
      fc.property(anyPixels, (pixels) => {
        const decoded = decodeSixels(sixelSequence(pixels))
        expect([decoded.width, decoded.height]).toEqual([pixels.width, pixels.height])
        expect(decoded.pixels).toHaveLength(pixels.width * pixels.height)
        expect(decoded.pixels.every((colour) => colour?.length === 3)).toBe(true)
      }),
    )
  })

  test('a picture of very many colours keeps near to them with 256', () => {
    const pixels = pixelsOf(128, 128, (x, y) => [x * 2, y * 2, 255 - x - y])
    const { colours, indexes } = toPalette(pixels)
    expect(colours).toHaveLength(256)
    let sum = 0
    indexes.forEach((index, pixel) => {
      colours[index]?.forEach((channel, at) => {
        sum += Math.abs(channel - (pixels.rgb[pixel * 3 + at] ?? 0))
      })
    })
    expect(sum / pixels.rgb.length).toBeLessThan(6)
  })

  test('a colour of few pixels is kept beside a large plain of shades', () => {
    const pixels = pixelsOf(100, 100, (x, y) =>
      x === 50 && y === 50 ? [255, 0, 0] : [200 + (x % 40), 200 + (y % 40), 220],
    )
    const { colours, indexes } = toPalette(pixels, 16)
    expect(colours[indexes[50 * 100 + 50] ?? 0]).toEqual([255, 0, 0])
  })
})

describe('blocks', () => {
  test('each line has as many characters as the picture is wide, for two rows of pixels', () => {
    fc.assert(
      fc.property(anyPixels, fc.boolean(), (pixels, trueColour) => {
        const lines = blockLines(pixels, { trueColour })
        expect(lines).toHaveLength(Math.ceil(pixels.height / 2))
        for (const line of lines) {
          expect(visible(line).replaceAll(/␛\[[\d;]*m/g, '')).toBe('▀'.repeat(pixels.width))
          expect(line.endsWith(`${ESCAPE}[0m`)).toBe(true)
        }
      }),
    )
  })

  test('the colours of both rows are those of the pixels, and are said only where they change', () => {
    const pixels = pixelsOf(3, 2, (x, y) => (y === 0 ? [1, 2, 3] : [x === 2 ? 9 : 4, 5, 6]))
    expect(blockLines(pixels, { trueColour: true })).toEqual([
      `${ESCAPE}[38;2;1;2;3;48;2;4;5;6m▀▀${ESCAPE}[48;2;9;5;6m▀${ESCAPE}[0m`,
    ])
  })

  test('without true colour the nearest of the 256 is taken', () => {
    const row = [
      [255, 0, 0],
      [0, 0, 0],
      [128, 128, 128],
      [18, 41, 74],
    ]
    const pixels = pixelsOf(4, 1, (x) => row[x] ?? [])
    expect(blockLines(pixels, { trueColour: false })[0]?.match(/38;5;(\d+)/g)).toEqual([
      '38;5;196',
      '38;5;16',
      '38;5;244',
      '38;5;236',
    ])
  })
})

describe('drawing', () => {
  const picture = { png: Buffer.from('PNG'), pixels: pixelsOf(40, 60, () => [1, 2, 3]) }
  const plan = (change: Partial<TerminalPlan>): TerminalPlan => ({
    protocol: 'blocks',
    columns: 40,
    trueColour: true,
    tmux: false,
    ...change,
  })

  test('in tmux the sequences are wrapped, and the cursor ends below the picture', () => {
    const text = drawPicture(picture, plan({ protocol: 'kitty', tmux: true }))
    // 40 columns are as wide as 20 lines are high; the picture is half as high again.
    expect(text.startsWith(`${'\n'.repeat(30)}${ESCAPE}[30A`)).toBe(true)
    expect(text.endsWith(`${ESCAPE}[30B`)).toBe(true)
    expect(text).toContain(
      `${ESCAPE}Ptmux;${ESCAPE}${ESCAPE}_Ga=T,f=100,q=2,c=40,C=1,m=0;UE5H${ESCAPE}${ESCAPE}\\${ESCAPE}\\`,
    )
  })

  test('without tmux nothing is wrapped', () => {
    expect(drawPicture(picture, plan({ protocol: 'kitty' }))).toBe(`${ESCAPE}_Ga=T,f=100,q=2,c=40,m=0;UE5H${ESCAPE}\\`)
    expect(drawPicture(picture, plan({ protocol: 'iterm' }))).toContain(`${ESCAPE}]1337;`)
  })

  test('blocks want a pixel per column, sixels several', () => {
    expect(pixelWidth(plan({}))).toBe(40)
    expect(pixelWidth(plan({ protocol: 'sixel' }))).toBe(360)
  })
})
