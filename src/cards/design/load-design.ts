import { createHash } from 'node:crypto'
import type { Dirent } from 'node:fs'
import { readdir, stat } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { AppError } from '../../kit/errors/index.js'
import { checkConfig } from './check-config.js'
import { DESIGN_SUFFIX, type Design } from './design.js'
import { toFieldSpecs } from './design-config.js'
import { designProblem } from './design-problem.js'
import { readDesignConfig } from './read-config.js'
import { readDesignFolder } from './read-files.js'
import { readPass } from './read-pass.js'

/**
 * Reads a design folder (`NAME.pkpasstemplate`) and checks it.
 *
 * @throws AppError DESIGN_NOT_FOUND, DESIGN_INVALID with line and column, DESIGN_UNSAFE, DESIGN_TOO_LARGE,
 * DESIGN_UNREADABLE
 */
export async function loadDesign(dir: string, options: { readonly name?: string } = {}): Promise<Design> {
  const name = options.name ?? basename(dir, DESIGN_SUFFIX)
  const info = await stat(dir).catch(() => undefined)
  if (!info?.isDirectory()) throw new AppError('DESIGN_NOT_FOUND', `There is no design "${name}" (${dir}).`)

  const folder = await readDesignFolder(dir)
  const passJson = folder.files.get('pass.json')
  if (passJson === undefined) throw designProblem({ dir, file: 'pass.json', reason: 'is missing' })
  const designYaml = folder.files.get('design.yaml')
  if (designYaml === undefined) throw missingConfig(dir)

  const pass = readPass(dir, passJson)
  const { config, positionOf } = readDesignConfig(dir, designYaml)
  const fields = toFieldSpecs(config)
  checkConfig({ dir, config, fields, fieldKeys: pass.fieldKeys, style: pass.style, positionOf })

  const files = new Map([...folder.files].filter(([path]) => path !== 'pass.json' && path !== 'design.yaml'))
  if (![...files.keys()].some((path) => /^icon(?:@\dx)?\.(?:png|pdf)$/.test(path)))
    throw designProblem({
      dir,
      file: 'icon.png',
      reason: 'is missing, and phones refuse a pass without an icon',
      hints: ['Add icon.png (38 x 38 pixels), icon@2x.png (76 x 76) and icon@3x.png (114 x 114).'],
    })

  return {
    name,
    dir,
    passJson: pass.json,
    passText: pass.text,
    config,
    files,
    hash: hashDesign(folder.files),
    fields,
    style: pass.style,
    sources: { passJson, designYaml },
    ignored: folder.ignored,
  }
}

/** The designs of a folder, by name; none when the folder does not exist. Nothing is read or checked. */
export async function listDesigns(designsDir: string): Promise<{ readonly name: string; readonly dir: string }[]> {
  let entries: Dirent[]
  try {
    entries = await readdir(designsDir, { withFileTypes: true })
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code === 'ENOENT') return []
    throw new AppError('DESIGN_UNREADABLE', `${designsDir} cannot be read: ${(cause as Error).message}.`, { cause })
  }
  return entries
    .filter((entry) => entry.name.endsWith(DESIGN_SUFFIX) && !entry.name.startsWith('.') && !entry.isFile())
    .map((entry) => ({ name: entry.name.slice(0, -DESIGN_SUFFIX.length), dir: join(designsDir, entry.name) }))
    .sort((a, b) => (a.name < b.name ? -1 : 1))
}

/**
 * The version of a design: a hash over all its files. The map is sorted by path already; lengths are hashed too, so that
 * no two sets of files run together.
 */
export function hashDesign(files: ReadonlyMap<string, Uint8Array>): string {
  const hash = createHash('sha256')
  for (const [path, bytes] of files) hash.update(`${path}\0${bytes.length}\0`).update(bytes)
  return hash.digest('hex')
}

function missingConfig(dir: string): AppError {
  return designProblem({
    dir,
    file: 'design.yaml',
    reason: 'is missing; it says which columns feed which fields',
    hints: [
      'For a design made in Pass Designer begin with: "version: 1", "fields:", and one line per field key such as "  name: {type: text}".',
    ],
  })
}
