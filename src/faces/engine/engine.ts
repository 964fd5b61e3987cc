import { openNetworks } from '../backends/open.js'
import { findFaces } from '../detect/find-faces.js'
import { openOwnModel } from '../models/own-model.js'
import { minFaceIn } from '../photo/original-places.js'
import { Pyramid } from '../picture/pyramid.js'
import { assessQuality } from '../quality/quality.js'
import type { Face, Photo, PhotoFaces } from '../types.js'
import { openHumanRecogniser, VECTOR_LENGTH } from './human-recogniser.js'
import { openRealLive } from './real-live.js'
import type { EngineSetup, FaceEngine } from './types.js'

/**
 * Opens the back end and the networks that are needed for every photo.
 *
 * @throws AppError when the back end cannot be used on this machine, or a model cannot be read.
 */
export async function openEngine(setup: EngineSetup): Promise<FaceEngine> {
  const networks = await openNetworks(setup.backend, setup)
  try {
    const named = setup.recogniser ?? 'tessera'
    const own = typeof named === 'object' ? await openOwnModel(named) : undefined
    const human = await openHumanRecogniser(networks, typeof named === 'object' ? 'tessera' : named, {
      mirror: setup.mirror ?? false,
    })
    const realLive = setup.realLive ? await openRealLive(networks) : undefined
    const model = own ? { id: own.id, length: own.length } : { id: human.id, length: VECTOR_LENGTH }

    async function describe(photo: Photo): Promise<PhotoFaces> {
      const pyramid = new Pyramid(photo)
      const { turned, found, faces: places } = await findFaces(pyramid, networks, minFaceIn(setup.find ?? {}, photo))
      const described = await human.describe(
        pyramid,
        places.map(({ points }) => points),
      )
      const faces: Face[] = []
      for (const [index, place] of places.entries()) {
        const about = described[index]
        if (about === undefined) continue
        const { box, score, points, pose } = place
        const { real, live } = (await realLive?.(pyramid, points)) ?? { real: null, live: null }
        const quality = assessQuality(pyramid, place)
        const vector = own ? await own.embed(pyramid, place) : about.vector
        faces.push({ box, score, points, pose, quality, ...about, real, live, vector })
      }
      return { width: photo.width, height: photo.height, turned, faces, found, model: model.id }
    }

    return {
      backend: setup.backend,
      model,
      describe,
      async close() {
        await own?.close()
        await networks.close()
      },
    }
  } catch (error) {
    await networks.close()
    throw error
  }
}
