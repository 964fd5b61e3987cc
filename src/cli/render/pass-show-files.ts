import type { PassDescription } from '../../app/passes/describe-pass.js'
import { formatBytes, plural } from './numbers.js'
import type { Output } from './styles.js'
import { table } from './table.js'
import { oneLine } from './text-block.js'

type Section = readonly [title: string, lines: readonly string[]]

/** The pictures and the other files. */
export function fileLines({ pictures, otherFiles }: PassDescription, width: number, output: Output): Section[] {
  const columns = { ...output, columns: width } as Output
  const list = table(
    pictures,
    [
      { title: 'file', value: ({ file }) => oneLine(file, Math.max(16, width - 40)) },
      { title: 'scale', value: ({ scale }) => `@${scale}x` },
      { title: 'pixels', value: ({ width: across, height }) => (across === null ? 'no PNG' : `${across} x ${height}`) },
      { title: 'size', value: ({ bytes }) => formatBytes(bytes) },
    ],
    columns,
  )
  return [
    ['Pictures', list === '' ? [] : list.split('\n').slice(1)],
    [
      'Other files',
      otherFiles.map(({ file, bytes }) => `${oneLine(file, Math.max(16, width - 14))} (${formatBytes(bytes)})`),
    ],
  ]
}

/** Texts of one language that are written out. */
const MOST_TEXTS = 200

/** With --strings: what pass.json says, and what phones show for it, language by language. */
export function stringsLines({ strings = [] }: PassDescription, width: number, output: Output): Section[] {
  return strings.map(({ file, texts }) => {
    const list = table(
      texts.slice(0, MOST_TEXTS),
      [
        { title: 'text', value: ({ text }) => oneLine(text, Math.floor(width / 3)) },
        { title: 'shown', value: ({ translation }) => oneLine(translation, Math.floor(width / 2)) },
      ],
      output,
    )
    const rest =
      texts.length > MOST_TEXTS ? [`and ${plural(texts.length - MOST_TEXTS, 'more text')}; --json has them`] : []
    return [oneLine(file, width), [...(list === '' ? ['(no texts)'] : list.split('\n').slice(1)), ...rest]]
  })
}
