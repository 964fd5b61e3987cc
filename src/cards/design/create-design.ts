import { stat } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { DesignKind } from '../../kit/design-kinds.js'
import { AppError } from '../../kit/errors/index.js'
import type { Brand } from '../brand/brand-design.js'
import { writeFolder } from '../write-folder.js'
import { DESIGN_SUFFIX } from './design.js'
import { assertDesignName } from './design-name.js'
import { replaceTopValues } from './edit-json.js'
import { readDesignFolder } from './read-files.js'

/** Beside src/ and dist/ alike. */
const TEMPLATES_DIR = fileURLToPath(new URL('../../../templates/designs/', import.meta.url))

export interface CreateDesignOptions {
  readonly template: DesignKind
  readonly name: string
  /** The `designs` folder of the launch; made when missing. */
  readonly designsDir: string
  /** Shown on the card beside the logo. */
  readonly organization?: string
  /** What Pass Designer shows; issuing takes both from the certificate. */
  readonly passTypeIdentifier?: string
  readonly teamIdentifier?: string
  /** Whose card it is: logo, photo, colour. */
  readonly brand?: Brand
}

export interface CreatedDesign {
  readonly name: string
  readonly dir: string
  readonly template: DesignKind
  /** False when exactly this design was there already. */
  readonly created: boolean
  /** What the designer should know of the branding, in whole sentences. */
  readonly notes?: readonly string[]
}

/**
 * Makes a design from a template. A design that is there is never overwritten; asking again for what was just made is
 * not an error.
 *
 * @throws AppError DESIGN_NAME, DESIGN_EXISTS, DESIGN_UNREADABLE, PICTURE_UNUSABLE, COLOUR_UNKNOWN
 */
export async function createDesign(options: CreateDesignOptions): Promise<CreatedDesign> {
  const { template, name, designsDir, organization, passTypeIdentifier, teamIdentifier, brand } = options
  assertDesignName(name)
  const dir = join(designsDir, `${name}${DESIGN_SUFFIX}`)
  let files = new Map((await readDesignFolder(join(TEMPLATES_DIR, template))).files)
  const own = { organizationName: organization, logoText: organization, passTypeIdentifier, teamIdentifier }
  files.set('pass.json', asBytes(replaceTopValues(asText(files.get('pass.json')), own)))
  const branded = brand && (await applyBrand(files, brand, dir))
  if (branded !== undefined) files = new Map(branded.files)
  const made = { name, dir, template, ...(branded === undefined ? {} : { notes: branded.notes }) }

  if (await writeFolder(dir, files)) return { ...made, created: true }
  if (await holdsExactly(dir, files)) return { ...made, created: false }
  throw new AppError('DESIGN_EXISTS', `There is another design "${name}" already: ${dir}.`, { details: { name, dir } })
}

async function applyBrand(files: ReadonlyMap<string, Uint8Array>, brand: Brand, dir: string) {
  // Only here, so that a design without a brand loads no picture library.
  const { brandDesign } = await import('../brand/brand-design.js')
  return brandDesign(files, brand, { dir, scope: 'whole' })
}

async function holdsExactly(dir: string, files: ReadonlyMap<string, Uint8Array>): Promise<boolean> {
  if (!(await stat(dir)).isDirectory()) return false
  const present = (await readDesignFolder(dir).catch(() => undefined))?.files
  if (present?.size !== files.size) return false
  return [...files].every(
    ([path, bytes]) => present.has(path) && Buffer.compare(bytes, asBytes(present.get(path))) === 0,
  )
}

function asText(bytes: string | Uint8Array | undefined): string {
  return asBytes(bytes).toString('utf8')
}

function asBytes(bytes: string | Uint8Array | undefined): Buffer {
  return Buffer.from(bytes ?? '')
}
