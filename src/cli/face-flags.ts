import { Flags } from '@oclif/core'

/** Flags of all commands that run the face engine. */
export const engineFlags = {
  backend: Flags.option({
    options: ['onnx', 'wasm', 'tensorflow'] as const,
    default: 'onnx',
    env: 'TESSERA_FACE_BACKEND',
    summary: 'What the networks run on; all give the same vectors.',
  })(),
  model: Flags.string({
    summary: 'Make the vectors with this model of your own, by its name or id; see `face models`.',
    helpValue: 'NAME',
  }),
  jobs: Flags.integer({
    aliases: ['workers'],
    summary: 'Threads; as many as there are cores when absent.',
    helpValue: 'N',
    min: 1,
    max: 256,
  }),
}

/** Flags that say which faces are looked for. */
export const findFlags = {
  'min-face': Flags.integer({
    summary: 'The smallest face to find, in pixels of the photo.',
    helpValue: 'PIXELS',
    min: 8,
    max: 10_000,
  }),
  'min-score': Flags.string({
    summary: 'How sure the detector must be, 0.05 to 0.99; 0.5 when absent.',
    helpValue: 'SCORE',
    parse: async (text) => {
      const score = Number(text)
      if (!/^\d*\.?\d+$/.test(text) || score < 0.05 || score > 0.99)
        throw new Error(`Expected a number from 0.05 to 0.99 but received: ${text}`)
      return text
    },
  }),
  'max-faces': Flags.integer({
    summary: 'The most faces to tell of a photo, the largest; 200 when absent.',
    helpValue: 'N',
    min: 1,
    max: 10_000,
  }),
  turns: Flags.boolean({
    summary: 'Turn photos without a face by 90, 180 and 270 degrees and look again.',
    allowNo: true,
    default: true,
  }),
  tiles: Flags.option({
    options: ['auto', 'never'] as const,
    summary: 'Whether large photos are searched in parts too, for small faces.',
  })(),
}

interface FindFlags {
  readonly 'min-face'?: number | undefined
  readonly 'min-score'?: string | undefined
  readonly 'max-faces'?: number | undefined
  readonly turns?: boolean | undefined
  readonly tiles?: 'auto' | 'never' | undefined
}

/** What was given of them; the engine knows the rest. */
export function findOptions(flags: FindFlags): {
  readonly minFace?: number
  readonly minScore?: number
  readonly maxFaces?: number
  readonly turns?: boolean
  readonly tiles?: 'auto' | 'never'
} {
  const { 'min-face': minFace, 'min-score': minScore, 'max-faces': maxFaces, turns, tiles } = flags
  return {
    ...(minFace === undefined ? {} : { minFace }),
    ...(minScore === undefined ? {} : { minScore: Number(minScore) }),
    ...(maxFaces === undefined ? {} : { maxFaces }),
    ...(turns === undefined ? {} : { turns }),
    ...(tiles === undefined ? {} : { tiles }),
  }
}
