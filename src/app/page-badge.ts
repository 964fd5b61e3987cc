import { readFile, stat } from 'node:fs/promises'
import { AppError } from '../kit/errors/index.js'
import type { Launch } from './launch.js'

/** In the launch folder. Apple hands out its badge artwork to those who keep to its guidelines; Tessera may not. */
const BADGE = 'pages/add-to-apple-wallet.svg'
/** Apple's badges have about 20 KB; every page loads it once. */
const LARGEST = 256 * 1024

/**
 * The operator's own "Add to Apple Wallet" badge for the public pages; undefined when there is none.
 *
 * @throws AppError PICTURE_UNUSABLE for a file that is no SVG, or is too large.
 */
export async function readPageBadge(launch: Pick<Launch, 'path'>): Promise<string | undefined> {
  const path = launch.path(BADGE)
  const found = await stat(path).catch(() => undefined)
  if (found === undefined) return undefined
  if (!found.isFile() || found.size > LARGEST) {
    throw new AppError('PICTURE_UNUSABLE', `${path} is not a file of at most ${LARGEST / 1024} KB`)
  }
  const text = await readFile(path, 'utf8')
  if (!/<svg[\s>]/.test(text)) throw new AppError('PICTURE_UNUSABLE', `${path} is not an SVG drawing`)
  return text
}
