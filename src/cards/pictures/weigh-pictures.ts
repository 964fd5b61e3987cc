import { parsePicturePath } from './picture-size.js'

/** What a card should weigh at most, in bytes; it is downloaded over mobile networks. */
export const CARD_BUDGET = 150_000
/** manifest.json and the signature, which every card gets when it is signed. */
export const SIGNING_BYTES = 5_000

export interface WeightRow {
  /** `strip`, `logo (ru)`, or `texts and data` for all that is no picture. */
  readonly picture: string
  readonly files: number
  readonly bytes: number
  /** Of the total, 0…1. */
  readonly share: number
}

export interface WeightReport {
  /** The heaviest first. */
  readonly rows: readonly WeightRow[]
  readonly total: number
  readonly budget: number
  readonly verdict: 'fits' | 'too heavy'
}

/** What weighs what in a card: its pictures at all their scales, and everything else. */
export function weighPictures(files: ReadonlyMap<string, Uint8Array>, budget: number = CARD_BUDGET): WeightReport {
  const groups = new Map<string, { files: number; bytes: number }>()
  for (const [path, { length }] of files) {
    // Says what feeds the card, and stays at home.
    if (path === 'design.yaml') continue
    const picture = parsePicturePath(path)
    const name =
      picture === undefined
        ? 'texts and data'
        : picture.language === undefined
          ? picture.name
          : `${picture.name} (${picture.language})`
    const group = groups.get(name) ?? { files: 0, bytes: 0 }
    groups.set(name, { files: group.files + 1, bytes: group.bytes + length })
  }
  const signing = groups.get('texts and data') ?? { files: 0, bytes: 0 }
  groups.set('texts and data', { files: signing.files + 2, bytes: signing.bytes + SIGNING_BYTES })
  const total = [...groups.values()].reduce((sum, { bytes }) => sum + bytes, 0)
  const rows = [...groups]
    .map(([picture, group]) => ({ picture, ...group, share: group.bytes / total }))
    .sort((a, b) => b.bytes - a.bytes || (a.picture < b.picture ? -1 : 1))
  return { rows, total, budget, verdict: total <= budget ? 'fits' : 'too heavy' }
}
