import { type CreatedDesign, createDesign } from '../cards/design/create-design.js'
import { type DesignDescription, describeDesign } from '../cards/design/describe-design.js'
import { listDesigns, loadDesign } from '../cards/design/load-design.js'
import type { DesignKind } from '../kit/design-kinds.js'
import { isAppError } from '../kit/errors/index.js'
import { type BrandRequest, openBrand } from './design-pictures.js'
import { writeDesignSchema } from './init/design-schema-file.js'
import type { Launch } from './launch.js'

/** Makes a design of the launch from a template, with the launch's organization on it, and a brand's own look. */
export async function newDesign(
  launch: Launch,
  { kind, name, brand }: { readonly kind: DesignKind; readonly name: string; readonly brand?: BrandRequest },
): Promise<CreatedDesign> {
  const { organization, apple } = launch.config
  await writeDesignSchema({ dir: launch.dir, dryRun: false })
  const opened = brand && (await openBrand(brand))
  return createDesign({
    template: kind,
    name,
    designsDir: launch.path('designs'),
    organization,
    passTypeIdentifier: apple.passTypeIdentifier,
    teamIdentifier: apple.teamIdentifier,
    ...(opened === undefined ? {} : { brand: opened }),
  })
}

/** A design in a list. One with a mistake is listed too, with what is wrong with it. */
export type ListedDesign =
  | ({ readonly ok: true } & Pick<DesignDescription, 'name' | 'title' | 'dir' | 'version' | 'style' | 'bytes'> & {
        readonly fields: readonly string[]
      })
  | { readonly ok: false; readonly name: string; readonly dir: string; readonly problem: string }

/** All designs of the launch, by name. */
export async function describeDesigns(launch: Launch): Promise<ListedDesign[]> {
  const designs = await listDesigns(launch.path('designs'))
  return Promise.all(designs.map(({ name, dir }) => listDesign(name, dir)))
}

async function listDesign(name: string, dir: string): Promise<ListedDesign> {
  try {
    const { title, version, style, bytes, fields } = describeDesign(await loadDesign(dir))
    return { ok: true, name, title, dir, version, style, bytes, fields: fields.map(({ key }) => key) }
  } catch (error) {
    if (!isAppError(error)) throw error
    return { ok: false, name, dir, problem: error.message }
  }
}

/** One design of the launch in detail. */
export async function showDesign(launch: Launch, name: string): Promise<DesignDescription> {
  return describeDesign(await launch.design(name))
}

/** The names of the launch's designs, for questions. */
export async function designNames(launch: Launch): Promise<string[]> {
  return (await listDesigns(launch.path('designs'))).map(({ name }) => name)
}
