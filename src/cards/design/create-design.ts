import { stat } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { DesignKind } from '../../kit/design-kinds.js'
import { AppError } from '../../kit/errors/index.js'
import { writeFolder } from '../write-folder.js'
import { DESIGN_SUFFIX } from './design.js'
import { replaceTopValues } from './edit-json.js'
import { readDesignFolder } from './read-files.js'

/** Beside src/ and dist/ alike. */
const TEMPLATES_DIR = fileURLToPath(new URL('../../../templates/designs/', import.meta.url))
const NAME = /^[\p{L}\p{N}][\p{L}\p{N}_-]{0,63}$/u

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
}

export interface CreatedDesign {
  readonly name: string
  readonly dir: string
  readonly template: DesignKind
  /** False when exactly this design was there already. */
  readonly created: boolean
}

/**
 * Makes a design from a template. A design that is there is never overwritten; asking again for what was just made is
 * not an error.
 *
 * @throws AppError DESIGN_NAME, DESIGN_EXISTS, DESIGN_UNREADABLE
 */
export async function createDesign(options: CreateDesignOptions): Promise<CreatedDesign> {
  const { template, name, designsDir, organization, passTypeIdentifier, teamIdentifier } = options
  if (!NAME.test(name)) throw new AppError('DESIGN_NAME', `"${name}" does not serve as the name of a design.`)
  const dir = join(designsDir, `${name}${DESIGN_SUFFIX}`)
  const files = new Map<string, string | Uint8Array>((await readDesignFolder(join(TEMPLATES_DIR, template))).files)
  const own = { organizationName: organization, logoText: organization, passTypeIdentifier, teamIdentifier }
  files.set('pass.json', replaceTopValues(asText(files.get('pass.json')), own))

  if (await writeFolder(dir, files)) return { name, dir, template, created: true }
  if (await holdsExactly(dir, files)) return { name, dir, template, created: false }
  throw new AppError('DESIGN_EXISTS', `There is another design "${name}" already: ${dir}.`, { details: { name, dir } })
}

async function holdsExactly(dir: string, files: ReadonlyMap<string, string | Uint8Array>): Promise<boolean> {
  if (!(await stat(dir)).isDirectory()) return false
  const present = (await readDesignFolder(dir).catch(() => undefined))?.files
  if (present?.size !== files.size) return false
  return [...files].every(
    ([path, bytes]) => present.has(path) && Buffer.compare(asBytes(bytes), asBytes(present.get(path))) === 0,
  )
}

function asText(bytes: string | Uint8Array | undefined): string {
  return asBytes(bytes).toString('utf8')
}

function asBytes(bytes: string | Uint8Array | undefined): Buffer {
  return Buffer.from(bytes ?? '')
}
