import type { Design } from '../design/design.js'
import { designBundle, UNSIGNED } from '../design/design-bundle.js'
import type { ConfigPosition } from '../design/read-config.js'
import { sampleCard } from '../design/sample-card.js'
import type { PassFiles } from '../model.js'
import type { PassText } from '../pass/read-pass-text.js'
import type { Layout } from '../preview/layout-types.js'
import { mostLanguages, passLanguages } from '../view/languages.js'
import type { PassBundle, PassView } from '../view/types.js'
import { viewPass } from '../view/view-pass.js'
import { linePositions } from './line-positions.js'
import type { Cells, CheckInput } from './types.js'

export interface CheckInputOptions {
  /** pass.json as `readPassText` read it. */
  readonly pass: Extract<PassText, { ok: true }>
  /** Everything beside pass.json. */
  readonly files: PassFiles
  readonly now: number
  readonly design?: Design | undefined
  /** True for a design folder whose design.yaml cannot be read. */
  readonly isTemplate?: boolean
  readonly config?: ConfigPosition | undefined
  /** ISO 4217 code of money fields whose design names none. */
  readonly currency?: string | undefined
  /** Where drawn stamp strips are kept; without it a design is shown as its pass.json stands. */
  readonly cacheDir?: string | undefined
}

/** What rules look at; views and layouts are made when a rule asks for them, and once. */
export function createCheckInput(options: CheckInputOptions): CheckInput {
  const { pass, files, now, design, config, currency } = options
  const bundles = new Map<string, Promise<PassBundle>>()
  const views = new Map<string, Promise<PassView>>()
  const fronts = new Map<string, Promise<Layout>>()
  const languages = passLanguages(files)
  const once = <T>(made: Map<string, Promise<T>>, key: string, make: () => Promise<T>): Promise<T> => {
    const found = made.get(key) ?? make()
    made.set(key, found)
    return found
  }

  const bundle = (locale: string, cells: Cells = {}): Promise<PassBundle> =>
    once(bundles, JSON.stringify([locale, cells]), () => bundleOf(options, locale, cells))
  const view = (locale: string, cells: Cells = {}): Promise<PassView> =>
    once(views, JSON.stringify([locale, cells]), async () => viewPass(await bundle(locale, cells), { locale, now }))
  return {
    passText: pass.text,
    passJson: pass.json,
    root: () => pass.root(),
    position: linePositions(pass.text),
    slips: pass.slips,
    files,
    isTemplate: options.isTemplate ?? design !== undefined,
    ...(design === undefined ? {} : { design }),
    ...(config === undefined ? {} : { config }),
    ...(currency === undefined ? {} : { currency }),
    now,
    locales: languages.length === 0 ? ['en'] : languages.slice(0, mostLanguages(pass.text.length)),
    bundle,
    view,
    front: (locale, cells = {}) =>
      once(fronts, JSON.stringify([locale, cells]), async () => {
        const { loadFonts } = await import('../fonts/fonts.js')
        const { layoutFront } = await import('../preview/layout-front.js')
        return layoutFront(await view(locale, cells), { fonts: await loadFonts() })
      }),
  }
}

/** The sample card of a design; a design that makes no card yet, and a finished pass, are shown as they stand. */
async function bundleOf(options: CheckInputOptions, locale: string, cells: Cells): Promise<PassBundle> {
  const { pass, files, design, currency, cacheDir } = options
  const asItStands = { passJson: pass.json, files }
  if (design === undefined || cacheDir === undefined) return asItStands
  try {
    const card = sampleCard(design, { locale, cells })
    return await designBundle(design, card, { identity: UNSIGNED, cacheDir, currency })
  } catch {
    // Whatever keeps it from becoming a card is a finding of its own.
    return asItStands
  }
}
