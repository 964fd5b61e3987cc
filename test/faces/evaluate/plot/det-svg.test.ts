import sharp from 'sharp'
import { describe, expect, test } from 'vitest'
import { outlinedText } from '../../../../src/app/faces/plot-text.js'
import { type DetCurve, detSvg } from '../../../../src/faces/evaluate/plot/det-svg.js'
import { logAxis } from '../../../../src/faces/evaluate/plot/log-axis.js'
import { plotPng } from '../../../../src/faces/evaluate/plot/plot-png.js'
import { readXml } from '../../../support/read-xml.js'

const curve: DetCurve = {
  label: 'model <1> & co',
  impostorPairs: 100_000,
  points: [1e-5, 1e-4, 1e-3, 1e-2, 1e-1, 1].map((fmr) => ({ threshold: 0, fmr, fnmr: 0.02 / (fmr + 0.02) })),
}

describe('an axis of powers of ten', () => {
  test('begins below the smallest rate and ends at 1', () => {
    const axis = logAxis([0.02, 0.003, 0], { from: 0, to: 300, most: 0.1 })
    expect(axis.ticks.map((tick) => tick.toPrecision(1))).toEqual(['0.001', '0.01', '0.1', '1'])
    expect([0, 0.001, 0.01, 1, 5].map((value) => Math.round(axis.at(value)))).toEqual([0, 0, 100, 300, 300])
    expect(axis.fine).toHaveLength(24)
  })

  test('of rates of 0 has two powers at least, and a rate that is a power of ten begins it', () => {
    expect(logAxis([0], { from: 0, to: 1, most: 0.01 }).ticks).toHaveLength(3)
    expect(logAxis([1e-3], { from: 0, to: 1, most: 0.01 }).ticks).toHaveLength(4)
  })
})

describe('the plot', () => {
  test('is XML with both axes named, a tick for each power of ten, and the label as it is', () => {
    const svg = detSvg([curve], { title: 'A title' })
    expect(() => readXml(svg)).not.toThrow()
    for (const text of [
      'A title',
      'False match rate (FMR)',
      'False non-match rate (FNMR)',
      '>1e-5<',
      '>0.0001<',
      '>1<',
    ])
      expect(svg).toContain(text)
    expect(svg).toContain('model &lt;1&gt; &amp; co')
  })

  test('is dashed where fewer than 30 false matches are left', () => {
    const dashes = (impostorPairs: number): number =>
      detSvg([{ ...curve, impostorPairs }], { title: '' }).split('opacity="0.75"').length - 1
    expect([dashes(100_000), dashes(10_000_000)]).toEqual([1, 0])
  })

  test('as PNG has its texts as outlines, with ink where the title is', async () => {
    const svg = detSvg([curve], { title: 'A title', drawText: await outlinedText() })
    expect(svg).not.toContain('<text')
    const { data, info } = await sharp(await plotPng(svg))
      .removeAlpha()
      .raw()
      .toBuffer({ resolveWithObject: true })
    expect([info.width, info.height]).toEqual([1520, 1120])
    const dark = (left: number, top: number, width: number, height: number): number => {
      let found = 0
      for (let y = top; y < top + height; y++)
        for (let x = left; x < left + width; x++) if ((data[(y * info.width + x) * 3] ?? 255) < 100) found++
      return found
    }
    expect(dark(168, 40, 200, 36)).toBeGreaterThan(200)
    expect(dark(500, 40, 200, 36)).toBe(0)
    expect([...data.subarray(0, 3)]).toEqual([255, 255, 255])
  })
})
