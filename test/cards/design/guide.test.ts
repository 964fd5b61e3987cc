import { readFile } from 'node:fs/promises'
import { describe, expect, test } from 'vitest'
import { loadDesign } from '../../../src/cards/design/load-design.js'
import { FIELD_TYPES } from '../../../src/cards/values/types.js'
import { designFolder } from '../design-folder.js'

const guide = await readFile(new URL('../../../docs/guides/designs.md', import.meta.url), 'utf8')
const examples = [...guide.matchAll(/```yaml\n([\s\S]*?)```/g)].map((match) => match[1] ?? '')

describe('the guide to designs', () => {
  test.each(examples.map((yaml) => [yaml]))('its example is a design.yaml: %s', async (yaml) => {
    const text = yaml.startsWith('version') ? yaml : `version: 1\n${yaml}`
    expect((await loadDesign(await designFolder({ yaml: text }))).config.version).toBe(1)
  })

  test('names every type and every key', async () => {
    const schema = await readFile(new URL('../../../src/cards/design/design-config.ts', import.meta.url), 'utf8')
    const keys = [...schema.matchAll(/^\s+([a-zA-Z]+): (?:z|text|colour|scalarText|fromColumn|STAMPS|FIELD)\b/gm)].map(
      (match) => match[1],
    )
    expect(keys.length).toBeGreaterThan(15)
    for (const word of [...keys, ...FIELD_TYPES]) expect(guide).toContain(`\`${word}\``.replace(/`/g, ''))
  })
})
