import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { readPageBadge } from '../../src/app/page-badge.js'
import { tempDir } from '../support/temp-dir.js'

const temp = await tempDir('badge')
const launch = { path: (...parts: string[]) => join(temp, ...parts) }

test('the badge of a launch is an SVG of modest size, if there is one', async () => {
  expect(await readPageBadge(launch)).toBeUndefined()
  await mkdir(join(temp, 'pages'))
  const file = join(temp, 'pages', 'add-to-apple-wallet.svg')
  await writeFile(file, '<?xml version="1.0"?>\n<svg xmlns="http://www.w3.org/2000/svg"/>')
  expect(await readPageBadge(launch)).toContain('<svg')
  await writeFile(file, 'PNG')
  await expect(readPageBadge(launch)).rejects.toMatchObject({ code: 'PICTURE_UNUSABLE' })
  await writeFile(file, `<svg>${' '.repeat(300_000)}</svg>`)
  await expect(readPageBadge(launch)).rejects.toThrow('256 KB')
})
