import { cp, mkdir, readdir, readFile, writeFile } from 'node:fs/promises'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { beforeAll, describe, expect, onTestFinished, test } from 'vitest'
import { pngSize } from '../../../src/cards/pictures/picture-size.js'
import CardSign from '../../../src/commands/card/sign.js'
import CertsDev from '../../../src/commands/certs/dev.js'
import DesignPreview from '../../../src/commands/design/preview.js'
import Init from '../../../src/commands/init.js'
import Issue from '../../../src/commands/issue.js'
import { runCommand } from '../../support/run-command.js'
import { tempDir } from '../../support/temp-dir.js'
import { zipFiles } from '../../support/zip-files.js'

const temp = await tempDir('preview-command')
const launch = join(temp, 'launch')

beforeAll(async () => {
  await mkdir(launch)
  await runCommand(Init, ['.', '--no-input', '--organization', 'Nordlicht'], { cwd: launch })
  await runCommand(CertsDev, [], { cwd: launch })
  await runCommand(Issue, ['members.csv', '--design', 'bonus'], { cwd: launch })
})

const preview = (args: readonly string[], cwd = launch, env = {}) =>
  runCommand(DesignPreview, args, { cwd, id: 'design:preview', env })

interface Result {
  readonly locales: readonly string[]
  readonly files: readonly { readonly path: string; readonly width?: number; readonly height?: number }[]
  readonly warnings: readonly string[]
}

describe('files', () => {
  test('without flags: a picture of both sides, named after the design', async () => {
    const run = await preview(['bonus'])
    expect(run.exitCode).toBe(0)
    const path = join(launch, 'bonus.png')
    expect(run.stdout).toMatch(new RegExp(`^${path} \\(1644 x \\d+, \\d+ KB\\)\n$`))
    expect(pngSize(await readFile(path))?.width).toBe(1644)
  })

  test('--json names the files with their size', async () => {
    const args = ['bonus', '--side', 'front', '--scale', '1', '--appearance', 'both', '--out', 'a/front.png', '--json']
    const run = await preview(args)
    expect(run.json()).toEqual({
      design: 'bonus',
      locales: ['en'],
      files: [
        { path: join(launch, 'a', 'front.png'), bytes: expect.any(Number), width: 423, height: 573 },
        { path: join(launch, 'a', 'front.dark.png'), bytes: expect.any(Number), width: 423, height: 573 },
      ],
      warnings: [],
      milliseconds: expect.any(Number),
    })
    expect(await readdir(join(launch, 'a'))).toEqual(['front.dark.png', 'front.png'])
  })

  test('a page has all languages and both wallets, and is one file', async () => {
    const run = await preview(['bonus', '--out', 'page.html', '--json'])
    expect(run.json<Result>()).toMatchObject({ locales: ['en', 'ru'], files: [{ path: join(launch, 'page.html') }] })
    const html = await readFile(join(launch, 'page.html'), 'utf8')
    for (const text of ['>Points<', '>Баллы<', 'Google Wallet']) expect(html).toContain(text)
    expect(html).not.toMatch(/<script|(?:src|href)="(?!data:|#)/)
  })

  test('languages below one another, wallets beside one another', async () => {
    const sizeOf = async (...flags: string[]) => {
      const run = await preview(['bonus', '--scale', '1', '--out', 'size.png', '--json', ...flags])
      const { width = 0, height = 0 } = run.json<Result>().files[0] ?? {}
      return { width, height }
    }
    const one = await sizeOf()
    const languages = await sizeOf('--locale', 'all')
    expect(languages.width).toBe(one.width)
    expect(languages.height).toBeGreaterThan(one.height * 1.8)
    expect((await sizeOf('--google')).width).toBe(2 * one.width - 24)
  })
})

describe('values', () => {
  const text = async (...args: string[]): Promise<string> => {
    await preview(['bonus', '--out', 'values.html', ...args])
    return readFile(join(launch, 'values.html'), 'utf8')
  }

  test('of an issued card, and another one in place of one of them', async () => {
    const html = await text('--card', '1001', '--set', 'balance=987654')
    expect(html).toContain('Ada Bergstrom')
    expect(html).toContain('987,654')
  })

  test('of a card whose design was changed since are shown in the new one, with a note', async () => {
    const dir = join(temp, 'changed')
    await cp(launch, dir, { recursive: true })
    const pass = join(dir, 'designs', 'bonus.pkpasstemplate', 'pass.json')
    expect((await preview(['bonus', '--card', '1001', '--json'], dir)).json<Result>().warnings).toEqual([])
    await writeFile(pass, (await readFile(pass, 'utf8')).replace('"Points"', '"Coins"'))
    const run = await preview(['bonus', '--card', '1001'], dir)
    expect(run.stdout).toContain('Note: The design was changed since its cards were issued')
  })

  test('texts that a phone cuts are noted', async () => {
    const run = await preview(['bonus', '--set', 'level=Silver', '--set', `name=${'W'.repeat(60)}`, '--json'])
    expect(run.json<Result>().warnings).toEqual([
      expect.stringMatching(/^en: "W+" does not fit \(storeCard\/secondaryFields\/0\/value\)\.$/),
    ])
  })
})

describe('what is previewed', () => {
  test('a folder by its path needs no launch and leaves nothing behind', async () => {
    const cwd = join(temp, 'no-launch')
    await mkdir(cwd)
    await cp(join(launch, 'designs', 'bonus.pkpasstemplate'), join(cwd, 'own.pkpasstemplate'), { recursive: true })
    const run = await preview(['own.pkpasstemplate'], cwd)
    expect(run.exitCode).toBe(0)
    expect(await readdir(cwd)).toEqual(['own.pkpasstemplate', 'own.png'])
  })

  test('a path in the launch is that design', async () => {
    const run = await preview(['designs/bonus.pkpasstemplate/', '--out', 'by-path.png', '--json'])
    expect(run.json<Result>()).toMatchObject({ design: 'bonus' })
  })

  test('a signed pass', async () => {
    await runCommand(CardSign, ['1001', '-o', 'ada.pkpass'], { cwd: launch })
    const run = await preview(['ada.pkpass', '--out', 'ada.html', '--json'])
    expect(run.json<Result>()).toMatchObject({ design: 'ada', locales: ['en', 'ru'], warnings: [] })
    expect(await readFile(join(launch, 'ada.html'), 'utf8')).toContain('Ada Bergstrom')
  })
})

describe('a pass of others', () => {
  const barcodes = [{ format: 'PKBarcodeFormatQR', message: 'x'.repeat(5000), messageEncoding: 'iso-8859-1' }]
  const pass = (json: string, more: Readonly<Record<string, string>> = {}) =>
    writeFile(join(temp, 'other.pkpass'), zipFiles({ 'pass.json': json, ...more }))

  test('is shown in spite of trailing commas, which are noted', async () => {
    await pass('{"formatVersion": 1,\n"storeCard": {"primaryFields": [{"key": "a", "value": "b"},]}}')
    const run = await preview(['other.pkpass', '--json'], temp)
    expect(run.json<Result>().warnings).toEqual([expect.stringContaining('comma before a closing bracket (line 2)')])
  })

  test('with a barcode that holds too much has that noted', async () => {
    await pass(JSON.stringify({ barcodes, storeCard: {} }))
    const run = await preview(['other.pkpass', '--json'], temp)
    expect(run.json<Result>().warnings).toEqual([expect.stringContaining('en: the barcode cannot be drawn')])
  })

  test('cannot steer the terminal by the names of its files', async () => {
    await pass('{"storeCard": {}}', { '\u001b[31mred.png': 'x' })
    const run = await preview(['other.pkpass'], temp)
    expect(run.stdout + run.stderr).toMatch(/(?:\\x1b|\\u001b)\[31mred\.png/)
    expect(run.stdout + run.stderr).not.toContain('\u001b')
  })

  test('with thousands of fields is refused, and not drawn for minutes', async () => {
    const backFields = Array.from({ length: 3000 }, (_, index) => ({ key: `k${index}`, value: 'v' }))
    await pass(JSON.stringify({ storeCard: { backFields } }))
    const run = await preview(['other.pkpass'], temp)
    expect(run.exitCode).toBe(6)
    expect(run.stderr).toContain('has more than 1000 fields')
  })
})

describe('errors', () => {
  const broken = join(temp, 'broken.pkpass')
  test.each([
    ['an unknown design', ['gold'], 6, 'DESIGN_NOT_FOUND', 'There is no design "gold"'],
    ['a path that is not there', ['./gold'], 6, 'DESIGN_NOT_FOUND', 'There is no design folder'],
    ['an unknown language', ['bonus', '--locale', 'de'], 2, 'USAGE', '--locale "de"'],
    ['an unknown card', ['bonus', '--card', 'nobody'], 6, 'CARD_NOT_FOUND', '"nobody"'],
    ['an unknown field', ['bonus', '--set', 'points=1'], 2, 'USAGE', '--set points'],
    ['another kind of file', ['bonus', '--out', 'x.pdf'], 2, 'USAGE', '--out x.pdf'],
    ['a file in the design', ['bonus', '--out', 'designs/bonus.pkpasstemplate/x.png'], 7, 'OUTPUT_UNWRITABLE', 'x.png'],
    ['a file where a folder is', ['bonus', '--out', 'tessera.yaml/x.png'], 7, 'OUTPUT_UNWRITABLE', 'x.png'],
    ['a port without a server', ['bonus', '--port', '80'], 2, 'USAGE', '--serve'],
    ['a terminal that is none', ['bonus', '--terminal'], 2, 'NO_TERMINAL', '--terminal'],
    ['a picture among JSON', ['bonus', '--terminal', '--json'], 2, 'USAGE', '--json'],
    ['a pass that is none', [broken], 6, 'PASS_UNREADABLE', 'cannot be opened'],
    ['a pass that is not there', ['none.pkpass'], 6, 'PASS_UNREADABLE', 'is not there'],
    ['values for a finished pass', [broken, '--set', 'a=b'], 2, 'USAGE', '--card and --set'],
  ])('%s', async (_title, args, exitCode, code, message) => {
    await writeFile(broken, 'PK, but no archive')
    const run = await preview(args)
    const text = args.includes('--json') ? run.stdout : run.stderr
    expect({ exitCode: run.exitCode, text }).toEqual({ exitCode, text: expect.stringContaining(code) })
    expect(text).toContain(message)
  })

  test('no launch, and no folder of that name', async () => {
    const run = await preview(['bonus'], temp)
    expect(run).toMatchObject({ exitCode: 7, stdout: '' })
    expect(run.stderr).toContain('LAUNCH_NOT_FOUND')
  })

  test('a port that another program listens on', async () => {
    const other = createServer().listen(0, '127.0.0.1')
    await new Promise((resolve) => other.once('listening', resolve))
    onTestFinished(() => void other.close())
    const { port } = other.address() as AddressInfo
    const run = await preview(['bonus', '--serve', '--port', String(port), '--json'])
    expect(run.exitCode).toBe(7)
    expect(run.json()).toMatchObject({ error: { code: 'PORT_UNAVAILABLE', details: { port } } })
  })
})

test('a terminal is drawn on when its protocol is named, and no file is written', async () => {
  const cwd = join(temp, 'terminal')
  await cp(launch, cwd, { recursive: true })
  const before = await readdir(cwd)
  const blocks = await preview(['bonus', '--terminal-protocol', 'blocks'], cwd, { COLORTERM: 'truecolor' })
  const lines = blocks.stdout.trimEnd().split('\n')
  expect(lines.every((line) => line.split('▀').length === 81)).toBe(true)
  // 80 columns are 80 pixels, two rows of pixels a line.
  expect(lines).toHaveLength(Math.round((80 * 573) / 423) / 2)
  const kitty = await preview(['bonus', '--terminal-protocol', 'kitty'], cwd, { TMUX: undefined })
  const data = kitty.stdout.split('\u001b').flatMap((part) => /^_G[^;]*;(.*)$/.exec(part)?.[1] ?? [])
  expect(pngSize(Buffer.from(data.join(''), 'base64'))).toEqual({ width: 846, height: 1146 })
  expect(await readdir(cwd)).toEqual(before)
})
