import type { RawPixels } from '../../cards/preview/raw-pixels.js'
import type { CardSides } from './card-sides.js'
import { drawImage } from './draw-preview.js'
import { type BuiltCards, openPreview, type Preview } from './open-preview.js'
import { drawPlan, type PreviewFile, previewOutput, writePreview } from './preview-outputs.js'
import type { PreviewRequest } from './preview-request.js'

/** What `--json` prints. */
export interface PreviewResult {
  readonly design: string
  readonly locales: readonly string[]
  readonly files: readonly PreviewFile[]
  readonly warnings: readonly string[]
  readonly milliseconds: number
}

/** A picture for a terminal: its bytes as PNG, and the pixels of the same, as wide as they were asked for. */
export interface PreviewPicture {
  readonly png: Uint8Array
  readonly pixels: RawPixels
}

export interface DesignPreview {
  readonly result: PreviewResult
  readonly picture?: PreviewPicture
}

/** Makes the preview once: as files, and as a picture of that many pixels where a terminal is to show it. */
export async function previewDesign(request: PreviewRequest, pictureWidth?: number): Promise<DesignPreview> {
  const preview = await openPreview(request, isPage(request.out))
  try {
    return await makePreview(preview, request, { pictureWidth, fileByDefault: pictureWidth === undefined })
  } finally {
    await preview.close()
  }
}

export function isPage(out: string | undefined): boolean {
  return out !== undefined && /\.html?$/i.test(out)
}

export interface MakeOptions {
  /** Pixels across of the picture for a terminal; undefined for none. */
  readonly pictureWidth: number | undefined
  /** Whether NAME.png is written to the working directory where no path was given. */
  readonly fileByDefault: boolean
}

/** Reads, draws and writes. */
export async function makePreview(
  preview: Preview,
  request: PreviewRequest,
  { pictureWidth, fileByDefault }: MakeOptions,
): Promise<DesignPreview & { readonly built: BuiltCards }> {
  const { now, cwd } = request.environment
  const begun = now().getTime()
  const { source, launch } = preview
  const out = request.out ?? (fileByDefault ? `${source.name}.png` : undefined)
  const output = out === undefined ? undefined : previewOutput({ cwd, out, place: source.place, launch })
  const built = await preview.build()
  const { title, cards } = built
  // A page shows all languages, a picture those that were asked for.
  const pictured = (request.locales?.length ?? 0) > 0 ? cards : cards.slice(0, 1)
  const warnings = [...built.warnings, ...withoutEffect(request, output?.kind)]
  const files =
    output === undefined
      ? []
      : await writePreview(output.kind === 'html' ? cards : pictured, output, { title, warnings, ...drawPlan(request) })
  const picture = pictureWidth === undefined ? undefined : await terminalPicture(pictured, request, pictureWidth)
  const result: PreviewResult = {
    design: source.name,
    locales: cards.map(({ locale }) => locale),
    files,
    warnings,
    milliseconds: now().getTime() - begun,
  }
  return { result, built, ...(picture === undefined ? {} : { picture }) }
}

/** Flags that a page has no use for. */
function withoutEffect({ side, appearance, scale }: PreviewRequest, kind: 'png' | 'html' | undefined): string[] {
  if (kind !== 'html') return []
  const given = Object.entries({ side, appearance, scale }).flatMap(([flag, value]) =>
    value === undefined ? [] : [`--${flag}`],
  )
  return given.length === 0
    ? []
    : [`A page shows both sides, light and dark, at any size: ${given.join(', ')} changed nothing.`]
}

/** A terminal is narrow, so it gets the front unless told otherwise. */
async function terminalPicture(
  cards: readonly CardSides[],
  request: PreviewRequest,
  width: number,
): Promise<PreviewPicture> {
  const { rawPixels } = await import('../../cards/preview/raw-pixels.js')
  const { side = 'front' } = request
  const { appearances, scale, wallets } = drawPlan(request)
  const [appearance = 'light'] = appearances
  const png = await drawImage(cards, { sides: side, appearance, scale, wallets })
  return { png, pixels: await rawPixels(png, width) }
}
