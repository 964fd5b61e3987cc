import type { PictureName } from '../../pictures/picture-size.js'
import { isShown, keepsShape, type PictureSite, picturesOf, pointsOf } from '../picture-files.js'
import type { Problem, Rule } from '../rule.js'
import type { Subject } from '../subject.js'

const SIZES =
  'Apple Pass Builder 2026, PassPackage.swift, and the classic design guide; where they differ, both are taken'
/** Pixels that rounding may cost. */
const TOLERANCE = 2

/** How large the pictures are. */
export const PICTURE_SIZE_RULES: readonly Rule[] = [
  {
    id: 'picture.too-small',
    severity: 'shown-badly',
    title: 'A picture has too few pixels.',
    reason: 'Phones enlarge it, which looks blurred.',
    fix: 'Make it from a larger original; `tessera design pictures` does.',
    source: SIZES,
    example: 'strip@3x.png of 375 x 123 pixels',
    check: (subject) =>
      sized(subject).flatMap(({ path, name, scale, size }): Problem[] => {
        if (keepsShape(name) || subject.style === undefined) return []
        const { least } = pointsOf(name, subject.style)
        const [width, height] = [least.width * scale, least.height * scale]
        if (size.width >= width - TOLERANCE && size.height >= height - TOLERANCE) return []
        const message = `${path} has ${size.width} x ${size.height} pixels; ${width} x ${height} are the least at this scale.`
        return [{ at: { file: path }, message }]
      }),
  },
  {
    id: 'picture.too-large',
    severity: 'advice',
    title: 'A picture has more pixels than phones show.',
    reason: 'Every card carries them, and phones scale them down.',
    fix: 'Scale it down; `tessera design pictures` does.',
    source: SIZES,
    example: 'icon.png of 1024 x 1024 pixels',
    check: (subject) =>
      sized(subject).flatMap(({ path, name, scale, size }): Problem[] => {
        if (subject.style === undefined) return []
        const { most } = pointsOf(name, subject.style)
        const [width, height] = [most.width * scale, most.height * scale]
        // A shape that keeps its proportions is too large only when both sides are.
        const over = keepsShape(name)
          ? size.width > width + TOLERANCE && size.height > height + TOLERANCE
          : size.width > width * 1.1 || size.height > height * 1.1
        if (!over) return []
        const message = `${path} has ${size.width} x ${size.height} pixels; phones show ${width} x ${height} at this scale.`
        return [{ at: { file: path }, message }]
      }),
  },
  {
    id: 'picture.scale-ratio',
    severity: 'shown-badly',
    title: 'The scales of a picture do not match.',
    reason: 'Phones with other screens show another size or another part of the picture.',
    fix: 'Make all scales from one original: @2x twice and @3x three times as wide and high as the first.',
    source: 'Apple, Wallet Developer Guide: Pass Design and Creation',
    example: 'logo.png of 160 x 50 and logo@2x.png of 200 x 100 pixels',
    check: (subject) => {
      const byName = Map.groupBy(sized(subject), ({ name, language }) => `${language ?? ''}/${name}`)
      return [...byName.values()].flatMap((pictures) => {
        const [first, ...others] = pictures.toSorted((a, b) => a.scale - b.scale)
        if (first === undefined) return []
        return others.flatMap(({ path, scale, size }): Problem[] => {
          const [width, height] = [first.size.width, first.size.height].map((side) =>
            Math.round((side / first.scale) * scale),
          )
          const near = (is: number, wanted = 0) => Math.abs(is - wanted) <= Math.max(TOLERANCE, scale)
          if (near(size.width, width) && near(size.height, height)) return []
          const message = `${path} has ${size.width} x ${size.height} pixels; beside ${first.path} it should have ${width} x ${height}.`
          return [{ at: { file: path }, message }]
        })
      })
    },
  },
  {
    id: 'picture.shape',
    severity: 'shown-badly',
    title: 'A picture has another shape than its place.',
    reason: 'Phones cut off what does not fit, or leave bars at its sides.',
    fix: 'Crop it to the shape that the message names.',
    source: SIZES,
    example: 'icon@2x.png of 76 x 40 pixels',
    check: (subject) =>
      sized(subject).flatMap(({ path, name, size }): Problem[] => {
        if (subject.style === undefined) return []
        const shape = SHAPES[name]
        if (shape === undefined) return []
        const ratio = size.width / size.height
        if (ratio >= shape.least && ratio <= shape.most) return []
        return [{ at: { file: path }, message: `${path} has ${size.width} x ${size.height} pixels, ${shape.wanted}.` }]
      }),
  },
]

/** Width by height that phones take without cutting much. */
const SHAPES: Readonly<Partial<Record<PictureName, { least: number; most: number; wanted: string }>>> = {
  icon: { least: 0.95, most: 1.05, wanted: 'and an icon is square' },
  strip: { least: 2.3, most: 4.2, wanted: 'and a strip is 375 wide to 98 (event ticket), 123 or 144 high' },
  thumbnail: { least: 0.64, most: 1.55, wanted: 'and a thumbnail is between 2:3 and 3:2' },
  artwork: { least: 0.72, most: 0.88, wanted: 'and an artwork is 358 to 448' },
}

function sized(subject: Subject): (PictureSite & { readonly size: NonNullable<PictureSite['size']> })[] {
  return picturesOf(subject).flatMap((picture) => {
    const { name, size } = picture
    // What is damaged, and what is not shown, have rules of their own.
    return size === undefined || size.width === 0 || size.height === 0 || !isShown(name, subject)
      ? []
      : [{ ...picture, size }]
  })
}
