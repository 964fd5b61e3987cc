import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import sharp from 'sharp'
import { beforeAll, describe, expect, test } from 'vitest'
import { createLinkCodes } from '../../../src/cards/links/link-code.js'
import CardLink from '../../../src/commands/card/link.js'
import CardShow from '../../../src/commands/card/show.js'
import CertsDev from '../../../src/commands/certs/dev.js'
import Init from '../../../src/commands/init.js'
import Issue from '../../../src/commands/issue.js'
import { openStore } from '../../../src/store/index.js'
import { scan } from '../../cards/barcode/scan.js'
import { runCommand } from '../../support/run-command.js'
import { tempDir } from '../../support/temp-dir.js'

const launch = await tempDir('link')
const run = (...argv: string[]) => runCommand(CardLink, argv, { cwd: launch })

beforeAll(async () => {
  const made = (command: unknown, ...argv: string[]) => runCommand(command, argv, { cwd: launch })
  await made(Init, '.', '--no-input', '--service-url', 'https://cards.example.com')
  await made(CertsDev)
  expect((await made(Issue, 'members.csv', '--design', 'bonus')).exitCode).toBe(0)
})

/** What the codes of a link say. */
async function decode(link: string) {
  const store = await openStore({ dialect: 'sqlite', file: join(launch, '.tessera', 'store.db') })
  const codes = createLinkCodes(await store.secret())
  await store.close()
  expect(link).toMatch(/^https:\/\/cards\.example\.com\/c\//)
  return link
    .slice(link.lastIndexOf('/') + 1)
    .split('.')
    .map((code) => codes.decode(code))
}

interface Links {
  readonly links: readonly { readonly serials: string[]; readonly link: string; readonly expiresAt: string | null }[]
  readonly qr: string | null
}

describe('card link', () => {
  test('of one card is the link alone, the same that the card shows', async () => {
    const { stdout, exitCode } = await run('1001')
    expect(exitCode).toBe(0)
    const shown = await runCommand(CardShow, ['1001', '--json'], { cwd: launch })
    expect(stdout).toBe(`${shown.json<{ link: string }>().link}\n`)
    expect(await decode(stdout.trim())).toEqual([{ cardId: 1, expiresAt: undefined }])
  })

  test('of several is a line each, and a card that is named twice has one', async () => {
    const { stdout } = await run('1001', 'Ada Bergstrom', '1003')
    expect(stdout).toMatch(/^1001 {2}https:\S+\n1003 {2}https:\S+\n$/)
  })

  test('--expires takes a period or a last day, and links carry it', async () => {
    const before = Date.now()
    const [soon] = (await run('1001', '--expires', '30d', '--json')).json<Links>().links
    const at = Date.parse(soon?.expiresAt ?? '')
    expect(at - before).toBeGreaterThanOrEqual(30 * 86_400_000)
    expect(at - before).toBeLessThan(30 * 86_400_000 + 120_000)
    expect(await decode(soon?.link ?? '')).toEqual([{ cardId: 1, expiresAt: at }])
    const [late] = (await run('1001', '--expires', '2099-12-31', '--json')).json<Links>().links
    expect(late?.expiresAt).toBe('2100-01-01T00:00:00.000Z')
  })

  test('--bundle is one link, in the order in which the cards were named', async () => {
    const { links, qr } = (await run('1003', '1001', '--bundle', '--json')).json<Links>()
    expect(qr).toBeNull()
    expect(links).toMatchObject([{ serials: ['1003', '1001'], expiresAt: null }])
    expect((await decode(links[0]?.link ?? '')).map((code) => code?.cardId)).toEqual([3, 1])
  })

  test.each(['family.svg', 'family.png'])('--qr %s leads to the page, and says that it was scanned', async (file) => {
    const { links, qr } = (await run('1001', '1002', '--bundle', '--qr', file, '--json')).json<Links>()
    expect(qr).toBe(join(launch, file))
    const png = await sharp(await readFile(join(launch, file)))
      .png()
      .toBuffer()
    expect((await scan(png))[0]?.text).toBe(`${links[0]?.link}?via=qr`)
  })

  test.each<[string[], number, string]>([
    [['1001', '--expires', 'soon'], 2, 'neither a period nor a date'],
    [['1001', '--expires', '30y'], 2, 'neither a period nor a date'],
    [['1001', '--expires', '2020-01-01'], 2, 'is past already'],
    [['1001', '--qr', 'code.gif'], 2, 'neither an .svg nor a .png file'],
    [['1001', '1002', '--qr', 'code.svg'], 2, '--qr holds one link, and these are 2'],
    [['1001', '--qr', 'designs/code.svg'], 7, 'the launch keeps files of its own'],
    [['nobody'], 6, 'no card has the serial or a field value "nobody"'],
    [
      [...Array.from({ length: 11 }, (_, index) => String(1001 + index)), '--bundle'],
      6,
      '11 cards do not fit into one link',
    ],
  ])('%j is refused with %i', async (argv, exitCode, message) => {
    const refused = await run(...argv)
    expect(refused).toMatchObject({ exitCode, stdout: '' })
    expect(refused.stderr).toContain(message)
  })

  test('wants the address of the service', async () => {
    const file = join(launch, 'tessera.yaml')
    const text = await readFile(file, 'utf8')
    await writeFile(file, text.replace(/^service:\n {2}url: .*$/m, ''))
    const refused = await run('1001')
    await writeFile(file, text)
    expect(refused).toMatchObject({ exitCode: 7 })
    expect(refused.stderr).toContain('tessera.yaml has no service.url')
  })
})
