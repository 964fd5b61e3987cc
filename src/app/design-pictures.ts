import { readFile, stat } from 'node:fs/promises'
import { basename, resolve } from 'node:path'
import type { Brand } from '../cards/brand/brand-design.js'
import type { OpenedPicture } from '../cards/pictures/open-picture.js'
import type { WeightReport } from '../cards/pictures/weigh-pictures.js'
import { AppError } from '../kit/errors/index.js'
import type { Launch } from './launch.js'

/** What a design is branded with, as typed: files below {@link cwd}, a colour. */
export interface BrandRequest {
  readonly cwd: string
  readonly logo?: string | undefined
  readonly hero?: string | undefined
  readonly color?: string | undefined
}

export interface DesignPictures {
  readonly name: string
  readonly dir: string
  readonly dryRun: boolean
  /** Files of the design that were (or would be) written or removed. */
  readonly changed: readonly string[]
  /** `background`, `foreground`, `label`, `accent` as `#rrggbb`. */
  readonly colours: Readonly<Record<string, string>>
  readonly notes: readonly string[]
  /** What weighs what, after the change. */
  readonly weight: WeightReport
}

/**
 * Replaces the pictures of a design by those made from a logo, a photo and a colour, and weighs them; without any of
 * these it only weighs.
 *
 * @throws AppError DESIGN_NOT_FOUND, DESIGN_INVALID, PICTURE_UNUSABLE, COLOUR_UNKNOWN, DESIGN_UNREADABLE
 */
export async function designPictures(
  launch: Launch,
  request: BrandRequest & { readonly name: string; readonly dryRun: boolean },
): Promise<DesignPictures> {
  const { brandDesign, describeColours } = await import('../cards/brand/brand-design.js')
  const { weighPictures } = await import('../cards/pictures/weigh-pictures.js')
  const { designUpdate, updateDesign } = await import('../cards/design/update-design.js')
  const { name, dryRun } = request
  const { dir, files, sources } = await launch.design(name)
  const before = new Map([...files, ['pass.json', sources.passJson], ['design.yaml', sources.designYaml]] as const)
  const brand = await openBrand(request)
  const branded = await brandDesign(before, brand ?? {}, { dir, scope: 'given' })
  const update = designUpdate(before, branded.files)
  if (!dryRun) await updateDesign(dir, update)
  return {
    name,
    dir,
    dryRun,
    changed: [...update.write.keys(), ...update.remove].sort(),
    colours: describeColours(branded.colours),
    notes: branded.notes,
    weight: weighPictures(branded.files),
  }
}

/** The pictures of a brand, opened; undefined when nothing was given. @throws AppError PICTURE_UNUSABLE */
export async function openBrand({ cwd, logo, hero, color }: BrandRequest): Promise<Brand | undefined> {
  if (logo === undefined && hero === undefined && color === undefined) return undefined
  return {
    ...(logo === undefined ? {} : { logo: await openFile(resolve(cwd, logo)) }),
    ...(hero === undefined ? {} : { hero: await openFile(resolve(cwd, hero)) }),
    ...(color === undefined ? {} : { colour: color }),
  }
}

async function openFile(path: string): Promise<OpenedPicture> {
  const { openPicture, PICTURE_LIMITS } = await import('../cards/pictures/open-picture.js')
  const fail = (reason: string, advice: string, cause?: unknown) =>
    new AppError('PICTURE_UNUSABLE', `The picture ${path} ${reason}.`, { hints: [advice], cause })
  const info = await stat(path).catch((cause: unknown) => {
    throw fail('is not there', 'Check the path; it is taken from the folder that you are in.', cause)
  })
  if (!info.isFile()) throw fail('is not a file', 'Give the file of one picture.')
  // Looked at before the file is read, so that a wrong name cannot fill the memory.
  const megabytes = PICTURE_LIMITS.bytes / 1024 / 1024
  if (info.size > PICTURE_LIMITS.bytes) {
    throw fail(`is larger than ${megabytes} MB`, 'Save it smaller: 3000 pixels on the longer side are plenty.')
  }
  const bytes = await readFile(path).catch((cause: unknown) => {
    throw fail('cannot be read', 'Check its permissions.', cause)
  })
  const opened = await openPicture(bytes, { name: basename(path) })
  if (!opened.ok) throw fail(opened.reason, opened.advice)
  return opened.picture
}
