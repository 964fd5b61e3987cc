/** Filled by scripts/learn-faces.mjs. */
const MEAN = ''

let mean: Float32Array | undefined

/** Mean of the unit vectors (power 0.5) of the development faces: what all faces have in common. 1024 numbers. */
export function recogniserMean(): Float32Array {
  if (mean === undefined) {
    const bytes = Buffer.from(MEAN, 'base64')
    mean = new Float32Array(bytes.length / 4)
    for (let index = 0; index < mean.length; index++) mean[index] = bytes.readFloatLE(index * 4)
  }
  return mean
}
