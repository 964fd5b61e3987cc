import { readFile } from 'node:fs/promises'
import path from 'node:path'
import type { io } from '@tensorflow/tfjs-core'
import { AppError } from '../../kit/errors/index.js'

type ModelJSON = io.ModelJSON & { readonly modelTopology: object }

/**
 * A graph model from the disk, as `loadGraphModel` takes it. Outside of tfjs-node nothing reads `file://` for it.
 *
 * @param file - The `model.json`; the weights lie beside it.
 * @throws AppError FACE_NETWORKS_UNREADABLE
 */
export async function tfjsArtifacts(file: string): Promise<io.ModelArtifacts> {
  try {
    return await read(file)
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error)
    throw new AppError('FACE_NETWORKS_UNREADABLE', `cannot use the network ${file}: ${reason}`, { cause: error })
  }
}

async function read(file: string): Promise<io.ModelArtifacts> {
  const { weightsManifest, ...model } = JSON.parse(await readFile(file, 'utf8')) as ModelJSON
  const parts = await Promise.all(
    weightsManifest.flatMap(({ paths }) => paths.map((name) => readFile(path.join(path.dirname(file), name)))),
  )
  const bytes = Buffer.concat(parts)
  return {
    ...model,
    weightSpecs: weightsManifest.flatMap(({ weights }) => weights),
    weightData: bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.length) as ArrayBuffer,
  }
}
