import { stat } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { AppError, isAppError } from '../../kit/errors/index.js'
import type { Launch } from '../launch.js'
import type { PreviewRequest } from './preview-request.js'

/** Where what is previewed lies. */
export type Found =
  | { readonly kind: 'pass'; readonly file: string }
  | { readonly kind: 'design'; readonly dir: string; readonly launch: Launch | undefined }

/**
 * A plain name is a design of the launch; anything with a slash or an ending is a path, for which no launch is needed.
 *
 * @throws AppError DESIGN_NOT_FOUND, PASS_UNREADABLE, LAUNCH_NOT_FOUND, CONFIG_INVALID
 */
export async function findSource(request: PreviewRequest): Promise<Found> {
  const { name, environment } = request
  const path = resolve(environment.cwd, name)
  if (/\.pkpass$/i.test(name)) return { kind: 'pass', file: path }
  const isPath = /[\\/]|\.pkpasstemplate$/i.test(name)
  if (!isPath) return { kind: 'design', ...(await designOfLaunch(request, path)) }
  const launch = await launchIfAny(request)
  if (await isFolder(path)) return { kind: 'design', dir: path, launch }
  // From a folder inside the launch, `designs/bonus.pkpasstemplate` is meant from its top.
  const inLaunch = launch?.path(name)
  if (inLaunch !== undefined && (await isFolder(inLaunch))) return { kind: 'design', dir: inLaunch, launch }
  throw new AppError('DESIGN_NOT_FOUND', `There is no design folder ${path}.`)
}

async function designOfLaunch(
  request: PreviewRequest,
  path: string,
): Promise<{ readonly dir: string; readonly launch: Launch | undefined }> {
  const { name, openLaunch, launchNamed } = request
  const launch = await launchIfAny(request)
  const dir = launch?.path('designs', `${name}.pkpasstemplate`)
  if (dir !== undefined && (await isFolder(dir))) return { dir, launch }
  // Without a launch a folder of that name may be meant.
  if (!launchNamed && (await isFile(join(path, 'pass.json')))) return { dir: path, launch }
  if (launch === undefined) await openLaunch()
  throw new AppError('DESIGN_NOT_FOUND', `There is no design "${name}" (${dir}).`)
}

async function launchIfAny({ openLaunch, launchNamed }: PreviewRequest): Promise<Launch | undefined> {
  try {
    return await openLaunch()
  } catch (error) {
    if (!launchNamed && isAppError(error) && error.code === 'LAUNCH_NOT_FOUND') return undefined
    throw error
  }
}

async function isFolder(path: string): Promise<boolean> {
  return (await stat(path).catch(() => undefined))?.isDirectory() ?? false
}

async function isFile(path: string): Promise<boolean> {
  return (await stat(path).catch(() => undefined))?.isFile() ?? false
}
