import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { askDesign, sameDesignCommand } from '../../src/app/design-wizard.js'
import type { Questioner } from '../../src/app/init/wizard.js'
import { tempDir } from '../support/temp-dir.js'

const cwd = await tempDir('design-wizard')

/** Answers in turn; an answer that is not accepted is noted and the next one tried, as on a terminal. */
function answering(...answers: string[]): Questioner & { readonly refused: string[] } {
  const refused: string[] = []
  return {
    refused,
    async input({ default: preset, validate }) {
      for (;;) {
        const answer = answers.shift() ?? ''
        const text = answer === '' ? (preset ?? '') : answer
        const verdict = validate?.(text) ?? true
        if (verdict === true) return text
        refused.push(`${text}: ${verdict}`)
      }
    },
    async select({ choices }) {
      const wanted = answers.shift()
      const choice = choices.find(({ value }) => value === wanted)
      if (choice === undefined) throw new Error(`no choice ${wanted}`)
      return choice.value
    },
  }
}

test('asks for kind, name, pictures and colour, and tells the same command', async () => {
  await writeFile(join(cwd, 'my logo.svg'), '<svg/>')
  const ask = answering('coupon', 'spring/27', 'bonus', 'spring', 'nothing.svg', 'my logo.svg', '', 'rot', 'teal')
  const answers = await askDesign(ask, {}, { cwd, taken: ['bonus'] })
  expect(answers).toEqual({ kind: 'coupon', name: 'spring', brand: 'my logo.svg', hero: undefined, color: 'teal' })
  expect(ask.refused).toEqual([
    'spring/27: letters, digits, - and _ only',
    'bonus: there is a design of that name already',
    'nothing.svg: there is no such file',
    'rot: write it as #1f6f5c or navy',
  ])
  expect(sameDesignCommand(answers)).toBe("tessera design new spring --kind coupon --brand 'my logo.svg' --color teal")
})

test('asks for nothing that a flag has given, and proposes a name that is free', async () => {
  const ask = answering('', '', '', '')
  const answers = await askDesign(ask, { kind: 'bonus', color: '#123456' }, { cwd, taken: ['bonus', 'bonus-2'] })
  expect(answers).toEqual({ kind: 'bonus', name: 'bonus-3', brand: undefined, hero: undefined, color: '#123456' })
})
