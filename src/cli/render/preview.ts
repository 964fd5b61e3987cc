import type { PreviewPicture, PreviewResult } from '../../app/preview/preview-design.js'
import type { PreviewEvent } from '../../app/preview/watch-preview.js'
import { drawPicture } from '../picture/draw-picture.js'
import type { TerminalPlan } from '../picture/types.js'
import { formatBytes, formatDuration } from './numbers.js'
import { type Output, paint } from './styles.js'

/** A picture for the terminal, and how it is drawn there. */
export interface ShownPicture {
  readonly picture: PreviewPicture | undefined
  readonly plan: TerminalPlan | undefined
}

/** The picture, the files and what there is to say about them. '' when there is nothing of it. */
export function renderPreview(
  { files, warnings }: PreviewResult,
  { picture, plan }: ShownPicture,
  output: Output = process.stdout,
): string {
  return [
    ...(picture === undefined || plan === undefined ? [] : [drawPicture(picture, plan)]),
    ...files.map(({ path, bytes, width, height }) => {
      const size = width === undefined ? '' : `${width} x ${height}, `
      return `${path} ${paint('dim', `(${size}${formatBytes(bytes)})`, output)}`
    }),
    ...warnings.map((warning) => `${paint('yellow', 'Note:', output)} ${warning}`),
  ].join('\n')
}

/** One line for each time that the preview was made, such as `14:03:22  bonus  120 ms`; before it the picture. */
export function renderPreviewEvent(
  event: Exclude<PreviewEvent, { type: 'note' }>,
  plan: TerminalPlan | undefined,
  output: Output = process.stdout,
): string {
  if (event.type === 'serving') return event.url
  if (event.type === 'broken') return `${clock(event.at, output)}  ${paint('red', event.failure.message, output)}`
  const { at, result, picture } = event
  const { design, files, warnings, milliseconds } = result
  const names = files.length === 0 ? design : files.map(({ path }) => path).join(', ')
  const [first] = warnings
  const notes = first === undefined ? '' : `  ${paint('yellow', noted(first, warnings.length), output)}`
  const line = `${clock(at, output)}  ${names}  ${formatDuration(milliseconds / 1000)}${notes}`
  return picture === undefined || plan === undefined ? line : `${drawPicture(picture, plan)}\n${line}`
}

function noted(first: string, count: number): string {
  return count === 1 ? first : `${first} And ${count - 1} more.`
}

function clock(at: Date, output: Output): string {
  const text = [at.getHours(), at.getMinutes(), at.getSeconds()].map((part) => String(part).padStart(2, '0')).join(':')
  return paint('dim', text, output)
}
