import { beforeAll, describe, expect, test } from 'vitest'
import { type Fonts, loadFonts } from '../../../src/cards/fonts/fonts.js'
import { layoutBack } from '../../../src/cards/preview/layout-back.js'
import type { Layout, TextBox } from '../../../src/cards/preview/layout-types.js'
import { type SampleField, sampleView } from './sample-view.js'

let fonts: Fonts
beforeAll(async () => {
  fonts = await loadFonts()
})

function back(backFields: readonly SampleField[], appearance: 'light' | 'dark' = 'light'): Layout {
  return layoutBack(sampleView({ groups: { backFields } }), { fonts, appearance })
}

function texts(layout: Layout): TextBox[] {
  return layout.boxes.filter((box) => box.kind === 'text')
}

const LONG = 'Points are valid for twelve months after the purchase that earned them. '

describe('the details of a pass', () => {
  test('begin with whose it is and what it is', () => {
    const [title, note] = texts(back([]))
    expect(title).toMatchObject({ source: 'organizationName', role: 'title', text: 'Corner Coffee' })
    expect(note).toMatchObject({ source: 'description', role: 'note', text: 'Bonus card' })
  })

  test('show each field with its label above its text, in order', () => {
    const layout = back([
      { label: 'First', text: 'One' },
      { label: 'Second', text: 'Two' },
    ])
    const fields = texts(layout).slice(2)
    expect(fields.map(({ source }) => source.split('/').slice(1).join('/'))).toEqual([
      'backFields/0/label',
      'backFields/0/value',
      'backFields/1/label',
      'backFields/1/value',
    ])
    const baselines = fields.map(({ lines }) => lines[0]!.baseline)
    expect(baselines).toEqual([...baselines].sort((a, b) => a - b))
  })

  test('wrap long texts inside of their cell and grow with them', () => {
    const [short, long] = [back([{ label: 'A', text: LONG }]), back([{ label: 'A', text: LONG.repeat(30) }])]
    expect(long.height).toBeGreaterThan(short.height + 500)
    const value = texts(long).at(-1)!
    expect(value.lines.length).toBeGreaterThan(30)
    for (const line of value.lines) expect(line.x + line.width).toBeLessThanOrEqual(375 - 32 + 0.01)
    const group = long.boxes.find((box) => box.kind === 'shape' && box.role === 'group')!
    expect(group.rect.y + group.rect.height).toBeGreaterThan(value.lines.at(-1)!.baseline)
    expect(value.truncated).toBe(false)
  })

  test('keep line breaks and empty lines', () => {
    const value = texts(back([{ label: '', text: 'one\n\nthree' }])).at(-1)!
    expect(value.lines.map(({ text }) => text)).toEqual(['one', 'three'])
    const [one, three] = value.lines
    expect(three!.baseline - one!.baseline).toBe(40)
  })

  test('show links in blue where they stand in the text, also across lines', () => {
    const runs = [
      { text: 'Write to ' },
      { text: 'hello@example.com', href: 'mailto:hello@example.com' },
      { text: ' or visit ' },
      { text: 'https://example.com/a-rather-long-address/with-many-parts', href: 'https://example.com' },
      { text: ' today.' },
    ]
    const text = runs.map((run) => run.text).join('')
    const boxes = texts(back([{ label: '', text, runs }])).slice(2)
    expect(boxes.map(({ role }) => role)).toEqual(['value', 'link', 'link'])
    const [value, mail, web] = boxes
    expect(mail!.colour).toEqual([0, 122, 255])
    expect(mail!.lines.map((line) => line.text)).toEqual(['hello@example.com'])
    expect(mail!.lines[0]!.x).toBeCloseTo(32 + fonts.width('Write to ', { size: 15, weight: 400 }), 1)
    expect(web!.lines.length).toBeGreaterThan(1)
    expect(web!.lines.map((line) => line.text).join('')).toBe(runs[3]!.text)
    expect(value!.lines.map((line) => line.text).join('')).toContain('today.')
  })

  test('are dark on a dark phone, whatever the colours of the card', () => {
    const [light, dark] = [back([{ label: 'A', text: 'one' }]), back([{ label: 'A', text: 'one' }], 'dark')]
    expect(light.boxes[0]).toMatchObject({ role: 'sheet', fill: [242, 242, 247] })
    expect(dark.boxes[0]).toMatchObject({ role: 'sheet', fill: [28, 28, 30] })
    expect(texts(light)[0]!.colour).toEqual([0, 0, 0])
    expect(texts(dark)[0]!.colour).toEqual([255, 255, 255])
    expect(dark.boxes.map(({ rect }) => rect)).toEqual(light.boxes.map(({ rect }) => rect))
  })

  test('have more information in a group of its own', () => {
    const view = sampleView({
      groups: { backFields: [{ label: 'A', text: 'one' }], additionalInfoFields: [{ label: 'B', text: 'two' }] },
    })
    const layout = layoutBack(view, { fonts, appearance: 'light' })
    expect(layout.boxes.filter((box) => box.kind === 'shape' && box.role === 'group')).toHaveLength(2)
  })

  test('begin at the right where a text is Arabic', () => {
    const value = texts(back([{ label: 'عربي', text: 'مرحبا بالعالم' }])).at(-1)!
    expect(value.lines[0]!.x + value.lines[0]!.width).toBeCloseTo(375 - 32, 1)
  })

  test('cut a text of more than twenty thousand characters, and say so', () => {
    const value = texts(back([{ label: 'A', text: LONG.repeat(500) }])).at(-1)!
    expect(value.truncated).toBe(true)
    expect(value.lines.at(-1)!.text).toMatch(/…$/)
  })
})
