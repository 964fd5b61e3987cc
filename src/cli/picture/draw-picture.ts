import { blockLines } from './blocks.js'
import { itermSequence } from './iterm.js'
import { kittySequences } from './kitty.js'
import { sixelSequence } from './sixel.js'
import type { Pixels, TerminalPlan } from './types.js'

export interface TerminalPicture {
  readonly png: Uint8Array
  /** Of the same picture, as wide as {@link pixelWidth} says. */
  readonly pixels: Pixels
}

/** Pixels of a column in terminals that show sixels; they do not say, and this is what most fonts come near to. */
const COLUMN_PIXELS = 9
/** A line is about as high as two columns are wide. */
const LINE_COLUMNS = 2

/** How wide the pixels are wanted. */
export function pixelWidth({ protocol, columns }: TerminalPlan): number {
  return protocol === 'blocks' ? columns : Math.min(1000, columns * COLUMN_PIXELS)
}

/** The text that draws a picture, without a line break at its end. */
export function drawPicture({ png, pixels }: TerminalPicture, plan: TerminalPlan): string {
  const { protocol, columns, trueColour, tmux } = plan
  switch (protocol) {
    case 'blocks':
      return blockLines(pixels, { trueColour }).join('\n')
    case 'sixel':
      return sixelSequence(pixels)
    case 'kitty':
    case 'iterm': {
      const options = { columns, still: tmux }
      const sequences = protocol === 'kitty' ? kittySequences(png, options) : [itermSequence(png, options)]
      return tmux ? throughTmux(sequences, lines(pixels, columns)) : sequences.join('')
    }
  }
}

function lines({ width, height }: Pixels, columns: number): number {
  return Math.ceil((height / width) * (columns / LINE_COLUMNS))
}

/** tmux does not know how high the picture is: room for it is made first, and the cursor goes below it afterwards. */
function throughTmux(sequences: readonly string[], height: number): string {
  const wrapped = sequences.map((text) => `\u001bPtmux;${text.replaceAll('\u001b', '\u001b\u001b')}\u001b\\`)
  return `${'\n'.repeat(height)}\u001b[${height}A${wrapped.join('')}\u001b[${height}B`
}
