import { createHash, randomBytes } from 'node:crypto'
import { mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { toFileError } from '../../jobs/file-errors.js'
import { AppError, isAppError } from '../../kit/errors/index.js'
import { tryModel } from './own-model.js'
import { type Recipe, recipeSchema } from './recipe.js'
import type { OwnModel } from './types.js'

const NAME = /^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/
const MODEL_FILE = 'model.onnx'
const ABOUT_FILE = 'model.json'

/** A model with what is told of it. */
export interface StoredModel extends OwnModel {
  /** Bytes of the `.onnx` file. */
  readonly bytes: number
  /** ISO 8601. */
  readonly added: string
}

export interface NewModel {
  readonly name: string
  /** The user's `.onnx` file; it is copied. Weights in a file of their own are not understood. */
  readonly file: string
  readonly recipe: Recipe
  readonly now: Date
}

/**
 * Tries a model and keeps a copy of it as the folder `dir`/NAME, whole or not at all.
 *
 * @throws AppError FACE_MODEL_NAME, FACE_MODEL_EXISTS, FACE_MODEL_INVALID, OUTPUT_UNWRITABLE, DISK_FULL
 */
export async function addModel(dir: string, { name, file, recipe, now }: NewModel): Promise<StoredModel> {
  if (!NAME.test(name)) throw new AppError('FACE_MODEL_NAME', `"${name}" cannot be the name of a model.`)
  const target = path.join(dir, name)
  const taken = () => new AppError('FACE_MODEL_EXISTS', `There is a model ${name} already: ${target}`)
  if (await exists(target)) throw taken()
  const bytes = await readModel(file)
  const about = { name, id: idOf(name, bytes, recipe), bytes: bytes.length, added: now.toISOString(), recipe }
  const draft = path.join(dir, `.${name}.${randomBytes(6).toString('hex')}.part`)
  try {
    await mkdir(draft, { recursive: true })
    await writeFile(path.join(draft, MODEL_FILE), bytes, { flush: true })
    await writeFile(path.join(draft, ABOUT_FILE), `${JSON.stringify(about, null, 2)}\n`)
    await tryModel(path.join(draft, MODEL_FILE), recipe)
    await rename(draft, target)
  } catch (error) {
    if (await exists(target)) throw taken()
    throw toFileError(error, target)
  } finally {
    await rm(draft, { recursive: true, force: true }).catch(() => undefined)
  }
  return { ...about, file: path.join(target, MODEL_FILE) }
}

/** A model whose folder cannot be read. */
export interface DamagedModel {
  readonly name: string
  readonly problem: string
}

/** The models of the folders, by name; of two with the same name, that of the earlier folder. */
export async function listModels(dirs: readonly string[]): Promise<(StoredModel | DamagedModel)[]> {
  const models = new Map<string, StoredModel | DamagedModel>()
  for (const dir of dirs) {
    const entries = await readdir(dir, { withFileTypes: true }).catch(() => [])
    for (const entry of entries) {
      const { name } = entry
      if (!entry.isDirectory() || !NAME.test(name) || models.has(name)) continue
      const stored = await readStored(path.join(dir, name)).catch((error: unknown) => {
        if (!isAppError(error)) throw error
        return { name, problem: error.message }
      })
      models.set(name, stored)
    }
  }
  return [...models.values()].sort((a, b) => (a.name < b.name ? -1 : 1))
}

/**
 * The model of a name or id, checked against its hash.
 *
 * @throws AppError FACE_MODEL_NOT_FOUND, FACE_MODEL_DAMAGED
 */
export async function findModel(dirs: readonly string[], nameOrId: string): Promise<StoredModel> {
  const [name = ''] = nameOrId.split('@')
  for (const dir of NAME.test(name) ? dirs : []) {
    if (!(await exists(path.join(dir, name)))) continue
    const model = await readStored(path.join(dir, name))
    if (nameOrId.includes('@') && nameOrId !== model.id) continue
    const bytes = await readFile(model.file).catch(() => undefined)
    if (bytes === undefined || idOf(name, bytes, model.recipe) !== model.id) {
      throw new AppError('FACE_MODEL_DAMAGED', `The model ${name} has changed since it was added: ${model.file}`)
    }
    return model
  }
  throw new AppError('FACE_MODEL_NOT_FOUND', `There is no recognition model ${nameOrId}.`)
}

/** Removes a model of a name, damaged or not, and gives its folder. @throws AppError FACE_MODEL_NOT_FOUND */
export async function removeModel(dirs: readonly string[], name: string): Promise<string> {
  for (const dir of NAME.test(name) ? dirs : []) {
    const folder = path.join(dir, name)
    if (!(await exists(folder))) continue
    await rm(folder, { recursive: true }).catch((error: unknown) => {
      throw toFileError(error, folder)
    })
    return folder
  }
  throw new AppError('FACE_MODEL_NOT_FOUND', `There is no recognition model ${name}.`)
}

function idOf(name: string, bytes: Uint8Array, { license: _, ...recipe }: Recipe): string {
  // What is noted of the licence changes no vector.
  const hash = createHash('sha256')
    .update(bytes)
    .update(JSON.stringify(recipeSchema.parse(recipe)))
    .digest('hex')
  return `${name}@${hash.slice(0, 12)}`
}

async function readStored(folder: string): Promise<StoredModel> {
  try {
    const about = JSON.parse(await readFile(path.join(folder, ABOUT_FILE), 'utf8')) as StoredModel
    const recipe = recipeSchema.parse(about.recipe)
    return { ...about, name: path.basename(folder), recipe, file: path.join(folder, MODEL_FILE) }
  } catch (error) {
    const message = `${path.join(folder, ABOUT_FILE)} cannot be read.`
    throw new AppError('FACE_MODEL_DAMAGED', message, { cause: error })
  }
}

async function readModel(file: string): Promise<Buffer> {
  try {
    return await readFile(file)
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error)
    throw new AppError('FACE_MODEL_INVALID', `${file} cannot be read: ${reason}`, { cause: error })
  }
}

async function exists(folder: string): Promise<boolean> {
  return (await readdir(folder).catch(() => undefined)) !== undefined
}
