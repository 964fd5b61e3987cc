import { mkdir, stat } from 'node:fs/promises'
import { dirname, join, relative, resolve } from 'node:path'
import { AppError } from '../../kit/errors/index.js'
import { shellQuote } from '../../kit/shell-quote.js'
import { configJsonSchema } from '../config/keys.js'
import { CONFIG_FILE, loadConfig } from '../config/load-config.js'
import type { Environment } from '../environment.js'
import { completeAnswers, type GivenAnswers, type InitAnswers } from './answers.js'
import { configText, GITIGNORE, SCHEMA_FILE } from './config-text.js'
import { writeDesignSchema } from './design-schema-file.js'
import { firstDesign } from './first-design.js'
import { sampleMembers } from './sample-members.js'
import { exists, type FileReport, writeGenerated, writeNew } from './write-files.js'

export interface InitRequest {
  /** As typed; relative to `environment.cwd`. */
  readonly dir: string
  readonly given: GivenAnswers
  readonly dryRun: boolean
  readonly environment: Environment
}

export interface InitReport {
  /** Absolute path of the launch. */
  readonly dir: string
  readonly answers: InitAnswers
  readonly files: readonly FileReport[]
  /** Things to know, such as flags that had no effect. */
  readonly notes: readonly string[]
  /** The commands that come next. */
  readonly next: readonly string[]
}

/** True when `dir` holds a tessera.yaml already, so that there is nothing to ask. */
export async function isLaunch(dir: string, environment: Environment): Promise<boolean> {
  return exists(join(resolve(environment.cwd, dir), CONFIG_FILE))
}

/**
 * Makes a launch folder, or fills in what an existing one lacks. Nothing that is there is changed.
 * Throws USAGE for answers that will not do, LAUNCH_UNWRITABLE.
 */
export async function initLaunch(request: InitRequest): Promise<InitReport> {
  const { given, dryRun, environment } = request
  const dir = resolve(environment.cwd, request.dir)
  const existed = await isLaunch(dir, environment)
  const answers = completeAnswers(existed ? { ...given, ...(await answersOf(dir, environment)) } : given, dir)
  await makeFolder(dir, dryRun)
  const options = { dir, dryRun }
  const config = await writeNew(CONFIG_FILE, configText(answers), options)
  const schema = await writeGenerated(SCHEMA_FILE, `${JSON.stringify(configJsonSchema(), null, 2)}\n`, options)
  const designSchema = await writeDesignSchema(options)
  const design = await firstDesign({ ...options, answers, chosen: given.kind !== undefined })
  const members = await writeNew('members.csv', sampleMembers(answers.kind), options)
  const ignore = await writeNew('.gitignore', GITIGNORE, options)
  return {
    dir,
    answers,
    files: [config, schema, designSchema, design.file, members, ignore],
    notes: existed ? notesFor(given) : [],
    next: nextCommands(relative(environment.cwd, dir), design.name),
  }
}

/** What an existing tessera.yaml says goes for the files that are added; one with errors says nothing. */
async function answersOf(dir: string, { env }: Environment): Promise<GivenAnswers> {
  const loaded = await loadConfig(dir, env).catch(() => undefined)
  if (loaded === undefined) return {}
  const { organization, locale, currency, apple, service } = loaded.config
  const { passTypeIdentifier, teamIdentifier } = apple
  return { organization, locale, currency, passTypeIdentifier, teamIdentifier, serviceUrl: service?.url }
}

async function makeFolder(dir: string, dryRun: boolean): Promise<void> {
  const found = await stat(dir).catch(() => undefined)
  if (found !== undefined && !found.isDirectory()) {
    throw new AppError('LAUNCH_UNWRITABLE', `${dir} is a file, not a folder.`)
  }
  if (found !== undefined || dryRun) return
  await makeFolders(dir).catch((cause: unknown) => {
    throw new AppError('LAUNCH_UNWRITABLE', `The folder ${dir} cannot be made.`, { cause })
  })
}

/** Not mkdir's `recursive`, which never ends where a folder refuses new ones with ENOENT, as /proc does. */
async function makeFolders(dir: string): Promise<void> {
  const error = await mkdir(dir).catch((caught: NodeJS.ErrnoException) => caught)
  if (error === undefined || error.code === 'EEXIST') return
  if (error.code !== 'ENOENT' || (await exists(dirname(dir)))) throw error
  await makeFolders(dirname(dir))
  await mkdir(dir)
}

function notesFor({ kind: _kind, ...given }: GivenAnswers): string[] {
  const ignored = Object.values(given).some((value) => value !== undefined && value !== '')
  return ignored ? [`${CONFIG_FILE} was there already and is kept as it is; edit it to change its values.`] : []
}

function nextCommands(folder: string, design: string): string[] {
  const commands = [
    'tessera certs dev',
    `tessera issue members.csv --design ${design} --out cards`,
    'tessera card list',
  ]
  return folder === '' ? commands : [shellQuote(['cd', folder]), ...commands]
}
