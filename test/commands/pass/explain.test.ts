import { expect, test } from 'vitest'
import PassExplain from '../../../src/commands/pass/explain.js'
import { VERIFY_RULE_GROUPS } from '../../../src/verifying/rules.js'
import { runCommand } from '../../support/run-command.js'

const explain = (...words: string[]) => runCommand(PassExplain, words, { id: 'pass:explain' })

test('a rule is told in full', async () => {
  const { stdout } = await explain('certificate.issuer')
  const rule = VERIFY_RULE_GROUPS.flatMap(({ rules }) => rules).find(({ id }) => id === 'certificate.issuer')
  const words = stdout.replaceAll(/\s+/g, ' ')
  expect(stdout.startsWith('certificate.issuer: refused\n')).toBe(true)
  for (const text of [rule?.title, rule?.reason, rule?.fix, rule?.source, rule?.command]) expect(words).toContain(text)
  expect(words).toContain('docs/rules/certificate/issuer.md')
})

test('every rule can be explained, and every group', async () => {
  for (const { id, rules } of VERIFY_RULE_GROUPS) {
    const { stdout } = await explain(id)
    for (const rule of rules) {
      expect(stdout).toContain(rule.id)
      expect((await explain(rule.id, '--json')).json()).toMatchObject({ id: rule.id, fix: rule.fix })
    }
  }
})

test('all are listed without a name', async () => {
  const { stdout } = await explain()
  for (const { id, rules } of VERIFY_RULE_GROUPS)
    for (const name of [id, ...rules.map((rule) => rule.id)]) expect(stdout).toContain(name)
  expect((await explain('--json')).json<{ groups: unknown[] }>().groups).toHaveLength(VERIFY_RULE_GROUPS.length)
})

test('the rule that was meant is named, or how to list them', async () => {
  const run = await explain('certificate.isuer', '--json')
  expect(run.exitCode).toBe(2)
  expect(run.json()).toMatchObject({ error: { code: 'RULE_UNKNOWN', hints: ['Did you mean certificate.issuer?'] } })
  expect((await explain('xyz-something-else', '--json')).json()).toMatchObject({
    error: { hints: ['List them: tessera pass explain'] },
  })
})
