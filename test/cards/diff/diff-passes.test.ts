import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { DESIGN_CONFIG } from '../../../src/cards/design/design-config.js'
import { diffPasses } from '../../../src/cards/diff/diff-passes.js'
import type { ComparedPass } from '../../../src/cards/diff/pass-change.js'
import { withoutCardData } from '../../../src/cards/diff/without-card-data.js'
import { PASS, PIXEL } from '../design-folder.js'

type Json = Record<string, unknown>

const bundle = (
  passJson: Json,
  files: Readonly<Record<string, string | Uint8Array>> = {},
  config?: unknown,
): ComparedPass => ({
  passJson,
  files: new Map(Object.entries(files).map(([path, content]) => [path, Buffer.from(content)])),
  ...(config === undefined ? {} : { config: DESIGN_CONFIG.parse(config) }),
})

/** PASS with a change made to a copy of it. */
function changed(change: (pass: typeof PASS & Json) => void): Json {
  const copy = structuredClone(PASS) as typeof PASS & Json
  change(copy)
  return copy
}

const diff = (change: (pass: typeof PASS & Json) => void) => diffPasses(bundle(PASS), bundle(changed(change)))

describe('fields', () => {
  test('are the same ones as long as they have the same key', () => {
    const moved = diff(({ storeCard }) => {
      storeCard.secondaryFields.push(...(storeCard.headerFields.splice(0) as never[]))
    })
    expect(moved).toEqual([
      {
        kind: 'field-moved',
        place: 'storeCard/secondaryFields/level',
        field: 'level',
        before: 'headerFields/0',
        after: 'secondaryFields/1',
      },
    ])
  })

  test('that come and go are told whole', () => {
    const changes = diff(({ storeCard }) => {
      storeCard.headerFields.splice(0)
      storeCard.backFields.push({ key: 'new', label: 'New', value: 'x' })
    })
    expect(changes).toEqual([
      {
        kind: 'field-added',
        place: 'storeCard/backFields/new',
        field: 'new',
        after: { key: 'new', label: 'New', value: 'x' },
      },
      {
        kind: 'field-removed',
        place: 'storeCard/headerFields/level',
        field: 'level',
        before: PASS.storeCard.headerFields[0],
      },
    ])
  })

  test.each([
    ['label', 'label', 'Who'],
    ['value', 'value', 'x'],
    ['changeMessage', 'message', 'Now %@'],
    ['textAlignment', 'format', 'PKTextAlignmentRight'],
  ])('with another %s tell it', (attribute, kind, value) => {
    const [change, ...rest] = diff(({ storeCard }) =>
      Object.assign(storeCard.secondaryFields[0] ?? {}, { [attribute]: value }),
    )
    expect(rest).toEqual([])
    expect(change).toMatchObject({
      kind,
      field: 'name',
      place: `storeCard/secondaryFields/name/${attribute}`,
      after: value,
    })
  })

  test('in another order are told by the fewest that moved', () => {
    const order = (...keys: string[]) => bundle({ generic: { backFields: keys.map((key) => ({ key })) } })
    const moves = (before: ComparedPass, after: ComparedPass) =>
      diffPasses(before, after).map(({ kind, field }) => [kind, field])
    expect(moves(order('a', 'b', 'c', 'd'), order('d', 'a', 'b', 'c'))).toEqual([['field-moved', 'd']])
    expect(moves(order('a', 'b', 'c'), order('a', 'x', 'b', 'c'))).toEqual([['field-added', 'x']])
    expect(moves(order('a', 'b', 'c'), order('b', 'c'))).toEqual([['field-removed', 'a']])
  })

  test('of a pass that got another style are compared over that border', () => {
    const { storeCard, ...rest } = structuredClone(PASS)
    const changes = diffPasses(bundle(PASS), bundle({ ...rest, coupon: storeCard }))
    expect(changes).toEqual([{ kind: 'style', place: 'style', before: 'storeCard', after: 'coupon' }])
  })
})

describe('the rest of a pass', () => {
  test.each([
    ['colour', 'backgroundColor', '#000000'],
    ['text', 'description', 'Another card'],
    ['text', 'logoText', 'New'],
    ['relevance', 'expirationDate', '2030-01-01T00:00:00Z'],
    ['other', 'someKeyOfTheFuture', 1],
  ])('tells %s: %s', (kind, key, value) => {
    const [change, ...rest] = diff((pass) => Object.assign(pass, { [key]: value }))
    expect(rest).toEqual([])
    expect(change).toMatchObject({ kind, place: key, after: value })
  })

  test('tells where in a barcode or a list of places', () => {
    expect(diff(({ barcodes }) => Object.assign(barcodes[0] ?? {}, { format: 'PKBarcodeFormatAztec' }))).toEqual([
      { kind: 'barcode', place: 'barcodes/0/format', before: 'PKBarcodeFormatQR', after: 'PKBarcodeFormatAztec' },
    ])
  })

  test('does not tell tokens, only that they differ', () => {
    const changes = diffPasses(
      bundle({ authenticationToken: 'one-secret' }),
      bundle({ authenticationToken: 'another-secret' }),
    )
    expect(changes).toHaveLength(1)
    expect(JSON.stringify(changes)).not.toContain('-secret')
  })

  test('tells pictures with their sizes, and texts of each language', () => {
    const before = bundle(
      {},
      { 'icon.png': PIXEL, 'strip.png': 'old', 'ru.lproj/pass.strings': '"a" = "1"; "b" = "2";' },
    )
    const after = bundle(
      {},
      { 'icon.png': PIXEL, 'logo.png': PIXEL, 'strip.png': 'newer', 'ru.lproj/pass.strings': '"a" = "3"; "c" = "4";' },
    )
    expect(diffPasses(before, after)).toEqual([
      { kind: 'picture', place: 'logo.png', after: { bytes: PIXEL.length, width: 1, height: 1 } },
      { kind: 'picture', place: 'strip.png', before: { bytes: 3 }, after: { bytes: 5 } },
      { kind: 'translation', place: 'ru.lproj/pass.strings/a', before: '1', after: '3' },
      { kind: 'translation', place: 'ru.lproj/pass.strings/b', before: '2' },
      { kind: 'translation', place: 'ru.lproj/pass.strings/c', after: '4' },
    ])
  })

  test('tells that texts are saved otherwise though they say the same', () => {
    const before = bundle({}, { 'ru.lproj/pass.strings': '"a" = "1";' })
    const after = bundle({}, { 'ru.lproj/pass.strings': Buffer.from('\ufeff"a" = "1";', 'utf16le') })
    expect(diffPasses(before, after)).toMatchObject([{ kind: 'other', place: 'ru.lproj/pass.strings' }])
  })

  test('tells what feeds a design', () => {
    const config = { version: 1, fields: { name: { type: 'text' }, points: { type: 'number' } } }
    const other = { version: 1, fields: { name: { type: 'text', column: 'full_name' }, mail: { type: 'email' } } }
    expect(
      diffPasses(bundle({}, {}, config), bundle({}, {}, other)).map(({ kind, place }) => `${kind} ${place}`),
    ).toEqual([
      'feeding design.yaml/fields/name/column',
      'feeding design.yaml/fields/points',
      'feeding design.yaml/fields/mail',
    ])
    expect(diffPasses(bundle({}, {}, config), bundle({}))).toEqual([])
  })
})

test('between a design and a card what issuing sets is no change', () => {
  const card = changed((pass) => {
    Object.assign(pass, {
      serialNumber: '1001',
      authenticationToken: 'x'.repeat(20),
      webServiceURL: 'https://x.example',
    })
    Object.assign(pass.barcodes[0] ?? {}, { message: '1001', altText: '1001' })
    Object.assign(pass.storeCard.secondaryFields[0] ?? {}, { value: 'Ann', label: 'Who' })
    Object.assign(pass.storeCard.headerFields[0] ?? {}, { value: 'Gold' })
  })
  const changes = withoutCardData(diffPasses(bundle(PASS), bundle(card)), new Set(['name']))
  expect(changes.map(({ place }) => place)).toEqual([
    'storeCard/secondaryFields/name/label',
    'storeCard/headerFields/level/value',
  ])
})

describe('whatever stands in a pass', () => {
  const keys = fc.constantFrom(
    'storeCard',
    'coupon',
    'generic',
    'barcodes',
    'description',
    'x',
    '__proto__',
    'constructor',
    'authenticationToken',
  )
  const field = fc.record(
    { key: fc.constantFrom('a', 'b', 'c', '', 5), label: fc.string(), value: fc.oneof(fc.string(), fc.integer()) },
    { requiredKeys: [] },
  )
  const group = fc.oneof(
    fc.array(fc.oneof(field, fc.constantFrom(null, 1, 'x')), { maxLength: 5 }),
    fc.jsonValue({ maxDepth: 1 }),
  )
  const content = fc.dictionary(fc.constantFrom('headerFields', 'backFields', 'transitType'), group)
  const passes = fc
    .dictionary(keys, fc.oneof(content, fc.jsonValue({ maxDepth: 2 })))
    .map((pass) => JSON.parse(JSON.stringify(pass)) as Json)

  test('a pass does not differ from itself, nor from itself with its keys in another order', () => {
    const reversed = (value: unknown): unknown =>
      Array.isArray(value)
        ? value.map(reversed)
        : typeof value === 'object' && value !== null
          ? Object.fromEntries(
              Object.entries(value)
                .reverse()
                .map(([key, inner]) => [key, reversed(inner)]),
            )
          : value
    fc.assert(
      fc.property(passes, (pass) => {
        expect(diffPasses(bundle(pass), bundle(structuredClone(pass)))).toEqual([])
        expect(diffPasses(bundle(pass), bundle(reversed(pass) as Json))).toEqual([])
      }),
    )
  })

  test('two passes are told to be the same exactly when they say the same', () => {
    fc.assert(
      fc.property(passes, passes, (one, other) => {
        expect(diffPasses(bundle(one), bundle(other)).length === 0).toBe(canonical(one) === canonical(other))
      }),
      { numRuns: 300 },
    )
  })

  test('every single mutation is at least one change', () => {
    const mutated = passes.chain((pass) =>
      fc.record({
        pass: fc.constant(pass),
        place: fc.nat(),
        kind: fc.constantFrom('replace', 'remove', 'add', 'swap'),
        value: fc.jsonValue({ maxDepth: 1 }),
      }),
    )
    fc.assert(
      fc.property(mutated, ({ pass, place, kind, value }) => {
        const other = mutate(pass, { place, kind, value: JSON.parse(JSON.stringify(value)) })
        fc.pre(canonical(other) !== canonical(pass))
        expect(diffPasses(bundle(pass), bundle(other)).length).toBeGreaterThan(0)
      }),
      { numRuns: 500 },
    )
  })
})

/** JSON with the keys of objects in order. */
function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join()}]`
  if (typeof value !== 'object' || value === null) return JSON.stringify(value)
  const parts = Object.entries(value).map(([key, inner]) => `${JSON.stringify(key)}:${canonical(inner)}`)
  return `{${parts.sort().join()}}`
}

/** Changes one place of a JSON value, found by counting through all of them. */
function mutate(root: Json, { place, kind, value }: { place: number; kind: string; value: unknown }): Json {
  const copy = structuredClone(root)
  const places: { parent: Json | unknown[]; key: string }[] = []
  const visit = (node: unknown): void => {
    if (typeof node !== 'object' || node === null) return
    for (const key of Object.keys(node)) {
      places.push({ parent: node as Json, key })
      visit((node as Json)[key])
    }
  }
  visit(copy)
  const found = places[place % Math.max(places.length, 1)]
  if (found === undefined) return { ...copy, added: value }
  const { parent, key } = found
  if (Array.isArray(parent)) {
    const index = Number(key)
    if (kind === 'remove') parent.splice(index, 1)
    else if (kind === 'add') parent.splice(index, 0, value)
    else if (kind === 'swap') parent.push(...parent.splice(index, 1))
    else parent[index] = value
  } else if (kind === 'remove') delete parent[key]
  else if (kind === 'add')
    Object.defineProperty(parent, 'added', { value, enumerable: true, configurable: true, writable: true })
  else Object.defineProperty(parent, key, { value, enumerable: true, configurable: true, writable: true })
  return copy
}
