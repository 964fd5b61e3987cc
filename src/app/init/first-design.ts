import { join, relative } from 'node:path'
import { createDesign } from '../../cards/design/create-design.js'
import { DESIGN_SUFFIX } from '../../cards/design/design.js'
import { listDesigns } from '../../cards/design/load-design.js'
import type { InitAnswers } from './answers.js'
import { exists, type FileReport, type WriteOptions } from './write-files.js'

export interface FirstDesignOptions extends WriteOptions {
  readonly answers: InitAnswers
  /** True when the user asked for this kind; otherwise any design that is there will do. */
  readonly chosen: boolean
}

export interface FirstDesign {
  readonly name: string
  readonly file: FileReport
}

/** Makes the first design of a launch from a template, named after its kind, unless there is one. */
export async function firstDesign({ dir, dryRun, answers, chosen }: FirstDesignOptions): Promise<FirstDesign> {
  const designsDir = join(dir, 'designs')
  const present = (await listDesigns(designsDir))[0]
  const name = !chosen && present !== undefined ? present.name : answers.kind
  const folder = join(designsDir, `${name}${DESIGN_SUFFIX}`)
  const path = relative(dir, folder)
  if (await exists(folder)) return { name, file: { path, action: 'kept' } }
  if (dryRun) return { name, file: { path, action: 'would write' } }
  const { organization, passTypeIdentifier, teamIdentifier } = answers
  await createDesign({ name, template: answers.kind, designsDir, organization, passTypeIdentifier, teamIdentifier })
  return { name, file: { path, action: 'written' } }
}
