import { readdir } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import sharp from 'sharp'
import { describe, expect, test } from 'vitest'
import { contrast, parseColour, type Rgb } from '../../../src/cards/colour/colour.js'
import { describeDesign } from '../../../src/cards/design/describe-design.js'
import { PASS_STYLES } from '../../../src/cards/design/design.js'
import { designBundle, UNSIGNED } from '../../../src/cards/design/design-bundle.js'
import { loadDesign } from '../../../src/cards/design/load-design.js'
import { sampleCard } from '../../../src/cards/design/sample-card.js'
import { loadFonts } from '../../../src/cards/fonts/fonts.js'
import {
  type PictureName,
  parsePicturePath,
  pictureSize,
  SHOWN_BY_STYLE,
} from '../../../src/cards/pictures/picture-size.js'
import { layoutFront } from '../../../src/cards/preview/layout-front.js'
import type { Rect, TextBox } from '../../../src/cards/preview/layout-types.js'
import { FIELD_GROUPS, STYLE_LIMITS } from '../../../src/cards/styles.js'
import { readStringsFile } from '../../../src/cards/view/strings-file.js'
import type { PassView } from '../../../src/cards/view/types.js'
import { viewPass } from '../../../src/cards/view/view-pass.js'
import { DESIGN_KINDS, KIND_NAMES } from '../../../src/kit/design-kinds.js'
import { tempDir } from '../../support/temp-dir.js'

const folder = fileURLToPath(new URL('../../../templates/designs', import.meta.url))
const cacheDir = await tempDir('templates')
const LANGUAGES = ['en', 'ru'] as const
/** What a card may weigh before anything of the client's is in it. */
const BUDGET = 60_000
/** Pictures that are made to fit; the others keep their shape below a greatest size. */
const EXACT = ['icon', 'strip', 'thumbnail', 'background']

interface JsonField {
  readonly key: string
  readonly label?: string
  readonly value?: unknown
  readonly attributedValue?: string
  readonly changeMessage?: string
  readonly textAlignment?: string
  readonly numberStyle?: string
}
type JsonStyle = Readonly<Record<string, readonly JsonField[]>>

test('there is a template for every kind on the list, and no other', async () => {
  expect((await readdir(folder)).sort()).toEqual([...KIND_NAMES].sort())
  expect(KIND_NAMES).toHaveLength(9)
  expect(new Set(DESIGN_KINDS.map(({ title }) => title)).size).toBe(9)
})

test('no two templates share a colour of the ground', async () => {
  const grounds = await Promise.all(KIND_NAMES.map(async (kind) => (await load(kind)).passJson.backgroundColor))
  expect(new Set(grounds).size).toBe(9)
})

const load = (kind: string) => loadDesign(`${folder}/${kind}`)

describe.each(KIND_NAMES)('the %s template', (kind) => {
  test('is a design without warnings, and light', async () => {
    const described = describeDesign(await load(kind))
    expect(described).toMatchObject({ languages: LANGUAGES, warnings: [], ignored: [] })
    expect(described.bytes).toBeLessThan(BUDGET)
    const { title } = DESIGN_KINDS.find((entry) => entry.kind === kind) ?? {}
    expect(described.title).toBe(title)
  })

  test('translates every text into both languages, and nothing else', async () => {
    const design = await load(kind)
    const texts = new Set([
      String(design.passJson.description),
      ...design.fields.flatMap(({ options = [] }) => options),
    ])
    for (const { label, value, attributedValue, changeMessage } of await fieldsOf(kind)) {
      if (changeMessage !== undefined) expect(changeMessage).toContain('%@')
      for (const text of [label, value, changeMessage]) {
        if (typeof text === 'string' && attributedValue !== text && isWritten(text)) texts.add(text)
      }
    }
    for (const language of LANGUAGES) {
      const file = readStringsFile(design.files.get(`${language}.lproj/pass.strings`) ?? new Uint8Array())
      expect(file.mistakes).toEqual([])
      expect(file.entries.map(({ key }) => key).sort()).toEqual([...texts].sort())
      for (const { key, value } of file.entries) {
        expect(value.trim()).not.toBe('')
        expect(value.includes('%@')).toBe(key.includes('%@'))
        expect(/[а-яё]/i.test(value)).toBe(language === 'ru' && /\p{L}/u.test(key))
      }
    }
  })

  test('has every picture of its style at three scales, each of exactly its size', async () => {
    const { pictures, style } = describeDesign(await load(kind))
    const styles = PASS_STYLES.filter((name) => name === style || (style === 'posterGeneric' && name === 'generic'))
    const scales = new Map<string, number[]>()
    for (const { file, width = 0, height = 0 } of pictures) {
      const { name = '', scale = 0 } = parsePicturePath(file) ?? {}
      scales.set(name, [...(scales.get(name) ?? []), scale])
      const shownBy = styles.find((one) => SHOWN_BY_STYLE[name as PictureName].includes(one))
      expect(shownBy, `${file} is shown`).toBeDefined()
      const size = pictureSize(name as PictureName, shownBy ?? style)
      if (EXACT.includes(name)) expect([file, width, height]).toEqual([file, size.width * scale, size.height * scale])
      expect(width).toBeLessThanOrEqual(size.width * scale)
      expect(height).toBeLessThanOrEqual(size.height * scale)
    }
    for (const name of ['icon', 'logo']) expect([...scales.keys()]).toContain(name)
    for (const found of scales.values()) expect(found.sort()).toEqual([1, 2, 3])
  })

  test('can be read: values and labels stand out from the ground', async () => {
    const { passJson } = await load(kind)
    const ground = colourOf(passJson.backgroundColor)
    expect(contrast(colourOf(passJson.foregroundColor), ground)).toBeGreaterThanOrEqual(4.5)
    expect(contrast(colourOf(passJson.labelColor), ground)).toBeGreaterThanOrEqual(4.5)
  })

  test('keeps to what its style shows', async () => {
    const { passJson } = await load(kind)
    const { barcodes } = passJson as { barcodes: { format: string }[] }
    const square = barcodes.some(({ format }) => /QR|Aztec/.test(format))
    for (const style of PASS_STYLES) {
      const groups = passJson[style] as JsonStyle | undefined
      if (groups === undefined) continue
      const limits = STYLE_LIMITS[style]
      for (const group of FIELD_GROUPS) {
        if (group in limits) {
          expect(groups[group]?.length ?? 0).toBeLessThanOrEqual(limits[group as keyof typeof limits] ?? 0)
        }
      }
      const below = (groups.secondaryFields?.length ?? 0) + (groups.auxiliaryFields?.length ?? 0)
      if (square && limits.belowWithSquareCode !== undefined) {
        expect(below).toBeLessThanOrEqual(limits.belowWithSquareCode)
      }
      for (const { textAlignment } of [...(groups.primaryFields ?? []), ...(groups.backFields ?? [])]) {
        expect(textAlignment).toBeUndefined()
      }
    }
  })

  test('says on the back how it works, on what conditions, and how to reach the shop', async () => {
    const { passJson, style } = await load(kind)
    const back = (passJson[style] as JsonStyle).backFields ?? []
    const keys = back.map(({ key }) => key)
    expect(keys).toEqual(expect.arrayContaining(['how', 'friend', 'conditions', 'website', 'phone', 'contact']))
  })

  test.each(LANGUAGES)('has a sample in %s that fits on the card', async (locale) => {
    const design = await load(kind)
    const { sample } = design.config
    expect(Object.keys(sample)).toEqual(LANGUAGES)
    const card = sampleCard(design, { locale })
    expect(Object.keys(card.values).sort()).toEqual(design.fields.map(({ key }) => key).sort())
    const fonts = await loadFonts()
    for (const ios of [26, 27] as const) {
      const { boxes } = layoutFront(await viewOf(kind, locale, ios), { fonts, ios })
      const texts = boxes.flatMap((box) => (box.kind === 'text' ? [box] : []))
      expect(texts.filter(({ truncated }) => truncated).map(({ text }) => text)).toEqual([])
      expect(texts.length).toBeGreaterThan(5)
    }
  })

  test.each(LANGUAGES)('leaves its pictures calm where texts lie over them, in %s', async (locale) => {
    const view = await viewOf(kind, locale)
    const { boxes } = layoutFront(view, { fonts: await loadFonts() })
    for (const text of boxes) {
      if (text.kind !== 'text' || text.over === undefined) continue
      const place = boxes.find((box) => box.kind === 'picture' && box.name === text.over)
      const bytes = view.pictures.get(text.over)?.bytes
      if (place === undefined || bytes === undefined) continue
      const beneath = await coloursBeneath(bytes, { text, place: place.rect })
      const worst = Math.min(...beneath.map((colour) => contrast(colour, text.colour)))
      // Large type counts as readable from 3 on (WCAG 2.2, 1.4.3).
      expect(worst, `${text.text} over the ${text.over}`).toBeGreaterThanOrEqual(text.size >= 24 ? 3 : 4)
    }
  })

  test('shows every field that members feed', async () => {
    const { fields } = await load(kind)
    const shown = new Set((await fieldsOf(kind)).map(({ key }) => key))
    expect(fields.filter(({ key }) => !shown.has(key)).map(({ key }) => key)).toEqual([])
  })
})

async function viewOf(kind: string, locale: string, ios: 26 | 27 = 27): Promise<PassView> {
  const design = await load(kind)
  const options = { identity: UNSIGNED, currency: 'EUR', cacheDir }
  const bundle = await designBundle(design, sampleCard(design, { locale }), options)
  return viewPass(bundle, { locale, ios, now: Date.parse('2026-11-24T10:00:00Z') })
}

/** The pixels of a picture behind the lines of a text, as the card shows it. */
async function coloursBeneath(picture: Uint8Array, { text, place }: { text: TextBox; place: Rect }): Promise<Rgb[]> {
  const size = { width: Math.round(place.width), height: Math.round(place.height) }
  const pixels = await sharp(picture)
    .resize({ ...size, fit: 'cover' })
    .flatten()
    .raw()
    .toBuffer()
  const colours: Rgb[] = []
  for (const { x, baseline, width } of text.lines) {
    for (let top = Math.floor(baseline - text.size * 0.75); top < baseline; top++) {
      for (let left = Math.floor(x); left < x + width; left++) {
        const at = 3 * (Math.round(top - place.y) * size.width + Math.round(left - place.x))
        colours.push([pixels[at] ?? 0, pixels[at + 1] ?? 0, pixels[at + 2] ?? 0])
      }
    }
  }
  return colours
}

async function fieldsOf(kind: string): Promise<JsonField[]> {
  const { passJson } = await load(kind)
  return PASS_STYLES.flatMap((style) => Object.values((passJson[style] as JsonStyle | undefined) ?? {}).flat())
}

/** False for what is the same in every language: nothing, a dash, an address, a telephone number, a moment. */
function isWritten(text: string): boolean {
  return /\p{L}|%/u.test(text) && !/^https?:|@example\.com$|^\d{4}-\d\d-\d\dT/.test(text)
}

function colourOf(text: unknown): Rgb {
  const colour = parseColour(text)
  if (colour === undefined) throw new Error(`${text} is no colour`)
  return colour
}
