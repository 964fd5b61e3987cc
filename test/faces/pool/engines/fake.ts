import { threadId } from 'node:worker_threads'
import type { EngineSetup, FaceEngine } from '../../../../src/faces/engine/types.js'
import { AppError } from '../../../../src/kit/errors/index.js'

/**
 * An engine without networks: one face as large as the photo. What it does is told by the first pixel's red: 250 ends the
 * worker, 240 ends it unless `cacheDir` says that it did so before, 230 throws.
 */
export async function openEngine({ backend, modelsDir, cacheDir }: EngineSetup): Promise<FaceEngine> {
  if (modelsDir === 'missing') throw new AppError('CONFIG_INVALID', 'no models')
  if (modelsDir === 'deadly') process.exit(9)
  const { existsSync, writeFileSync } = await import('node:fs')
  let busy = 0
  return {
    backend,
    model: { id: 'fake', length: 4 },
    async describe({ width, height, data }) {
      busy++
      await new Promise((resolve) => setTimeout(resolve, 5))
      const red = data[0] ?? 0
      if (red > 245) process.exit(3)
      if (red > 235 && !existsSync(`${cacheDir}/once`)) {
        writeFileSync(`${cacheDir}/once`, '')
        process.exit(4)
      }
      if (red > 225 && red < 235) throw new Error('a fault of the engine')
      const point = { x: width / 2, y: height / 4 }
      const face = {
        box: { x: 0, y: 0, width, height },
        score: busy,
        points: [point, point, point, point, point] as const,
        pose: { yaw: 0, pitch: 0, roll: 0 },
        quality: { score: 1, reasons: [], sharpness: 100, brightness: red },
        age: { years: threadId, bucket: '25-34' as const },
        gender: { value: 'unknown' as const, male: 0.5 },
        real: null,
        live: null,
        vector: new Float32Array([1, 0, 0, 0]),
      }
      busy--
      return { width, height, turned: 0, faces: [face, face], found: 2, model: 'fake' }
    },
    async close() {},
  }
}
