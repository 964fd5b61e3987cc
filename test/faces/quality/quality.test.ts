import sharp, { type Sharp } from 'sharp'
import { describe, expect, it } from 'vitest'
import { findFaces } from '../../../src/faces/detect/find-faces.js'
import { Pyramid } from '../../../src/faces/picture/pyramid.js'
import { assessQuality } from '../../../src/faces/quality/quality.js'
import type { Quality } from '../../../src/faces/types.js'
import { canvas, chip } from '../../support/face-canvas.js'
import { humanAsset, networks, photoOf } from '../../support/faces.js'

/** The quality of the only face of a picture. */
async function qualityOf(picture: Sharp | Buffer): Promise<Quality> {
  const pyramid = new Pyramid(await photoOf(Buffer.isBuffer(picture) ? picture : await picture.png().toBuffer()))
  const { faces } = await findFaces(pyramid, await networks(), { minScore: 0.4 })
  const [face] = faces
  if (face === undefined) throw new Error('no face was found')
  return assessQuality(pyramid, face)
}

const good = () => chip('woman', 240)

describe('quality', () => {
  it('finds nothing wrong with a large, clear face', async () => {
    const quality = await qualityOf(
      await sharp(await good())
        .sharpen({ sigma: 2 })
        .png()
        .toBuffer(),
    )
    expect(quality.reasons).toEqual([])
    expect(quality.score).toBeGreaterThan(0.8)
    expect(quality.score).toBeLessThanOrEqual(1)
  })

  it('says what is wrong, and each fault lowers the score', async () => {
    const fine = await sharp(await good())
      .sharpen({ sigma: 2 })
      .png()
      .toBuffer()
    const { score } = await qualityOf(fine)
    const blurred = await qualityOf(sharp(fine).blur(6))
    expect(blurred.reasons).toContain('blurred')
    const dark = await qualityOf(sharp(fine).linear(0.2, 0))
    expect(dark.reasons).toContain('dark')
    const bright = await qualityOf(sharp(fine).linear(0.35, 165))
    expect(bright.reasons).toContain('bright')
    for (const worse of [blurred, dark, bright]) expect(worse.score).toBeLessThan(score - 0.03)
    expect(dark.brightness).toBeLessThan(bright.brightness)
  })

  it('tells small faces by the distance of the eyes', async () => {
    for (const [face, reason] of [
      [28, 'too-small'],
      [56, 'small'],
    ] as const) {
      const { photo } = await canvas(300, 300, [{ who: 'woman', x: 100, y: 100, face }])
      const pyramid = new Pyramid(photo)
      const [found] = (await findFaces(pyramid, await networks())).faces
      if (found === undefined) throw new Error('no face was found')
      expect(assessQuality(pyramid, found).reasons).toContain(reason)
    }
  })

  it('tells a face that the border of the photo cuts, and one turned away', async () => {
    const cut = sharp(await good()).extract({ left: 80, top: 0, width: 160, height: 240 })
    expect((await qualityOf(cut)).reasons).toContain('cut-off')
    const cell = { left: 1200, top: 622, width: 104, height: 104 }
    const side = sharp(humanAsset('screenshot-facematch.jpg')).extract(cell).resize(300)
    const turned = await qualityOf(side)
    const front = await qualityOf(await good())
    expect(turned.score).toBeLessThan(front.score)
  })
})
