import { Flags } from '@oclif/core'
import { PICTURE_PROTOCOLS } from './picture/types.js'

/** The flags of `design preview`. */
export const previewFlags = {
  out: Flags.string({ char: 'o', summary: 'The file to write: .png or .html.', helpValue: 'FILE' }),
  side: Flags.option({
    options: ['front', 'back', 'both'] as const,
    summary: 'What a picture shows; both otherwise.',
  })(),
  locale: Flags.string({
    summary: 'A language of the design, or all; may be repeated.',
    helpValue: 'TAG',
    multiple: true,
    multipleNonGreedy: true,
  }),
  appearance: Flags.option({
    options: ['light', 'dark', 'both'] as const,
    summary: 'Of a picture; light otherwise.',
  })(),
  card: Flags.string({ summary: 'Show the values of this issued card.', helpValue: 'SERIAL' }),
  set: Flags.string({
    summary: 'Show another value, read as a cell of a CSV; may be repeated.',
    helpValue: 'FIELD=VALUE',
    multiple: true,
    multipleNonGreedy: true,
  }),
  google: Flags.boolean({ summary: 'Show the card in Google Wallet too; pages always do.' }),
  ios: Flags.option({ options: ['26', '27'] as const, default: '27', summary: 'The system of the phone.' })(),
  scale: Flags.option({
    options: ['1', '2', '3'] as const,
    summary: 'Pixels per point of a picture; 2 otherwise.',
  })(),
  terminal: Flags.boolean({ summary: 'Draw the front (or --side) in the terminal.', exclusive: ['json'] }),
  'terminal-protocol': Flags.option({
    options: ['auto', ...PICTURE_PROTOCOLS] as const,
    summary: 'How the terminal is sent pictures; found out otherwise. Implies --terminal.',
    exclusive: ['json'],
  })(),
  serve: Flags.boolean({ summary: 'Show the page in the browser; it follows changes until Ctrl-C.' }),
  port: Flags.integer({
    summary: 'Port of --serve; a free one otherwise.',
    min: 0,
    max: 65535,
    helpValue: 'N',
    dependsOn: ['serve'],
  }),
  open: Flags.boolean({ summary: 'Open the browser at that page.', dependsOn: ['serve'] }),
  watch: Flags.boolean({ summary: 'Write the files again after every change, until Ctrl-C.' }),
}
