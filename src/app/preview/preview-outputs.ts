import { extname, resolve, sep } from 'node:path'
import { pngSize } from '../../cards/pictures/picture-size.js'
import { AppError } from '../../kit/errors/index.js'
import type { Launch } from '../launch.js'
import { assertSafeOutputs } from '../safe-outputs.js'
import { APPEARANCES, type Appearance, type CardSides } from './card-sides.js'
import { drawImage, drawPage } from './draw-preview.js'
import type { PreviewRequest } from './preview-request.js'

/** A file that was written. */
export interface PreviewFile {
  /** Absolute. */
  readonly path: string
  readonly bytes: number
  /** Pixels, of a PNG. */
  readonly width?: number
  readonly height?: number
}

export type PreviewOutput = { readonly kind: 'png' | 'html'; readonly path: string }

/**
 * Where the preview goes.
 *
 * @param place - folder or file of what is previewed; nothing is written into it.
 * @throws AppError USAGE, OUTPUT_UNWRITABLE
 */
export function previewOutput({
  cwd,
  out,
  place,
  launch,
}: {
  cwd: string
  out: string
  place: string
  launch: Launch | undefined
}): PreviewOutput {
  const path = resolve(cwd, out)
  const ending = extname(path).toLowerCase()
  const kind = ending === '.png' ? 'png' : ending === '.html' || ending === '.htm' ? 'html' : undefined
  if (kind === undefined) {
    throw new AppError('USAGE', `--out ${out}: a preview is a .png picture or an .html page.`)
  }
  if (path === place || path.startsWith(place + sep)) {
    throw new AppError('OUTPUT_UNWRITABLE', `cannot write ${path}: what lies in the design becomes part of its cards`, {
      hints: ['Give a path outside of the design folder.'],
    })
  }
  if (launch !== undefined) assertSafeOutputs(launch, [path])
  return { kind, path }
}

/** What to draw, besides the cards. */
export interface DrawPlan {
  readonly title: string
  readonly warnings: readonly string[]
  readonly side: NonNullable<PreviewRequest['side']>
  readonly appearances: readonly Appearance[]
  readonly scale: number
  readonly wallets: readonly ('apple' | 'google')[]
}

export function drawPlan(request: PreviewRequest): Omit<DrawPlan, 'title' | 'warnings'> {
  const { side = 'both', appearance = 'light', scale = 2, google } = request
  const wallets = google ? (['apple', 'google'] as const) : (['apple'] as const)
  return { side, appearances: appearance === 'both' ? APPEARANCES : [appearance], scale, wallets }
}

/**
 * Writes the preview, each file whole or not at all. A PNG of both appearances is two files, the second NAME.dark.png.
 *
 * @throws AppError OUTPUT_UNWRITABLE, DISK_FULL
 */
export async function writePreview(
  cards: readonly CardSides[],
  { kind, path }: PreviewOutput,
  { title, warnings, side, appearances, scale, wallets }: DrawPlan,
): Promise<PreviewFile[]> {
  const { writeWholeFile } = await import('../../jobs/whole-file.js')
  if (kind === 'html') {
    const bytes = Buffer.from(await drawPage(cards, { title, notes: warnings }))
    await writeWholeFile(path, bytes)
    return [{ path, bytes: bytes.length }]
  }
  const files: PreviewFile[] = []
  for (const [index, appearance] of appearances.entries()) {
    const bytes = await drawImage(cards, { sides: side, appearance, scale, wallets })
    const target = index === 0 ? path : path.replace(/(?=\.png$)/i, `.${appearance}`)
    await writeWholeFile(target, bytes)
    files.push({ path: target, bytes: bytes.length, ...pngSize(bytes) })
  }
  return files
}
