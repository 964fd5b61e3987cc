import { closest } from '../../../kit/closest.js'
import { PICTURE_NAMES, PICTURE_SCALES, parsePicturePath, pngSize } from '../../pictures/picture-size.js'
import { isPictureName, isShown, picturesOf } from '../picture-files.js'
import { MOST_PIXELS, pngProblem } from '../png-problem.js'
import type { Problem, Rule } from '../rule.js'
import type { Subject } from '../subject.js'

const IMAGES = 'Apple Pass Builder 2026, RequiredImagesValidator.swift'
const GUIDE = 'Apple, Wallet Developer Guide: Pass Design and Creation, table 4-1'
const ICON_POINTS = 38

/** Which pictures are there. */
export const PICTURE_PRESENCE_RULES: readonly Rule[] = [
  {
    id: 'picture.icon-missing',
    severity: 'refused',
    needs: 'files',
    title: 'There is no icon.',
    reason: 'The icon stands on the lock screen and in mails. Phones refuse a pass without one.',
    fix: 'Add icon.png (38 x 38 pixels), icon@2x.png (76 x 76) and icon@3x.png (114 x 114).',
    source: IMAGES,
    example: 'A design without icon.png, icon@2x.png and icon@3x.png.',
    check: (subject) =>
      iconsOf(subject).length > 0 ? [] : [{ at: { file: 'icon.png' }, message: 'There is no icon.' }],
  },
  {
    id: 'picture.icon-scale',
    severity: 'shown-badly',
    needs: 'files',
    title: 'The icon is missing at a scale.',
    reason: 'Phones enlarge the next smaller one, which looks blurred; Apple requires @2x and @3x both.',
    fix: 'Add the file that is missing.',
    source: IMAGES,
    example: 'icon.png and icon@2x.png, but no icon@3x.png.',
    check: (subject) => {
      const icons = iconsOf(subject)
      if (icons.length === 0 || icons.some(({ format }) => format === 'pdf')) return []
      return PICTURE_SCALES.filter(([, scale]) => scale > 1 && !icons.some((icon) => icon.scale === scale)).map(
        ([suffix, scale]): Problem => ({
          at: { file: `icon${suffix}.png` },
          message: `icon${suffix}.png is missing; phones with ${scale} pixels per point show a blurred icon.`,
        }),
      )
    },
    repair: (subject, { file }) => {
      const wanted = (parsePicturePath(file)?.scale ?? 0) * ICON_POINTS
      const largest = iconsOf(subject).toSorted((a, b) => (b.size?.width ?? 0) - (a.size?.width ?? 0))[0]
      if (largest?.size === undefined || largest.size.width < wanted || wanted === 0) return undefined
      return { kind: 'picture', from: largest.path, to: file, width: wanted, height: wanted }
    },
  },
  {
    id: 'picture.scale-missing',
    severity: 'shown-badly',
    title: 'A picture is there for old screens only.',
    reason: 'All phones of today have two or three pixels per point and enlarge it, which looks blurred.',
    fix: 'Add it at @2x and @3x; `tessera design pictures` makes all sizes from one picture.',
    source: 'Apple, Human Interface Guidelines: Wallet',
    example: 'strip.png without strip@2x.png and strip@3x.png.',
    check: (subject) => {
      const shown = picturesOf(subject).filter(({ name }) => name !== 'icon' && isShown(name, subject))
      const byName = Map.groupBy(
        shown,
        ({ name, language }) => `${language === undefined ? '' : `${language}.lproj/`}${name}`,
      )
      return [...byName].flatMap(([name, pictures]): Problem[] => {
        if (pictures.some(({ scale, format }) => scale > 1 || format === 'pdf')) return []
        return [{ at: { file: `${name}.png` }, message: `${name} is there with one pixel per point only.` }]
      })
    },
  },
  {
    id: 'picture.not-shown',
    severity: 'shown-badly',
    title: 'The style does not show a picture.',
    reason: 'Every card carries the picture, and nobody sees it.',
    fix: 'Remove the picture, or take a style that shows it.',
    source: GUIDE,
    example: 'thumbnail@2x.png on a storeCard.',
    check: (subject) => {
      if (subject.style === undefined) return []
      const names = new Set(picturesOf(subject).map(({ name }) => name))
      return [...names].flatMap((name): Problem[] => {
        if (isShown(name, subject)) return []
        // The sign-up form shows it, not the card.
        if (name === 'personalizationLogo' && subject.files.has('personalization.json')) return []
        const file = picturesOf(subject).find((picture) => picture.name === name)?.path ?? `${name}.png`
        const look =
          subject.scheme === undefined ? subject.styles.join(' and ') : `${subject.style} (${subject.scheme})`
        return [{ at: { file }, message: `A ${look} does not show ${name}.` }]
      })
    },
  },
  {
    id: 'picture.exclusive',
    severity: 'shown-badly',
    title: 'Pictures of an event ticket that exclude each other.',
    reason: 'With a strip, phones leave out the thumbnail and the background.',
    fix: 'Keep either the strip, or thumbnail and background.',
    source: GUIDE,
    example: 'strip@2x.png and thumbnail@2x.png on an eventTicket.',
    check: (subject) => {
      if (subject.style !== 'eventTicket' || subject.scheme !== undefined) return []
      const pictures = picturesOf(subject)
      if (!pictures.some(({ name }) => name === 'strip')) return []
      const others = [...new Set(pictures.map(({ name }) => name))].filter(
        (name) => name === 'thumbnail' || name === 'background',
      )
      return others.map((name) => ({
        at: { file: pictures.find((picture) => picture.name === name)?.path ?? `${name}.png` },
        message: `The event ticket has a strip, so phones leave out its ${name}.`,
      }))
    },
  },
  {
    id: 'picture.name',
    severity: 'advice',
    needs: 'files',
    title: 'A picture has a name that no phone looks for.',
    reason: 'Phones find pictures by their exact names, capitals included; this one is carried along for nothing.',
    fix: 'Rename it as the message says, or remove it.',
    source: GUIDE,
    example: 'Logo.png, strip@4x.png, icon-2x.png',
    check: ({ files }) =>
      [...files.keys()].flatMap((path): Problem[] => {
        const picture = parsePicturePath(path)
        if (picture === undefined) return []
        const known = isPictureName(picture.name)
        if (known && picture.scale >= 1 && picture.scale <= 3 && /\.(?:png|pdf)$/.test(path)) return []
        const meant = known ? undefined : closest(picture.name.replace(/[-_ ]?[23]x$/i, ''), PICTURE_NAMES)
        const hint = meant === undefined ? '' : ` Did you mean "${meant}"?`
        return [{ at: { file: path }, message: `No phone looks for a picture called ${path}.${hint}` }]
      }),
  },
  {
    id: 'picture.format',
    severity: 'advice',
    needs: 'design',
    title: 'A picture has a format that passes do not have.',
    reason: 'Passes hold PNG (and PDF) only, so the picture is left out of the cards.',
    fix: 'Save it as PNG; `tessera design pictures` takes any format and makes all sizes.',
    source: 'Apple Pass Builder 2026, PassImageDescriptor.swift',
    example: 'strip.jpg beside pass.json',
    check: ({ design }) =>
      (design?.ignored ?? []).flatMap((path): Problem[] => {
        const name = /^(?:[^/]+\.lproj\/)?([A-Za-z]+)(?:@\dx)?\.(?:jpe?g|gif|webp|svg|heic|tiff?|bmp|avif)$/i.exec(
          path,
        )?.[1]
        if (name === undefined || !isPictureName(name)) return []
        return [{ at: { file: path }, message: `${path} is not put into cards, which hold PNG pictures only.` }]
      }),
  },
  {
    id: 'picture.unreadable',
    severity: 'refused-by-some',
    needs: 'files',
    title: 'A picture is damaged.',
    reason: 'Phones leave it out; without a readable icon some refuse the pass.',
    fix: 'Save it again as PNG.',
    source: 'PNG specification, third edition',
    example: 'A strip@2x.png that was cut off while it was copied.',
    check: ({ files }) =>
      [...files].flatMap(([path, bytes]): Problem[] => {
        if (parsePicturePath(path)?.format !== 'png') return []
        const problem = pngProblem(bytes)
        return problem === undefined ? [] : [{ at: { file: path }, message: `${path} ${problem}.` }]
      }),
  },
  {
    id: 'picture.too-many-pixels',
    severity: 'refused-by-some',
    needs: 'files',
    title: 'A picture has so many pixels that opening it fills the memory.',
    reason:
      'A file of a few kilobytes can unpack to gigabytes. Phones give up on the picture or on the pass; Tessera does not open it.',
    fix: 'Scale it down; `tessera design pictures` does.',
    source: 'Tessera: pictures above 25 million pixels are not opened',
    example: 'background.png of 30000 x 30000 pixels in 10 KB.',
    check: ({ files }) =>
      [...files].flatMap(([path, bytes]): Problem[] => {
        const size = parsePicturePath(path)?.format === 'png' ? pngSize(bytes) : undefined
        if (size === undefined || size.width * size.height <= MOST_PIXELS) return []
        return [{ at: { file: path }, message: `${path} says that it has ${size.width} x ${size.height} pixels.` }]
      }),
  },
]

function iconsOf(subject: Pick<Subject, 'files'>) {
  return picturesOf(subject).filter(({ name, language }) => name === 'icon' && language === undefined)
}
