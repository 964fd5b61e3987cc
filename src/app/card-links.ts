import { resolve } from 'node:path'
import { AppError } from '../kit/errors/index.js'
import { parsePeriod, parseUntil } from './cards.js'
import type { Launch } from './launch.js'
import { assertSafeOutputs } from './safe-outputs.js'

export interface LinkRequest {
  readonly cwd: string
  /** Serials, or values that name one card. */
  readonly names: readonly string[]
  /** `30d`, `6w`, `12m`, or a day such as 2027-12-31; undefined for links that do not expire. */
  readonly expires?: string | undefined
  /** One link for all cards. */
  readonly bundle: boolean
  /** File for the QR code of the one link: .svg or .png. */
  readonly qr?: string | undefined
}

export interface CardLink {
  readonly serials: readonly string[]
  readonly link: string
  /** ISO 8601; null for a link that does not expire. */
  readonly expiresAt: string | null
}

export interface CardLinks {
  readonly links: readonly CardLink[]
  /** The file with the QR code, where one was asked for. */
  readonly qr: string | null
}

/**
 * Links to the pages of cards. Making one changes nothing in the store, so there may be any number of them.
 *
 * @throws AppError LINKS_NEED_ADDRESS, CARD_NOT_FOUND, CARD_AMBIGUOUS, BUNDLE_TOO_LARGE, USAGE, OUTPUT_UNWRITABLE
 */
export async function linkCards(launch: Launch, request: LinkRequest): Promise<CardLinks> {
  const { cwd, names, bundle, qr } = request
  const { service } = launch.config
  if (service === undefined)
    throw new AppError(
      'LINKS_NEED_ADDRESS',
      'links need the address of the service, and tessera.yaml has no service.url',
    )
  const expiresAt = request.expires === undefined ? undefined : parseExpiry(request.expires, launch.now().getTime())
  const file = qr === undefined ? undefined : qrFile(launch, resolve(cwd, qr))
  const cards = await namedCards(launch, names)
  if (bundle) await assertFitsBundle(cards.length)
  if (file !== undefined && !bundle && cards.length > 1) {
    throw new AppError('USAGE', `--qr holds one link, and these are ${cards.length}`, {
      hints: ['Name one card, or put the cards into one link with --bundle.'],
    })
  }
  const { createLinkCodes } = await import('../cards/links/link-code.js')
  const codes = createLinkCodes(await (await launch.store()).secret())
  const base = service.url.replace(/\/+$/, '')
  const toLink = (group: typeof cards): CardLink => ({
    serials: group.map(({ serial }) => serial),
    link: `${base}/c/${group.map(({ id }) => codes.encode(id, expiresAt)).join('.')}`,
    expiresAt: expiresAt === undefined ? null : new Date(expiresAt).toISOString(),
  })
  const links = bundle ? [toLink(cards)] : cards.map((card) => toLink([card]))
  if (file !== undefined) await writeQr(file, links[0]?.link ?? '')
  return { links, qr: file ?? null }
}

/** By serial: a card that is named twice, by its serial and by a value of it perhaps, is linked once. */
async function namedCards(launch: Launch, names: readonly string[]): Promise<{ id: number; serial: string }[]> {
  const { findCard } = await import('../issuing/cards/select-cards.js')
  const store = await launch.store()
  const found = new Map<number, { id: number; serial: string }>()
  for (const name of names) {
    const { id, serial } = await findCard(store, name)
    found.set(id, { id, serial })
  }
  return [...found.values()]
}

async function assertFitsBundle(count: number): Promise<void> {
  const { BUNDLE_LIMITS } = await import('../issuing/cards/bundle.js')
  if (count > BUNDLE_LIMITS.passes) {
    throw new AppError('BUNDLE_TOO_LARGE', `${count} cards do not fit into one link of at most ${BUNDLE_LIMITS.passes}`)
  }
}

/** Links carry whole minutes. @throws AppError USAGE */
function parseExpiry(text: string, now: number): number {
  const time = expiryOf(text, now)
  if (time > now) return Math.ceil(time / 60_000) * 60_000
  throw new AppError('USAGE', `--expires "${text}" is past already`, { hints: ['Give a day to come, or 30d.'] })
}

function expiryOf(text: string, now: number): number {
  try {
    return /^\d{1,4}\s*[a-z]$/i.test(text.trim()) ? now + parsePeriod(text) : parseUntil(text)
  } catch (cause) {
    const message = `--expires "${text}" is neither a period nor a date`
    throw new AppError('USAGE', message, { cause, hints: ['Write it as 30d, 6w, 12m or 2027-12-31.'] })
  }
}

function qrFile(launch: Launch, file: string): string {
  if (!/\.(?:svg|png)$/i.test(file)) {
    throw new AppError('USAGE', `--qr "${file}" is neither an .svg nor a .png file`)
  }
  assertSafeOutputs(launch, [file])
  return file
}

/** Scans are told from clicks by `via=qr`, as in the files of `issue --links`. */
async function writeQr(file: string, link: string): Promise<void> {
  const { writeWholeFile } = await import('../jobs/whole-file.js')
  const text = `${link}?via=qr`
  if (/\.svg$/i.test(file)) {
    const { qrSvg } = await import('../cards/barcode/qr-code.js')
    return writeWholeFile(file, Buffer.from(qrSvg(text)))
  }
  const { qrPicture } = await import('../cards/preview/qr-picture.js')
  return writeWholeFile(file, await qrPicture(text))
}
