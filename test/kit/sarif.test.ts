import { expect, test } from 'vitest'
import { RULES } from '../../src/cards/check/rules.js'
import { toSarif } from '../../src/kit/sarif.js'
import { findingsOf } from '../cards/check/check-changed.js'

interface Log {
  readonly version: string
  readonly $schema: string
  readonly runs: readonly {
    readonly tool: { readonly driver: { readonly name: string; readonly rules: readonly Record<string, unknown>[] } }
    readonly results: readonly {
      readonly ruleId: string
      readonly ruleIndex: number
      readonly level: string
      readonly message: { readonly text: string }
      readonly locations: readonly {
        readonly physicalLocation: {
          readonly artifactLocation: { readonly uri: string }
          readonly region?: { readonly startLine: number; readonly startColumn?: number }
        }
      }[]
    }[]
  }[]
}

test('findings become a SARIF log with rules, levels and relative places', async () => {
  const findings = await findingsOf('store', {
    set: { formatVersion: 2, relevantDate: '2027-03-01T18:00:00Z' },
    files: async () => ({ 'icon@3x.png': undefined }),
  })
  const log = toSarif([{ dir: 'designs/Bonus Nord.pkpasstemplate', findings }], {
    version: '1.2.3',
    rules: RULES,
  }) as Log
  expect(log).toMatchObject({ version: '2.1.0', $schema: expect.stringMatching(/^https:.*sarif-2\.1\.0\.json$/) })
  const [run] = log.runs
  expect(run?.tool.driver.rules).toHaveLength(RULES.length)
  for (const rule of run?.tool.driver.rules ?? []) {
    expect(rule).toMatchObject({
      id: expect.stringMatching(/^[a-z]+\.[a-z-]+$/),
      shortDescription: { text: expect.any(String) },
      fullDescription: { text: expect.any(String) },
      help: { text: expect.any(String), markdown: expect.any(String) },
      helpUri: expect.stringMatching(/^https:\/\/\S+@1\.2\.3\/docs\/rules\/[a-z]+\/[a-z-]+\.md$/),
      defaultConfiguration: { level: expect.stringMatching(/^(?:error|warning|note)$/) },
    })
  }
  const results = run?.results.map(({ ruleId, level, locations: [place] }) => ({
    ruleId,
    level,
    uri: place?.physicalLocation.artifactLocation.uri,
    region: place?.physicalLocation.region,
  }))
  const folder = 'designs/Bonus%20Nord.pkpasstemplate'
  expect(results).toEqual([
    {
      ruleId: 'identity.format-version',
      level: 'error',
      uri: `${folder}/pass.json`,
      region: { startLine: 2, startColumn: 20 },
    },
    { ruleId: 'picture.icon-scale', level: 'warning', uri: `${folder}/icon@3x.png`, region: undefined },
    { ruleId: 'date.relevant-date', level: 'note', uri: `${folder}/pass.json`, region: expect.any(Object) },
  ])
  for (const { ruleId, ruleIndex, message } of run?.results ?? []) {
    expect(run?.tool.driver.rules[ruleIndex]?.id).toBe(ruleId)
    expect(message.text).not.toBe('')
  }
})
