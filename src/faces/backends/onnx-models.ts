import { createHash, randomBytes } from 'node:crypto'
import { mkdir, rename, rm, stat, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { readTfjsModel } from '../convert/tfjs-model.js'
import { convertToOnnx } from '../convert/to-onnx.js'
import { NETWORKS, type NetworkName } from './types.js'

/** Changes when the converter gives other files for the same models. */
const CONVERTER = '1'

/**
 * The ONNX file of one of Human's networks: converted when it is not there yet, kept under the hash of what it was made
 * from. Several processes may do so at once; each renames a finished file into place.
 */
export async function onnxFile(network: NetworkName, { modelsDir, cacheDir }: OnnxPlaces): Promise<string> {
  const { file, outputs } = NETWORKS[network]
  const model = await readTfjsModel(path.join(modelsDir, `${file}.json`))
  const hash = createHash('sha256').update(CONVERTER)
  for (const bytes of model.files) hash.update(bytes)
  const digest = hash.digest('hex')
  const target = path.join(cacheDir, `${file}-${digest.slice(0, 16)}.onnx`)
  if (await isFile(target)) return target
  const bytes = convertToOnnx(model, { name: file, outputs: Object.keys(outputs), metadata: { source: digest } })
  await mkdir(cacheDir, { recursive: true })
  const draft = `${target}.${randomBytes(6).toString('hex')}.part`
  try {
    await writeFile(draft, bytes, { flush: true })
    await rename(draft, target)
  } finally {
    await rm(draft, { force: true })
  }
  return target
}

export interface OnnxPlaces {
  /** Where Human's models lie. */
  readonly modelsDir: string
  /** Where converted ones are kept. */
  readonly cacheDir: string
}

async function isFile(file: string): Promise<boolean> {
  try {
    return (await stat(file)).isFile()
  } catch {
    return false
  }
}
