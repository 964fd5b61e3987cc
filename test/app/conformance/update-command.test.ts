import { readdir, readFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { updateCommand } from '../../../src/app/conformance/update-command.js'
import { tempDir } from '../../support/temp-dir.js'

const cwd = await tempDir('update-command')

async function leftOver(): Promise<number> {
  return (await readdir(tmpdir())).filter((name) => name.startsWith('tessera-update-command-said-')).length
}

test('the serial number is one word of the command, whatever is in it; the number is another one each time', async () => {
  const update = updateCommand(`printf '%s\\n' {serial} {number} >>said.txt`, { cwd })
  const serials = ['1005', 'a b', 'it\'s $(touch oops) `x` \\ "q"', '-n', 'ü/ё;rm', '{number}', '$&']
  for (const serial of serials) await update(serial)
  const lines = (await readFile(join(cwd, 'said.txt'), 'utf8')).trimEnd().split('\n')
  // A serial that looks like a placeholder is filled in too, which does no harm.
  const told = lines.filter((_, index) => index % 2 === 0)
  const numbers = lines.filter((_, index) => index % 2 === 1).map(Number)
  expect(told.filter((_, index) => index !== 5)).toEqual(serials.filter((_, index) => index !== 5))
  expect(new Set(numbers).size).toBe(serials.length)
  expect(await readdir(cwd)).toEqual(['said.txt'])
})

test('a serial of any characters reaches the command whole', async () => {
  const text = fc
    .string({ unit: 'binary', minLength: 1, maxLength: 20 })
    .filter((one) => one.isWellFormed() && !/[\0{]/.test(one))
  await fc.assert(
    fc.asyncProperty(text, async (serial) => {
      await updateCommand(`printf %s {serial} >one.txt`, { cwd })(serial)
      expect(await readFile(join(cwd, 'one.txt'), 'utf8')).toBe(serial)
    }),
    { numRuns: 25 },
  )
})

test('a command that fails says why; one that takes too long is ended, and nobody waits for what it has started', async () => {
  const fail = updateCommand('echo "Error: no such card" >&2; echo more >&2; exit 3', { cwd })
  await expect(fail('1')).rejects.toThrow(/^The update command ended with exit code 3: Error: no such card$/)
  const [before, files] = [Date.now(), await leftOver()]
  const slow = updateCommand('sleep 8 & wait', { cwd, limit: 300 })
  await expect(slow('1')).rejects.toThrow('The update command took more than 0.3 s.')
  expect(Date.now() - before).toBeLessThan(6000)
  expect(await leftOver()).toBe(files)
})

test('it ends with the run', async () => {
  const controller = new AbortController()
  const stop = new DOMException('stop', 'AbortError')
  const running = updateCommand('sleep 8 & wait', { cwd })('1', controller.signal)
  setTimeout(() => controller.abort(stop), 200)
  await expect(running).rejects.toBe(stop)
})
