import { join, resolve } from 'node:path'
import type { Design } from '../cards/design/design.js'
import { designBundle, UNSIGNED } from '../cards/design/design-bundle.js'
import { sampleCard } from '../cards/design/sample-card.js'
import { googleTwin } from '../cards/google/google-twin.js'
import type { GoogleTwin } from '../cards/google/types.js'
import { languageFolder, passLanguages } from '../cards/view/languages.js'
import type { PassBundle } from '../cards/view/types.js'
import { writeWholeFile } from '../jobs/whole-file.js'
import type { Launch } from './launch.js'
import { assertSafeOutputs } from './safe-outputs.js'

export interface GoogleRequest {
  readonly name: string
  /** BCP 47: the language of the sample values, and of phones whose language the design does not have. */
  readonly locale?: string | undefined
  /** Folder for class.json, object.json and a picture. */
  readonly out?: string | undefined
  readonly cwd: string
}

/** What `design google` prints. */
export interface GoogleDesign extends Pick<GoogleTwin, 'type' | 'class' | 'object' | 'report'> {
  readonly design: string
  /** Files written, absolute. */
  readonly files: readonly string[]
}

/**
 * The Google Wallet twin of a design, filled with its sample values. Sends nothing.
 *
 * @throws AppError what loading the design throws, OUTPUT_UNWRITABLE, DISK_FULL
 */
export async function googleDesign(launch: Launch, request: GoogleRequest): Promise<GoogleDesign> {
  const { name, cwd } = request
  const out = request.out === undefined ? undefined : resolve(cwd, request.out)
  assertSafeOutputs(launch, [out])
  const design = await launch.design(name)
  const locale = request.locale ?? launch.config.locale
  const bundle = await sampleBundle(launch, design, locale)
  const twin = designTwin(launch, { design, bundle, locale })
  const { type, class: ofClass, object, report } = twin
  const files = out === undefined ? [] : await writeTwin(launch, { twin, bundle, locale, out })
  return { design: design.name, type, class: ofClass, object, report, files }
}

/** The twin of a pass made from a design of this launch. */
export function designTwin(
  launch: Launch,
  { design, bundle, locale }: { readonly design: Design; readonly bundle: PassBundle; readonly locale: string },
): GoogleTwin {
  return googleTwin(bundle, design, {
    issuerId: launch.config.google?.issuerId,
    classSuffix: design.name,
    languages: twinLanguages(bundle, locale),
    now: launch.now().getTime(),
    values: sampleCard(design, { locale }).values,
  })
}

/** All languages of the design, the given one first where the design has it. */
function twinLanguages({ files }: PassBundle, locale: string): readonly string[] {
  const languages = passLanguages(files)
  if (languages.length === 0) return [locale]
  const folder = languageFolder(files, locale)?.replace(/\.lproj$/, '')
  const first = folder ?? languages[0] ?? locale
  return [first, ...languages.filter((language) => language !== first)]
}

function sampleBundle(launch: Launch, design: Design, locale: string): Promise<PassBundle> {
  const { organization, currency } = launch.config
  return designBundle(design, sampleCard(design, { locale }), {
    identity: { ...UNSIGNED, organizationName: organization },
    currency,
    cacheDir: launch.path('.tessera', 'cache'),
  })
}

interface Written {
  readonly twin: GoogleTwin
  readonly bundle: PassBundle
  readonly locale: string
  readonly out: string
}

async function writeTwin(launch: Launch, { twin, bundle, locale, out }: Written): Promise<readonly string[]> {
  const [{ googleLook }, { loadFonts }, { previewImage }, { viewPass }] = await Promise.all([
    import('../cards/google/look/google-look.js'),
    import('../cards/fonts/fonts.js'),
    import('../cards/preview/preview-image.js'),
    import('../cards/view/view-pass.js'),
  ])
  const { pictures } = viewPass(bundle, { locale, now: launch.now().getTime() })
  const { front, details } = googleLook(twin, { fonts: await loadFonts(), locale, pictures })
  const sides = [front, details.light].map((layout) => ({ layout, pictures }))
  const contents = {
    'class.json': `${JSON.stringify(twin.class, null, 2)}\n`,
    'object.json': `${JSON.stringify(twin.object, null, 2)}\n`,
    'google-wallet.png': await previewImage(sides, { appearance: 'light' }),
  }
  for (const [file, content] of Object.entries(contents)) await writeWholeFile(join(out, file), Buffer.from(content))
  return Object.keys(contents).map((file) => join(out, file))
}
