import { createHash, randomBytes } from 'node:crypto'
import { mkdir, rename, rm, stat, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { AppError } from '../../kit/errors/index.js'
import { readTfjsModel, type TfjsModel } from '../convert/tfjs-model.js'
import { convertToOnnx } from '../convert/to-onnx.js'
import { NETWORKS, type NetworkName } from './types.js'

/** Changes when the converter gives other files for the same models. */
const CONVERTER = '1'

export interface OnnxPlaces {
  /** Where Human's models lie. */
  readonly modelsDir: string
  /** Where converted ones are kept. */
  readonly cacheDir: string
}

/** One of Human's networks as ONNX: the file in the cache, or its bytes where the cache cannot be written. */
export interface OnnxModel {
  readonly source: string | Uint8Array
  /** Converts again, for a kept file that cannot be read. Gives the bytes, and puts them in its place if it can. */
  again(): Promise<Uint8Array>
}

/**
 * Converts a network when that was not done yet, and keeps it under the hash of what it was made from. Several processes
 * may do so at once; each renames a finished file into place.
 *
 * @throws AppError FACE_NETWORKS_UNREADABLE
 */
export async function onnxModel(network: NetworkName, { modelsDir, cacheDir }: OnnxPlaces): Promise<OnnxModel> {
  const { file } = NETWORKS[network]
  const model = await read(path.join(modelsDir, `${file}.json`))
  const hash = createHash('sha256').update(CONVERTER)
  for (const bytes of model.files) hash.update(bytes)
  const digest = hash.digest('hex')
  const target = path.join(cacheDir, `${file}-${digest.slice(0, 16)}.onnx`)
  const again = async (): Promise<Uint8Array> => {
    const bytes = convert(model, network, digest)
    await keep(target, bytes)
    return bytes
  }
  if (await isFile(target)) return { source: target, again }
  return { source: await again(), again }
}

function convert(model: TfjsModel, network: NetworkName, digest: string): Uint8Array {
  const { file, outputs } = NETWORKS[network]
  try {
    return convertToOnnx(model, { name: file, outputs: Object.keys(outputs), metadata: { source: digest } })
  } catch (error) {
    throw unreadable(file, error)
  }
}

async function read(file: string): Promise<TfjsModel> {
  try {
    return await readTfjsModel(file)
  } catch (error) {
    throw unreadable(file, error)
  }
}

function unreadable(file: string, error: unknown): AppError {
  const reason = error instanceof Error ? error.message : String(error)
  return new AppError('FACE_NETWORKS_UNREADABLE', `cannot use the network ${file}: ${reason}`, { cause: error })
}

/** A cache that is read-only or full costs half a second at each start; nothing is lost by it. */
async function keep(target: string, bytes: Uint8Array): Promise<void> {
  const draft = `${target}.${randomBytes(6).toString('hex')}.part`
  try {
    await mkdir(path.dirname(target), { recursive: true })
    await writeFile(draft, bytes, { flush: true })
    await rename(draft, target)
  } catch {
    await rm(draft, { force: true }).catch(() => undefined)
  }
}

async function isFile(file: string): Promise<boolean> {
  try {
    return (await stat(file)).isFile()
  } catch {
    return false
  }
}
