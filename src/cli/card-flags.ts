import { Flags } from '@oclif/core'

/** The flags by which commands select cards. */
export const cardFlags = {
  design: Flags.string({ summary: 'Only cards of this design.', helpValue: 'NAME' }),
  where: Flags.string({
    summary: 'Only cards whose field has this value; may be given several times.',
    helpValue: 'FIELD=VALUE',
    multiple: true,
    multipleNonGreedy: true,
  }),
  status: Flags.option({
    options: ['active', 'voided', 'expired'] as const,
    summary: 'Only cards in this state.',
  })(),
}
