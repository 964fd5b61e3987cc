import { closest } from '../../kit/closest.js'
import { AppError } from '../../kit/errors/index.js'
import type { Rgb } from '../colour/colour.js'
import { colourNames, parseTypedColour } from '../colour/css-colours.js'
import type { OpenedPicture } from '../pictures/open-picture.js'
import { type Logo, prepareLogo } from '../pictures/prepare-logo.js'

/** @throws AppError COLOUR_UNKNOWN */
export function typedColour(typed: string): Rgb {
  const colour = parseTypedColour(typed)
  if (colour !== undefined) return colour
  const near = closest(typed, colourNames())
  const hint = 'Write it as "#1f6f5c", "rgb(31, 111, 92)" or a name such as navy.'
  throw new AppError('COLOUR_UNKNOWN', `"${typed}" is not a colour that is known.`, {
    hints: near === undefined ? [hint] : [hint, `Did you mean ${near}?`],
  })
}

/** @throws AppError PICTURE_UNUSABLE */
export async function logoOf(picture: OpenedPicture): Promise<Logo> {
  const prepared = await prepareLogo(picture)
  if (prepared.ok) return prepared.logo
  const { reason, advice } = prepared
  throw new AppError('PICTURE_UNUSABLE', `The logo ${picture.name} ${reason}.`, { hints: [advice] })
}
