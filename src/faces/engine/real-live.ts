import { NETWORKS, type Networks } from '../backends/types.js'
import type { Pyramid } from '../picture/pyramid.js'
import { INKS, warp } from '../picture/warp.js'
import type { FivePoints } from '../types.js'
import { faceSquare, mapOf } from './face-crop.js'

/** Two opinions on whether a face was taken from life, each 0 to 1. Advice: both err on ordinary photos. */
export interface RealLive {
  readonly real: number
  readonly live: number
}

/** The square that Human gives both networks is the face's box enlarged; this is about as much. */
const TIMES = 3.6

export async function openRealLive(
  networks: Networks,
): Promise<(pyramid: Pyramid, points: FivePoints) => Promise<RealLive>> {
  const [antispoof, liveness] = [await networks.open('antispoof'), await networks.open('liveness')]
  const draw = (pyramid: Pyramid, points: FivePoints, side: number): Float32Array => {
    const into = new Float32Array(side * side * 3)
    const square = { ...faceSquare(points, TIMES), angle: 0 }
    warp(pyramid, mapOf(square, side), { width: side, height: side, into, ink: INKS.unit })
    return into
  }
  return async (pyramid, points) => {
    const { real } = await antispoof.run(draw(pyramid, points, NETWORKS.antispoof.side), 1)
    const { live } = await liveness.run(draw(pyramid, points, NETWORKS.liveness.side), 1)
    return { real: rounded(real[0]), live: rounded(live[0]) }
  }
}

const rounded = (value: number | undefined): number => Math.round((value ?? 0) * 1000) / 1000
