import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { basename, join, resolve } from 'node:path'
import { assertDesignName } from '../cards/design/design-name.js'
import type { ImportReport } from '../cards/import/import-pass.js'
import { AppError } from '../kit/errors/index.js'
import { writeDesignSchema } from './init/design-schema-file.js'
import type { Launch } from './launch.js'

export interface ImportRequest {
  /** Relative ones are relative to it. */
  readonly cwd: string
  /** Passes; the last one may be the name of the design instead. */
  readonly words: readonly string[]
  readonly keepValues: boolean
  readonly dryRun: boolean
}

export interface ImportedDesign extends ImportReport {
  readonly name: string
  readonly dir: string
  readonly dryRun: boolean
}

/**
 * Makes a design of the launch from passes. What was made is loaded as a design before anything is written.
 *
 * @throws AppError PASS_UNREADABLE, IMPORT_MIXED, DESIGN_NAME, DESIGN_EXISTS, DESIGN_INVALID
 */
export async function importDesign(launch: Launch, request: ImportRequest): Promise<ImportedDesign> {
  const { openPasses } = await import('./open-passes.js')
  const { importPass } = await import('../cards/import/import-pass.js')
  const { DESIGN_SUFFIX } = await import('../cards/design/design.js')
  const { isFolder, writeFolder } = await import('../cards/write-folder.js')
  const { paths, name } = divide(request.words)
  const dir = launch.path('designs', `${name}${DESIGN_SUFFIX}`)
  const exists = new AppError('DESIGN_EXISTS', `There is a design "${name}" already: ${dir}.`, {
    hints: [`Give another name: tessera design import ${request.words[0] ?? 'FILE'} NAME`],
    details: { name, dir },
  })
  if (await isFolder(dir)) throw exists

  const opened = await Promise.all(paths.map((path) => openPasses(resolve(request.cwd, path))))
  const [first, ...others] = opened.flatMap(({ passes }) => passes)
  if (first === undefined) throw new AppError('PASS_UNREADABLE', 'No pass was given.')
  const { apple, locale } = launch.config
  const { files, report } = await importPass(first, others, {
    now: launch.now().getTime(),
    locale,
    keepValues: request.keepValues,
    passTypeIdentifier: apple.passTypeIdentifier,
    teamIdentifier: apple.teamIdentifier,
  })
  await assertLoads(files, name)
  if (!request.dryRun && !(await writeFolder(dir, files))) throw exists
  await writeDesignSchema({ dir: launch.dir, dryRun: request.dryRun })
  const notes = [...opened.flatMap((one) => one.notes), ...report.notes]
  return { name, dir, dryRun: request.dryRun, ...report, notes }
}

/** The last word is a name unless it looks like a path; without one the design is called after the first file. */
function divide(words: readonly string[]): { paths: readonly string[]; name: string } {
  const last = words.at(-1)
  if (words.length > 1 && last !== undefined && !/[./\\]/.test(last)) {
    assertDesignName(last)
    return { paths: words.slice(0, -1), name: last }
  }
  const file = basename(words[0] ?? '').replace(/\.(?:pkpass|pkpasses|pkpasstemplate|pass|raw|zip)$/i, '')
  const name = file
    .normalize('NFC')
    .replaceAll(/[^\p{L}\p{N}_-]+/gu, '-')
    .replaceAll(/^[-_]+|-+$/g, '')
    .slice(0, 64)
  assertDesignName(name, file)
  return { paths: words, name }
}

/** Loads the design from a temporary folder; a mistake in the pass that import cannot mend is told with its place. */
async function assertLoads(files: ReadonlyMap<string, string | Uint8Array>, name: string): Promise<void> {
  const { writeFolder } = await import('../cards/write-folder.js')
  const { loadDesign } = await import('../cards/design/load-design.js')
  const temporary = await mkdtemp(join(tmpdir(), 'tessera-import-'))
  try {
    const dir = join(temporary, `${name}.pkpasstemplate`)
    await writeFolder(dir, files)
    await loadDesign(dir)
  } finally {
    await rm(temporary, { recursive: true, force: true })
  }
}
