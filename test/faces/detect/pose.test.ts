import sharp from 'sharp'
import { describe, expect, it } from 'vitest'
import { findFaces } from '../../../src/faces/detect/find-faces.js'
import type { FoundFace } from '../../../src/faces/detect/types.js'
import { Pyramid } from '../../../src/faces/picture/pyramid.js'
import { chip } from '../../support/face-canvas.js'
import { humanAsset, networks, photoOf } from '../../support/faces.js'

async function onlyFace(picture: Buffer): Promise<FoundFace> {
  const { faces } = await findFaces(new Pyramid(await photoOf(picture)), await networks())
  expect(faces).toHaveLength(1)
  return faces[0] as FoundFace
}

describe('the pose of a face', () => {
  it('rolls with the photo and leaves yaw and pitch as they are', async () => {
    const woman = await chip('woman', 240)
    const upright = await onlyFace(woman)
    expect(Math.abs(upright.pose.yaw)).toBeLessThan(12)
    expect(Math.abs(upright.pose.pitch)).toBeLessThan(15)
    for (const angle of [-40, -20, 20, 40]) {
      const turned = await onlyFace(await sharp(woman).rotate(angle, { background: '#888' }).png().toBuffer())
      expect(Math.abs(turned.pose.roll - upright.pose.roll - angle)).toBeLessThan(6)
      expect(Math.abs(turned.pose.yaw - upright.pose.yaw)).toBeLessThan(8)
      expect(Math.abs(turned.pose.pitch - upright.pose.pitch)).toBeLessThan(8)
    }
  })

  it('changes sides in the mirror', async () => {
    // A woman who looks to the left of the photo.
    const cut = { left: 0, top: 735, width: 106, height: 104 }
    const picture = sharp(humanAsset('screenshot-facematch.jpg')).extract(cut).resize(300)
    const left = await onlyFace(await picture.clone().png().toBuffer())
    const right = await onlyFace(await picture.clone().flop().png().toBuffer())
    expect(left.pose.yaw).toBeLessThan(-15)
    expect(right.pose.yaw).toBeGreaterThan(15)
    expect(Math.abs(left.pose.yaw + right.pose.yaw)).toBeLessThan(8)
    expect(right.points[0].x).toBeLessThan(right.points[1].x)
  })
})
