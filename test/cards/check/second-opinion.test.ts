import { PKPass } from 'passkit-generator'
import { describe, expect, onTestFinished, test, vi } from 'vitest'
import { createCheckInput } from '../../../src/cards/check/check-input.js'
import { checkPass } from '../../../src/cards/check/check-pass.js'
import { readPassText } from '../../../src/cards/pass/read-pass-text.js'
import type { Finding } from '../../../src/kit/findings.js'
import { NOW, put } from './check-changed.js'
import { atScales } from './good-designs.js'
import { type Opinion, SECOND_OPINION_PASS, SECOND_OPINIONS } from './second-opinion.js'

function passText({ set }: Opinion): string {
  const pass = structuredClone(SECOND_OPINION_PASS) as unknown as Record<string, unknown>
  for (const [pointer, value] of Object.entries(set)) put(pass, pointer, value)
  return JSON.stringify(pass, null, 2)
}

async function ourFindings(opinion: Opinion): Promise<Finding[]> {
  const pass = readPassText(Buffer.from(passText(opinion)))
  if (!pass.ok) throw new Error(pass.reason)
  const files = new Map(
    Object.entries(await atScales('icon', 38, 38)).map(([path, bytes]) => [path, Buffer.from(bytes)]),
  )
  const findings = await checkPass(createCheckInput({ pass, files, now: NOW }))
  return findings.filter(({ severity }) => severity !== 'advice')
}

/** passkit-generator says on the console what it does not take, and goes on without. */
function theirVerdict(opinion: Opinion): Opinion['theirs'] {
  const warn = vi.spyOn(console, 'warn').mockImplementation(() => undefined)
  onTestFinished(() => warn.mockRestore())
  new PKPass({ 'pass.json': Buffer.from(passText(opinion)), 'icon.png': Buffer.from('icon') })
  return warn.mock.calls.length === 0 ? 'accepts' : 'rejects'
}

test('there are forty of them', () => {
  expect(SECOND_OPINIONS).toHaveLength(40)
  expect(new Set(SECOND_OPINIONS.map(({ design }) => design)).size).toBe(40)
})

describe.each(SECOND_OPINIONS.map((opinion) => [opinion.design, opinion] as const))('%s', (_, opinion) => {
  test('is judged by Tessera as the table says', async () => {
    const rules = (await ourFindings(opinion)).map(({ rule }) => rule)
    expect([...new Set(rules)]).toEqual(opinion.ours === undefined ? [] : [opinion.ours])
  })

  test('is judged by passkit-generator as the table says', () => {
    expect(theirVerdict(opinion)).toBe(opinion.theirs)
  })

  test('has a reason where the two differ, and only there a winner', () => {
    const differ = (opinion.ours === undefined) !== (opinion.theirs === 'accepts')
    expect(opinion.right !== undefined).toBe(differ)
    if (differ) expect(opinion.why).toMatch(/\.$/)
  })
})
