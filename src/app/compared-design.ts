import { stat } from 'node:fs/promises'
import { basename, join, resolve } from 'node:path'
import type { Design } from '../cards/design/design.js'
import type { ComparedPass } from '../cards/diff/pass-change.js'
import { AppError } from '../kit/errors/index.js'
import { launchParts } from './issuing.js'
import type { Launch } from './launch.js'

/** One side of a comparison. */
export interface ComparedSide {
  /** For people: `bonus@2`, `bonus (as edited)`, `card.pkpass`. */
  readonly title: string
  readonly path: string
  readonly pass: ComparedPass
  /** Absent for a pass that is no design. */
  readonly design?: Design
}

/**
 * Finds what a word of the command line means: a version of a design (`bonus@1`, `bonus@published`), a file or folder,
 * or a design of the launch.
 *
 * @throws AppError DESIGN_VERSION, DESIGN_NOT_FOUND, DESIGN_INVALID, PASS_UNREADABLE
 */
export async function comparedSide(launch: Launch, cwd: string, word: string): Promise<ComparedSide> {
  const path = resolve(cwd, word)
  const info = await stat(path).catch(() => undefined)
  const version = /^(.+)@(\d{1,9}|published)$/.exec(word)
  if (info === undefined && version?.[1] !== undefined)
    return publishedSide(launch, version[1], version[2] === 'published' ? undefined : Number(version[2]))
  if (info?.isDirectory() && (await isFile(join(path, 'design.yaml')))) {
    const { loadDesign } = await import('../cards/design/load-design.js')
    return designSide(basename(path), await loadDesign(path))
  }
  // A folder of the launch's own name may lie beside: only what is a pass counts as one.
  const isPass = info?.isFile() || (info?.isDirectory() && (await isFile(join(path, 'pass.json'))))
  if (isPass) return passSide(path)
  return editedSide(launch, word)
}

/** The design as its folder is now. */
export async function editedSide(launch: Launch, name: string): Promise<ComparedSide> {
  const design = await launch.design(name)
  return designSide(`${design.name} (as edited)`, design)
}

/** The design as cards are signed with it now, or as they were. */
export async function publishedSide(launch: Launch, name: string, wanted: number | undefined): Promise<ComparedSide> {
  const { findDesignVersion } = await import('../issuing/design-versions.js')
  const { loadDesign } = await import('../cards/design/load-design.js')
  const { snapshots } = launchParts(launch, undefined).folders
  const { version, dir } = await findDesignVersion(await launch.store(), { name, wanted, snapshotsDir: snapshots })
  return designSide(`${name}@${version}`, await loadDesign(dir, { name }))
}

function designSide(title: string, design: Design): ComparedSide {
  const { passJson, files, config } = design
  return { title, path: design.dir, pass: { passJson, files, config }, design }
}

async function passSide(path: string): Promise<ComparedSide> {
  const { openPasses } = await import('./open-passes.js')
  const { readInput } = await import('../cards/pass/read-input.js')
  const { passes } = await openPasses(path)
  const { json } = readInput(passes[0])
  const files = new Map([...passes[0].files].filter(([name]) => !NOT_COMPARED.has(name)))
  return { title: passes[0].source, path, pass: { passJson: json, files } }
}

/** The manifest and the signature follow from the rest; pass.json is compared by its content. */
const NOT_COMPARED = new Set(['pass.json', 'manifest.json', 'signature'])

async function isFile(path: string): Promise<boolean> {
  return (await stat(path).catch(() => undefined))?.isFile() ?? false
}

/** Two words, or one: then what cards are signed with now against the folder as edited. */
export async function comparedSides(
  launch: Launch,
  { cwd, before, after }: { cwd: string; before: string; after: string | undefined },
): Promise<readonly [ComparedSide, ComparedSide]> {
  if (after !== undefined) return [await comparedSide(launch, cwd, before), await comparedSide(launch, cwd, after)]
  const edited = await comparedSide(launch, cwd, before)
  if (edited.design === undefined) {
    throw new AppError('USAGE', `${before} is a pass, so there is nothing to compare it with.`, {
      hints: ['Give two: tessera design diff OLD NEW'],
    })
  }
  return [await publishedSide(launch, edited.design.name, undefined), edited]
}
