import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { AppError } from '../../kit/errors/index.js'
import type { Launch } from '../launch.js'
import { brokenBarcodes, type CardSides, cutTexts, layOutCards } from './card-sides.js'
import { chooseLocales } from './choose-locales.js'
import { designSource } from './design-source.js'
import { findSource } from './find-source.js'
import { passSource } from './pass-source.js'
import type { PreviewRequest } from './preview-request.js'
import type { LoadedSource, PreviewSource } from './preview-source.js'

/** A preview that can be made again and again. */
export interface Preview {
  readonly source: PreviewSource
  readonly launch: Launch | undefined
  /** Reads everything anew. @throws AppError what is wrong */
  build(): Promise<BuiltCards>
  close(): Promise<void>
}

export interface BuiltCards {
  readonly title: string
  readonly cards: readonly CardSides[]
  readonly warnings: readonly string[]
}

/**
 * Finds what is to be previewed.
 *
 * @param page - whether a page is made: then all languages are shown when none is named, and both wallets.
 */
export async function openPreview(request: PreviewRequest, page: boolean): Promise<Preview> {
  const found = await findSource(request)
  if (found.kind === 'pass') {
    if (request.card !== undefined || (request.set?.length ?? 0) > 0) {
      throw new AppError('USAGE', '--card and --set fill in designs; a .pkpass has its values already.')
    }
    const source = passSource(found.file)
    return {
      source,
      launch: undefined,
      build: () => build(source, request, page),
      close: async () => undefined,
    }
  }
  const { dir, launch } = found
  // Not the cache of the launch: it would keep every colour that was tried, and may not be writable.
  const cacheDir = await mkdtemp(join(tmpdir(), 'tessera-preview-'))
  const source = designSource({ dir, launch, card: request.card, set: request.set ?? [], cacheDir })
  return {
    source,
    launch,
    build: () => build(source, request, page),
    close: () => rm(cacheDir, { recursive: true, force: true }),
  }
}

async function build(source: PreviewSource, request: PreviewRequest, page: boolean): Promise<BuiltCards> {
  const loaded = await source.load()
  const locales = chooseLocales({
    name: source.name,
    files: loaded.files,
    usual: loaded.locale,
    wanted: request.locales ?? [],
    allByDefault: page,
  })
  const cards = await layOutCards(loaded, locales, {
    ios: request.ios,
    now: request.environment.now().getTime(),
    google: request.google || page,
    timeZone: Intl.DateTimeFormat().resolvedOptions().timeZone,
  })
  const warnings = [...loaded.warnings, ...(await brokenBarcodes(cards)), ...cutTexts(cards)]
  return { title: titleOf(source, loaded), cards, warnings }
}

function titleOf({ name }: PreviewSource, { design }: LoadedSource): string {
  return design?.config.title ?? name
}
