import { join } from 'node:path'
import { AppError } from '../../../kit/errors/index.js'
import { readPhotos } from './folders.js'

/** The labels of UTKFace for its field `race`, in their order. */
export const UTKFACE_GROUPS = ['white', 'black', 'asian', 'indian', 'others'] as const
export type UtkfaceGroup = (typeof UTKFACE_GROUPS)[number]

export interface AttributeLabels {
  /** Years. */
  readonly age: number
  readonly gender: 'male' | 'female'
  readonly group: UtkfaceGroup
}

/**
 * Labels of a file named as UTKFace names them: `age_gender_race_date&time.jpg`, gender 0 male and 1 female, race 0 to 4
 * (https://susanqq.github.io/UTKFace/). Endings such as `.jpg.chip.jpg` are passed over.
 *
 * @returns undefined for other names, also for the three files of UTKFace that lack a field
 */
export function parseUtkface(name: string): AttributeLabels | undefined {
  const [, age, gender, group] = /^(\d{1,3})_([01])_([0-4])_\d+[^/\\]*$/.exec(name) ?? []
  const years = Number(age)
  const label = UTKFACE_GROUPS[Number(group)]
  if (age === undefined || label === undefined || years > 120) return undefined
  return { age: years, gender: gender === '0' ? 'male' : 'female', group: label }
}

export interface AttributePhoto {
  readonly path: string
  readonly labels: AttributeLabels
}

/** @throws AppError FACES_FOLDER_UNREADABLE when no photo of the folder has labels */
export async function readUtkface(dir: string): Promise<{ photos: AttributePhoto[]; unlabelled: string[] }> {
  const photos: AttributePhoto[] = []
  const unlabelled: string[] = []
  for (const name of await readPhotos(dir)) {
    const labels = parseUtkface(name)
    if (labels === undefined) unlabelled.push(name)
    else photos.push({ path: join(dir, name), labels })
  }
  if (photos.length > 0) return { photos, unlabelled }
  throw new AppError('FACES_FOLDER_UNREADABLE', `${dir} holds no photo with labels in its name.`, {
    hints: ['Name photos as UTKFace does: age_gender_race_number.jpg, such as 34_1_0_20170109.jpg; gender 0 is male.'],
  })
}
