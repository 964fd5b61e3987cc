import { tmpdir } from 'node:os'
import path from 'node:path'
import { humanModelsDir, humanRoot } from '../../src/faces/backends/human-package.js'
import { openOnnx } from '../../src/faces/backends/onnx.js'
import type { Networks } from '../../src/faces/backends/types.js'
import type { Photo } from '../../src/faces/types.js'

/** Converted models are shared by all test files and kept: files are named by the hash of what they are made from. */
export const cacheDir: string = path.join(tmpdir(), 'tessera-test-networks')

let opened: Promise<Networks> | undefined

/** Human's networks on onnxruntime, opened once for each process. */
export function networks(): Promise<Networks> {
  opened ??= openOnnx({ modelsDir: humanModelsDir(), cacheDir })
  return opened
}

/** A picture inside the installed Human package: `samples.jpg`, `screenshot-facematch.jpg`. */
export const humanAsset = (name: string): string => path.join(humanRoot(), 'assets', name)

/** An upright RGB photo of a file or of an encoded picture, by sharp alone. */
export async function photoOf(source: string | Buffer): Promise<Photo> {
  const { default: sharp } = await import('sharp')
  const { data, info } = await sharp(source)
    .rotate()
    .flatten({ background: '#fff' })
    .toColourspace('srgb')
    .raw()
    .toBuffer({ resolveWithObject: true })
  return { width: info.width, height: info.height, data }
}
