import { basename } from 'node:path'
import { DESIGN_SUFFIX } from '../../cards/design/design.js'
import { designBundle, UNSIGNED } from '../../cards/design/design-bundle.js'
import { loadDesign } from '../../cards/design/load-design.js'
import { sampleCard } from '../../cards/design/sample-card.js'
import type { CardData, PassFiles, PassIdentity } from '../../cards/model.js'
import { languageFolder, passLanguages } from '../../cards/view/languages.js'
import { CONFIG_FILE, loadConfig } from '../config/load-config.js'
import type { LaunchConfig } from '../config/schema.js'
import type { Launch } from '../launch.js'
import { parseSetValues, withValues } from './card-values.js'
import { issuedCard } from './issued-card.js'
import type { LoadedSource, PreviewSource } from './preview-source.js'

export interface DesignSourceOptions {
  readonly dir: string
  /** Undefined for a folder that lies in no launch: it is shown with an identity of nobody. */
  readonly launch: Launch | undefined
  /** A card whose values are shown; only with a launch. */
  readonly card: string | undefined
  readonly set: readonly string[]
  /** Where drawn stamp strips are kept. */
  readonly cacheDir: string
}

/** A design folder, as it is now. */
export function designSource(options: DesignSourceOptions): PreviewSource {
  const { dir, launch } = options
  const name = basename(dir).replace(new RegExp(`${DESIGN_SUFFIX}$`, 'i'), '')
  return {
    name,
    place: dir,
    watched: { folders: [dir], files: launch === undefined ? [] : [launch.path(CONFIG_FILE)] },
    load: () => loadSource(name, options),
  }
}

async function loadSource(name: string, options: DesignSourceOptions): Promise<LoadedSource> {
  const { dir, launch, set } = options
  // Read again each time: organization, language and currency may have been edited too.
  const config = launch === undefined ? undefined : (await loadConfig(launch.dir, launch.env)).config
  const design = await loadDesign(dir, { name })
  const context = { locale: config?.locale ?? 'en', ...(config === undefined ? {} : { currency: config.currency }) }
  const changes = parseSetValues(set, design, context)
  const issued = await issuedCard(options, design)
  return {
    design,
    files: design.files,
    locale: issued?.card.locale ?? usualLocale(design.files, config?.locale),
    warnings: issued?.warnings ?? [],
    issuerId: config?.google?.issuerId,
    async pass(locale) {
      const card: CardData =
        issued === undefined
          ? withValues(sampleCard(design, { locale }), changes, design, 'sample')
          : withValues({ ...issued.card, locale }, changes, design, 'issued')
      return { bundle: await designBundle(design, card, bundleOptions(options, config)), values: card.values }
    },
  }
}

/** The language of the launch where the design has it or has none at all; else the design's first. */
function usualLocale(files: PassFiles, own: string | undefined): string {
  const languages = passLanguages(files)
  if (own !== undefined && (languages.length === 0 || languageFolder(files, own) !== undefined)) return own
  return languages[0] ?? own ?? 'en'
}

function bundleOptions({ launch, cacheDir }: DesignSourceOptions, config: LaunchConfig | undefined) {
  if (launch === undefined || config === undefined) return { identity: UNSIGNED, cacheDir }
  const { passTypeIdentifier, teamIdentifier } = config.apple
  const identity: PassIdentity = { passTypeIdentifier, teamIdentifier, organizationName: config.organization }
  return {
    identity,
    currency: config.currency,
    cacheDir,
    picturesDir: launch.path('.tessera', 'pictures'),
  }
}
