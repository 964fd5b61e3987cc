import { styleText } from 'node:util'

type Style = Parameters<typeof styleText>[0]

/** What rendering needs to know of a stream; process.stdout and process.stderr are such. */
export interface Output {
  write(text: string, done?: () => void): boolean
  readonly isTTY?: boolean
  readonly columns?: number
  hasColors?(): boolean
}

/** Colours `text` when `stream` is a terminal that shows colours and NO_COLOR is not set (hasColors looks at it). */
export function paint(style: Style, text: string, stream: Output = process.stdout): string {
  const coloured = stream.isTTY === true && stream.hasColors?.() === true
  return coloured ? styleText(style, text, { validateStream: false }) : text
}
