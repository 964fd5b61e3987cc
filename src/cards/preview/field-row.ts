import type { Rgb } from '../colour/colour.js'
import type { Fonts } from '../fonts/fonts.js'
import type { ViewField } from '../view/types.js'
import type { TextBox } from './layout-types.js'
import { type Alignment, isRightToLeft, textLine, toLine } from './text-line.js'

/** How the two texts of a field are set. */
export interface FieldLook {
  readonly labelSize: number
  readonly valueSize: number
  readonly label: Rgb
  readonly value: Rgb
  /** The picture under the texts. */
  readonly over?: string
}

export interface RowSpec extends FieldLook {
  readonly fields: readonly ViewField[]
  readonly x: number
  readonly y: number
  readonly width: number
  /** Where fields without an alignment of their own go. `spread`: the first left, the last of several right. */
  readonly natural: 'spread' | Alignment
}

export const LABEL_SIZE = 11
const GAP = 12
/** How far values and labels shrink before they are cut. */
const SMALLEST_VALUE = 0.6
const SMALLEST_LABEL = 0.8

/** The height of a row: a label and a value below it. */
export function rowHeight({ labelSize, valueSize }: Pick<FieldLook, 'labelSize' | 'valueSize'>): number {
  return labelHeight(labelSize) + valueHeight(valueSize)
}

/** Fields side by side, labels and values each on one baseline. */
export function fieldRow(fonts: Fonts, row: RowSpec): TextBox[] {
  const natural = row.fields.map((field) => fieldWidth(fonts, field, row))
  let x = row.x
  return columnWidths(natural, row.width, GAP).flatMap((width, index) => {
    const field = row.fields[index]
    if (field === undefined) return []
    const boxes = fieldBoxes(fonts, field, { ...row, x, width, align: alignmentOf(field, index, row) })
    x += width + GAP
    return boxes
  })
}

/** What a field takes up with nothing shrunk. */
export function fieldWidth(fonts: Fonts, field: ViewField, look: FieldLook): number {
  return Math.max(
    fonts.width(toLine(field.label), { size: look.labelSize, weight: 600 }),
    fonts.width(toLine(field.text), { size: look.valueSize, weight: 400 }),
  )
}

interface FieldPlace extends FieldLook {
  readonly x: number
  readonly y: number
  readonly width: number
  readonly align: Alignment
  /** The value above its label, as the large values of store cards and coupons are. */
  readonly valueFirst?: boolean
}

/** Label and value of a field, one above the other; nothing for a text that is empty. */
export function fieldBoxes(fonts: Fonts, field: ViewField, place: FieldPlace): TextBox[] {
  const { x, width, align } = place
  const over = place.over === undefined ? {} : { over: place.over }
  const [label, value] = [labelHeight(place.labelSize), valueHeight(place.valueSize)]
  const boxes: TextBox[] = []
  if (field.label !== '') {
    const y = place.valueFirst === true ? place.y + value : place.y
    const look = { size: place.labelSize, smallest: SMALLEST_LABEL, weight: 600, colour: place.label } as const
    const rect = { x, y, width, height: label }
    const source = `${field.path}/label`
    boxes.push(textLine(fonts, { source, role: 'label', text: field.label, rect, align, ...look, ...over }))
  }
  if (field.text !== '') {
    const y = place.valueFirst === true ? place.y : place.y + label
    const look = { size: place.valueSize, smallest: SMALLEST_VALUE, weight: 400, colour: place.value } as const
    const rect = { x, y, width, height: value }
    const source = `${field.path}/value`
    boxes.push(textLine(fonts, { source, role: 'value', text: field.text, rect, align, ...look, ...over }))
  }
  return boxes
}

/** Equal columns where all fit; else the narrow ones keep what they need and the others share the rest. */
export function columnWidths(natural: readonly number[], width: number, gap: number): number[] {
  const count = natural.length
  const room = width - gap * (count - 1)
  if (natural.every((own) => own <= room / count)) return natural.map(() => room / count)
  const widths = natural.map(() => 0)
  let left = room
  const byWidth = natural.map((own, index) => ({ own, index })).sort((a, b) => a.own - b.own)
  byWidth.forEach(({ own, index }, taken) => {
    widths[index] = Math.min(own, left / (count - taken))
    left -= widths[index] ?? 0
  })
  return widths.map((own) => own + left / count)
}

export function alignmentOf(field: ViewField, index: number, row: Pick<RowSpec, 'fields' | 'natural'>): Alignment {
  if (field.alignment !== 'natural') return field.alignment
  if (row.natural !== 'spread') return row.natural
  if (row.fields.length < 2) return isRightToLeft(field.text) ? 'right' : 'left'
  return index === row.fields.length - 1 ? 'right' : 'left'
}

function labelHeight(size: number): number {
  return size + 4
}

function valueHeight(size: number): number {
  return Math.ceil(size * 1.22)
}
