import type { InferenceSession } from 'onnxruntime-node'
import { AppError } from '../../kit/errors/index.js'
import { SESSION_OPTIONS } from '../backends/onnx.js'
import type { Pyramid } from '../picture/pyramid.js'
import { type Ink, warp } from '../picture/warp.js'
import type { Box, FivePoints } from '../types.js'
import { alignment } from './align.js'
import type { Recipe } from './recipe.js'
import type { OwnModel } from './types.js'

/** A user's recognition model, started. */
export interface OwnRecogniser {
  readonly id: string
  /** Numbers in a vector. */
  readonly length: number
  /** The vector of one face, of unit length. */
  embed(pyramid: Pyramid, face: { readonly points: FivePoints; readonly box: Box }): Promise<Float32Array>
  close(): Promise<void>
}

/** @throws AppError FACE_MODEL_INVALID, FACE_BACKEND_UNAVAILABLE */
export async function openOwnModel({ id, file, recipe }: OwnModel): Promise<OwnRecogniser> {
  const ort = await loadRuntime()
  const session = await createSession(ort, file)
  const run = runner(ort, session, recipe)
  const { width, height } = recipe.input
  const ink = inkOf(recipe)
  const into = new Float32Array(width * height * 3)
  return {
    id,
    length: recipe.output.length,
    async embed(pyramid, face) {
      warp(pyramid, alignment(recipe, face), { width, height, into, ink })
      const straight = unitOf(await run(arranged(into, recipe, false)))
      if (!recipe.mirror) return straight
      const mirrored = unitOf(await run(arranged(into, recipe, true)))
      return unit(straight.map((value, at) => value + (mirrored[at] ?? 0)))
    },
    close: () => session.release(),
  }
}

/**
 * Runs a model once on a plain picture of shades.
 *
 * @throws AppError FACE_MODEL_INVALID when it does not do what the recipe says
 */
export async function tryModel(file: string, recipe: Recipe): Promise<void> {
  const ort = await loadRuntime()
  const session = await createSession(ort, file)
  try {
    const { width, height } = recipe.input
    const ink = inkOf(recipe)
    const shades = new Float32Array(width * height * 3).map((_, at) => {
      const shade = 64 + (128 * (Math.floor(at / 3) % width)) / width
      return (shade - (ink.mean[at % 3] ?? 0)) * (ink.scale[at % 3] ?? 1)
    })
    unit(await runner(ort, session, recipe)(arranged(shades, recipe, false)))
  } finally {
    await session.release()
  }
}

type Runtime = typeof import('onnxruntime-node')

async function loadRuntime(): Promise<Runtime> {
  try {
    return await import('onnxruntime-node')
  } catch (error) {
    const reason = firstLine(error)
    throw new AppError('FACE_BACKEND_UNAVAILABLE', `onnxruntime-node does not load: ${reason}`, { cause: error })
  }
}

async function createSession(ort: Runtime, file: string): Promise<InferenceSession> {
  try {
    return await ort.InferenceSession.create(file, SESSION_OPTIONS)
  } catch (error) {
    throw new AppError('FACE_MODEL_INVALID', `${file} cannot be run by onnxruntime: ${firstLine(error)}`, {
      cause: error,
    })
  }
}

function runner(ort: Runtime, session: InferenceSession, { input, output }: Recipe) {
  const from = chosen(session.inputNames, input.tensor, 'input')
  const to = chosen(session.outputNames, output.tensor, 'output')
  const { width, height, layout } = input
  const shape = layout === 'nchw' ? [1, 3, height, width] : [1, height, width, 3]
  return async (data: Float32Array): Promise<Float32Array> => {
    let result: Awaited<ReturnType<InferenceSession['run']>>
    try {
      result = await session.run({ [from]: new ort.Tensor('float32', data, shape) }, [to])
    } catch (error) {
      throw invalid(`does not run on an input of ${shape.join(' × ')} floats: ${firstLine(error)}`, error)
    }
    const vector = result[to]
    if (!(vector?.data instanceof Float32Array))
      throw invalid(`gives ${vector?.type ?? 'nothing'} as ${to}, not floats`)
    if (vector.data.length !== output.length) {
      throw invalid(`gives ${vector.data.length} numbers as ${to}; the recipe says ${output.length}`)
    }
    return vector.data
  }
}

function chosen(names: readonly string[], wanted: string | undefined, what: 'input' | 'output'): string {
  if (wanted !== undefined) {
    if (names.includes(wanted)) return wanted
    throw invalid(`has no ${what} named ${wanted}; it has ${names.join(', ')}`)
  }
  const [only] = names
  if (names.length === 1 && only !== undefined) return only
  throw invalid(`has ${names.length} ${what}s (${names.join(', ')}); name one as ${what}.tensor in the recipe`)
}

function invalid(what: string, cause?: unknown): AppError {
  return new AppError('FACE_MODEL_INVALID', `The model ${what}.`, cause === undefined ? {} : { cause })
}

function inkOf({ input: { channels, mean, scale } }: Recipe): Ink {
  const three = (value: number | [number, number, number]) =>
    typeof value === 'number' ? ([value, value, value] as const) : value
  return { order: channels, mean: three(mean), scale: three(scale) }
}

/** A copy of a picture with channels last, mirrored if wanted, in the layout of the recipe. */
function arranged(picture: Float32Array, { input }: Recipe, mirrored: boolean): Float32Array {
  const { width, height, layout } = input
  const result = new Float32Array(picture.length)
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++)
      for (let c = 0; c < 3; c++) {
        const from = (y * width + (mirrored ? width - 1 - x : x)) * 3 + c
        const to = layout === 'nchw' ? (c * height + y) * width + x : (y * width + x) * 3 + c
        result[to] = picture[from] ?? 0
      }
  return result
}

/** A face that makes no vector is a fault of that photo alone, not of the run. */
function unitOf(vector: Float32Array): Float32Array {
  try {
    return unit(vector)
  } catch (error) {
    throw new Error(firstLine(error), { cause: error })
  }
}

function unit(vector: Float32Array): Float32Array {
  const norm = Math.sqrt(vector.reduce((sum, value) => sum + value * value, 0))
  if (!Number.isFinite(norm)) throw invalid('gives numbers that are not finite')
  if (norm < 1e-12) throw invalid('gives a vector of zeros')
  return vector.map((value) => value / norm)
}

function firstLine(error: unknown): string {
  return (error instanceof Error ? error.message : String(error)).split('\n')[0] ?? ''
}
