import type { PassFiles } from '../../cards/model.js'
import { parsePicturePath, pngSize } from '../../cards/pictures/picture-size.js'
import { parseStrings } from '../../cards/view/strings-file.js'

export interface DescribedPicture {
  /** Path in the pass: `ru.lproj/strip@2x.png`. */
  readonly file: string
  readonly name: string
  readonly scale: number
  readonly language: string | null
  /** Pixels; null for what is no PNG. */
  readonly width: number | null
  readonly height: number | null
  readonly bytes: number
}

export interface DescribedFiles {
  readonly pictures: readonly DescribedPicture[]
  readonly otherFiles: readonly { readonly file: string; readonly bytes: number }[]
}

/** Known to be in every pass. */
const USUAL = new Set(['pass.json', 'manifest.json', 'signature'])

export function describeFiles(files: PassFiles): DescribedFiles {
  const sorted = [...files].sort(([a], [b]) => (a < b ? -1 : 1))
  const pictures: DescribedPicture[] = []
  const otherFiles: { file: string; bytes: number }[] = []
  for (const [file, bytes] of sorted) {
    const picture = parsePicturePath(file)
    if (picture === undefined) {
      if (!USUAL.has(file)) otherFiles.push({ file, bytes: bytes.length })
      continue
    }
    const { width = null, height = null } = pngSize(bytes) ?? {}
    const { name, scale, language = null } = picture
    pictures.push({ file, name, scale, language, width, height, bytes: bytes.length })
  }
  return { pictures, otherFiles }
}

export interface DescribedTexts {
  readonly file: string
  /** What pass.json says, and what phones show for it. */
  readonly texts: readonly { readonly text: string; readonly translation: string }[]
}

/** The texts of every pass.strings. */
export function describeTexts(files: PassFiles): DescribedTexts[] {
  return [...files]
    .filter(([file]) => /\.strings$/i.test(file))
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([file, bytes]) => ({
      file,
      texts: [...parseStrings(bytes)].map(([text, translation]) => ({ text, translation })),
    }))
}
