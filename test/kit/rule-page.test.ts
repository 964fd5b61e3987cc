import { access } from 'node:fs/promises'
import { expect, test } from 'vitest'
import { rulePageUrl } from '../../src/kit/rule-page.js'
import { VERIFY_RULE_GROUPS } from '../../src/verifying/rules.js'

const root = new URL('../../', import.meta.url)
const PACKAGE = 'https://unpkg.com/tessera-cards@1.2.3/'

test('the address of a rule is that of its own page', () => {
  expect(rulePageUrl('picture.icon-scale', '1.2.3')).toBe(`${PACKAGE}docs/rules/picture/icon-scale.md`)
})

test('the page of every rule is there', async () => {
  for (const { id } of VERIFY_RULE_GROUPS.flatMap(({ rules }) => rules)) {
    const url = rulePageUrl(id, '1.2.3')
    expect(url.startsWith(PACKAGE)).toBe(true)
    await expect(access(new URL(url.slice(PACKAGE.length), root)), id).resolves.toBeUndefined()
  }
})
