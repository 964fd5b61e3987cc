import { readFile } from 'node:fs/promises'
import path from 'node:path'
import type { Recipe } from '../../faces/models/recipe.js'
import type { DamagedModel, StoredModel } from '../../faces/models/store.js'
import { AppError } from '../../kit/errors/index.js'
import type { Environment } from '../environment.js'
import type { EngineWishes } from './engine-setup.js'
import { type LaunchAround, launchIfAny, modelFolders } from './model-folders.js'

/** Where own models are looked for. */
export interface ModelPlaces extends LaunchAround {
  /** The user's data folder. */
  readonly dataDir: string
}

export interface AddModelRequest extends ModelPlaces {
  readonly file: string
  /** `arcface`, `sface`, or a YAML file. */
  readonly recipe: string
  /** The file's name without its ending when undefined. */
  readonly name?: string | undefined
  readonly environment: Environment
}

/** Tries an ONNX file with its recipe and keeps a copy of it: in the launch, or, outside of one, for this user. */
export async function addOwnModel(request: AddModelRequest): Promise<StoredModel> {
  const { file, environment } = request
  const { addModel } = await import('../../faces/models/store.js')
  const source = path.resolve(environment.cwd, file)
  return addModel((await foldersOf(request))[0], {
    name: request.name ?? path.basename(file, path.extname(file)),
    file: source,
    recipe: await readRecipe(request.recipe, environment.cwd),
    now: environment.now(),
  })
}

/** The models of the launch and of this user. */
export async function listOwnModels(places: ModelPlaces): Promise<readonly (StoredModel | DamagedModel)[]> {
  const { listModels } = await import('../../faces/models/store.js')
  return listModels(await foldersOf(places))
}

/** @throws AppError FACE_MODEL_NOT_FOUND, FACE_MODEL_DAMAGED */
export async function findOwnModel(places: ModelPlaces, name: string): Promise<StoredModel> {
  const { findModel } = await import('../../faces/models/store.js')
  return findModel(await foldersOf(places), name)
}

/** The wishes with the own model that they name, found. @throws as `findOwnModel` does */
export async function withOwnModel(wishes: EngineWishes, places: ModelPlaces): Promise<EngineWishes> {
  if (wishes.model === undefined) return wishes
  const { name, id, file, recipe } = await findOwnModel(places, wishes.model)
  return { ...wishes, recogniser: { name, id, file, recipe } }
}

/** Removes a model and gives the folder it lay in. */
export async function removeOwnModel(places: ModelPlaces, name: string): Promise<string> {
  const { removeModel } = await import('../../faces/models/store.js')
  return removeModel(await foldersOf(places), name)
}

async function foldersOf(places: ModelPlaces): Promise<[string, ...string[]]> {
  return modelFolders(places.dataDir, await launchIfAny(places))
}

async function readRecipe(recipe: string, cwd: string): Promise<Recipe> {
  const { RECIPES, parseRecipe } = await import('../../faces/models/recipe.js')
  if (recipe === 'arcface' || recipe === 'sface') return RECIPES[recipe]
  const file = path.resolve(cwd, recipe)
  let text: string
  try {
    text = await readFile(file, 'utf8')
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error)
    throw new AppError('FACE_MODEL_RECIPE', `The recipe ${recipe} cannot be read: ${reason}`, { cause: error })
  }
  return parseRecipe(text, recipe)
}
