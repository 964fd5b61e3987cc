import { beforeAll, describe, expect, test } from 'vitest'
import type { DesignRules } from '../../../src/issuing/updates/design-rules.js'
import { planUpdates } from '../../../src/issuing/updates/update-columns.js'
import { workbench } from '../workbench.js'
import { rulebook } from './run-update.js'

const bench = await workbench('update-columns')
let designs: readonly DesignRules[] = []

beforeAll(async () => {
  await bench.design('plain', 'version: 1\nfields: {name: {type: text}}\n')
  await bench.design(
    'crossed',
    `version: 1
serial: {column: Card}
expires: {column: until}
barcode: {column: code}
fields:
  name: {type: text, column: level}
  level: {type: text, column: Rank}
  expires: {type: text}
  sharing: {type: text}
`,
  )
  for (const design of ['plain', 'crossed']) {
    await bench.table(`${design}.csv`, [
      ['Card', 'serial', 'name', 'level', 'Rank', 'expires', 'until', 'sharing', 'code'],
      [design, design, 'Ann', 'a', 'b', 'c', '', 'd', '1'],
    ])
    await bench.issue(`${design}.csv`, { design })
  }
  designs = await rulebook(bench).all()
})

/** What a column changes, by design: `name`, `+expires` for what is no field. */
function targetsOf(column: string): Record<string, string[]> {
  const plan = planUpdates('changes.csv', ['serial', column], designs)
  return Object.fromEntries(
    designs.map((rules) => [
      rules.name,
      plan
        .columnsOf(rules)
        .flatMap(({ targets }) => targets)
        .map((target) => (target.kind === 'field' ? target.spec.key : `+${target.option}`)),
    ]),
  )
}

describe('a column changes what it feeds in issuing', () => {
  test.each([
    ['name', { plain: ['name'], crossed: ['name'] }],
    // The name of the column that feeds another field, not the key.
    ['level', { plain: [], crossed: ['name'] }],
    ['RANK ', { plain: [], crossed: ['level'] }],
    ['expires', { plain: ['+expires'], crossed: ['expires'] }],
    ['until', { plain: [], crossed: ['+expires'] }],
    ['sharing', { plain: ['+sharing'], crossed: ['sharing'] }],
    ['code', { plain: [], crossed: ['+barcode'] }],
    ['barcode', { plain: ['+barcode'], crossed: ['+barcode'] }],
    ['voided', { plain: ['+voided'], crossed: ['+voided'] }],
  ])('%s', (column, targets) => {
    expect(targetsOf(column)).toEqual(targets)
  })
})

test('serials stand in the column of that name, or in the one that a design names', () => {
  expect(planUpdates('changes.csv', ['name', 'CARD'], designs).serial).toBe(1)
  expect(planUpdates('changes.csv', [' Serial', 'name'], designs).serial).toBe(0)
  expect(() => planUpdates('changes.csv', ['name'], designs)).toThrow('there is no column "serial"')
})

test('all that is wrong with a header is said at once', () => {
  expect(() => planUpdates('changes.csv', ['card', 'nam', 'colour'], designs)).toThrow(
    /no design has a field for the column "nam" \(did you mean "name"\?\); .*column "colour"/,
  )
})
