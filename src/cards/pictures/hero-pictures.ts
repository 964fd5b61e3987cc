import type { PassStyle } from '../design/design.js'
import { cutToShape } from './encode.js'
import type { OpenedPicture } from './open-picture.js'
import { type PictureName, type PictureSize, pictureSize } from './picture-size.js'
import { fromPixels, type Pixels, shrinkToFit, toPixels } from './pixels.js'

export const HERO_PICTURES = ['strip', 'background', 'thumbnail', 'artwork', 'footer'] as const satisfies PictureName[]
export type HeroPicture = (typeof HERO_PICTURES)[number]

/** Standard deviation of the channels below which nothing in a picture catches the eye. */
const FLAT = 12

/** The part of a picture that a pass shows, at the largest scale. */
export async function cutHero(image: HeroPicture, hero: OpenedPicture, style: PassStyle): Promise<Pixels> {
  const size = pictureSize(image, style)
  const strategy = (await isFlat(hero.pixels)) ? 'entropy' : 'attention'
  return toPixels(cutToShape(fromPixels(hero.pixels), size, strategy))
}

/** Pixels that a picture has to have so that nothing is enlarged; undefined when it has them. */
export function missingHeroPixels(image: HeroPicture, hero: OpenedPicture, style: PassStyle): PictureSize | undefined {
  if (hero.vector) return undefined
  const { width, height } = pictureSize(image, style)
  if (hero.width >= width * 3 && hero.height >= height * 3) return undefined
  return { width: width * 3, height: height * 3 }
}

async function isFlat(pixels: Pixels): Promise<boolean> {
  const { data } = await shrinkToFit(pixels, 64)
  const channels = [0, 1, 2].map((channel) => {
    let [sum, squares, count] = [0, 0, 0]
    for (let at = channel; at < data.length; at += 4) {
      const value = data[at] ?? 0
      sum += value
      squares += value * value
      count++
    }
    return Math.sqrt(Math.max(0, squares / count - (sum / count) ** 2))
  })
  return Math.max(...channels) < FLAT
}
