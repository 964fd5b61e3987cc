import { Flags } from '@oclif/core'

/** Flags of the commands that measure the engine on labelled photos. */
export const measureFlags = {
  recogniser: Flags.option({
    exclusive: ['model'],
    options: ['tessera', 'human'] as const,
    default: 'tessera',
    summary: 'How Human’s recognition network is fed: as it was trained, or as Human does it, for comparison.',
  })(),
  mirror: Flags.boolean({
    summary: 'Average each vector with that of the mirrored face: slower, a little better.',
    exclusive: ['model'],
  }),
  vectors: Flags.string({
    summary: 'Keep vectors in this file, and take from it those of photos that have not changed.',
    helpValue: 'FILE',
  }),
}
