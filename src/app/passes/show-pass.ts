import { resolve } from 'node:path'
import type { Modules } from '../../cards/barcode/modules.js'
import type { PassBundle } from '../../cards/view/types.js'
import { AppError, isAppError } from '../../kit/errors/index.js'
import type { Launch } from '../launch.js'
import type { PreviewPicture } from '../preview/preview-design.js'
import { assertSafeOutputs } from '../safe-outputs.js'
import { type DescribeOptions, describePass, localeOf, type PassDescription, viewOf } from './describe-pass.js'
import { type PassWorld, type ReadPass, readPasses } from './read-passes.js'

export interface ShowRequest extends PassWorld {
  /** A file, a folder, an address, or `-`. */
  readonly name: string
  readonly locale?: string | undefined
  /** Tells the texts of all languages too. */
  readonly strings: boolean
  /** PNG file for the first pass. */
  readonly picture?: string | undefined
  /** Draws the back beside the front. */
  readonly back: boolean
  /** Pixels across of a picture for the terminal; undefined for none. */
  readonly pictureWidth?: number | undefined
  /** Gives the squares of the barcodes. */
  readonly barcode: boolean
  /** The launch around, which pictures must not write over; throws where there is none. */
  openLaunch(): Promise<Launch>
}

/** What `pass show --json` prints. */
export interface ShownPasses {
  readonly passes: readonly PassDescription[]
  /** True when there are more, of which nothing is told. */
  readonly more: boolean
  /** The file that was written. */
  readonly picture: string | null
}

/** The barcode that a phone draws, as squares. */
export type ShownBarcode = { readonly format: string; readonly modules: Modules } | { readonly problem: string }

export interface PassShow {
  readonly result: ShownPasses
  /** Of the first pass. */
  readonly terminal?: PreviewPicture
  /** Of each pass, with `barcode`; undefined for passes without one. */
  readonly barcodes: readonly (ShownBarcode | undefined)[]
}

/**
 * Says what passes are, and draws the first.
 *
 * @throws AppError PASS_NOT_FOUND, PASS_DOWNLOAD, PASS_UNREADABLE, USAGE, OUTPUT_UNWRITABLE
 */
export async function showPasses(request: ShowRequest): Promise<PassShow> {
  const { name, environment, strings, pictureWidth } = request
  const picture = await pictureFile(request)
  const { passes, more } = await readPasses(name, request)
  const options = { locale: request.locale, now: environment.now().getTime(), timeZone: zoneOfMachine(), strings }
  const described = passes.map((pass) => describePass(pass, options))
  const [first] = passes
  const png = picture === undefined && pictureWidth === undefined ? undefined : await drawPass(first, request, options)
  if (picture !== undefined && png !== undefined) {
    const { writeWholeFile } = await import('../../jobs/whole-file.js')
    await writeWholeFile(picture, png)
  }
  const barcodes: (ShownBarcode | undefined)[] = []
  if (request.barcode) for (const pass of passes) barcodes.push(await barcodeOf(pass, options))
  return {
    result: { passes: described, more, picture: picture ?? null },
    barcodes,
    ...(png === undefined || pictureWidth === undefined ? {} : { terminal: await forTerminal(png, pictureWidth) }),
  }
}

/** @throws AppError OUTPUT_UNWRITABLE, USAGE */
export async function pictureFile({
  name,
  picture,
  environment,
  openLaunch,
}: Pick<ShowRequest, 'name' | 'picture' | 'environment' | 'openLaunch'>): Promise<string | undefined> {
  if (picture === undefined) return undefined
  const path = resolve(environment.cwd, picture)
  if (!/\.png$/i.test(path)) throw new AppError('USAGE', `--picture ${picture}: the picture is a .png file.`)
  if (path === resolve(environment.cwd, name))
    throw new AppError('OUTPUT_UNWRITABLE', `cannot write ${path}: it is the pass itself`)
  const launch = await openLaunch().catch((error: unknown) => {
    if (isAppError(error)) return undefined
    throw error
  })
  if (launch !== undefined) assertSafeOutputs(launch, [path])
  return path
}

/** Times are told as the phone of somebody here would. */
function zoneOfMachine(): string {
  return new Intl.DateTimeFormat().resolvedOptions().timeZone
}

async function drawPass(
  { file, files, json }: ReadPass,
  { back }: ShowRequest,
  { locale: wanted, now, timeZone }: DescribeOptions,
): Promise<Uint8Array> {
  if (json === undefined)
    throw new AppError('PASS_UNREADABLE', `${file} cannot be drawn, since its pass.json cannot be read.`)
  const [{ layOutCards }, { drawImage }] = await Promise.all([
    import('../preview/card-sides.js'),
    import('../preview/draw-preview.js'),
  ])
  const locale = localeOf(file, files, wanted)
  const bundle: PassBundle = { passJson: json, files }
  const source = { files, locale, warnings: [], pass: async () => ({ bundle }) }
  const cards = await layOutCards(source, [locale], { ios: 27, now, timeZone, google: false })
  return drawImage(cards, { sides: back ? 'both' : 'front', appearance: 'light', scale: 2 })
}

async function forTerminal(png: Uint8Array, width: number): Promise<PreviewPicture> {
  const { rawPixels } = await import('../../cards/preview/raw-pixels.js')
  return { png, pixels: await rawPixels(png, width) }
}

async function barcodeOf(pass: ReadPass, options: DescribeOptions): Promise<ShownBarcode | undefined> {
  const [first] = viewOf(pass, options).barcodes
  if (first === undefined) return undefined
  const [{ encodeMessage }, { encodeModules }, { barcodeProblem }] = await Promise.all([
    import('../../cards/barcode/encode-message.js'),
    import('../../cards/barcode/encode-modules.js'),
    import('../../cards/barcode/formats.js'),
  ])
  const reason = barcodeProblem(first.format, first.message)
  if (reason !== undefined) return { problem: `The message ${reason}.` }
  const encoded = encodeMessage(first.message, first.messageEncoding)
  if ('problem' in encoded) return encoded
  const modules = encodeModules(first.format, encoded.bytes, 3)
  return 'problem' in modules ? modules : { format: first.format, modules }
}
