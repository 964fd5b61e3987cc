import { mkdir, mkdtemp, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import sharp from 'sharp'
import { describe, expect, test } from 'vitest'
import PassShow from '../../../src/commands/pass/show.js'
import { scan } from '../../cards/barcode/scan.js'
import { PIXEL } from '../../cards/design-folder.js'
import { runCommand } from '../../support/run-command.js'
import { tempDir } from '../../support/temp-dir.js'
import { zipFiles } from '../../support/zip-files.js'
import { CARD, RUSSIAN, STEERING, signedPasses } from './make-signed.js'

const root = await tempDir('show')
const place = (): Promise<string> => mkdtemp(join(root, 'case-'))

async function unsigned(cwd: string, pass: unknown, files: Record<string, string | Uint8Array> = {}): Promise<void> {
  const text = typeof pass === 'string' ? pass : JSON.stringify(pass)
  await writeFile(join(cwd, 'card.pkpass'), zipFiles({ 'pass.json': text, ...files }))
}

const show = (cwd: string, ...words: string[]) =>
  runCommand(PassShow, ['card.pkpass', ...words], { cwd, id: 'pass:show' })

describe('a signed pass', () => {
  test('is told at a glance', async () => {
    const cwd = await place()
    const sign = await signedPasses(cwd)
    await sign('card.pkpass', {
      passJson: CARD,
      files: { 'icon.png': PIXEL, 'icon@2x.png': PIXEL, 'ru.lproj/pass.strings': RUSSIAN },
    })
    const run = await show(cwd, '--trust', 'wwdr.pem', '--locale', 'ru')
    expect(run.exitCode).toBe(0)
    const [title, sentence] = run.stdout.split('\n')
    expect(title).toBe('Nordlicht Coffee: Bonus card')
    expect(sentence).toMatch(/^card\.pkpass: valid/)
    expect(run.stdout).toContain(`style      storeCard
serial     A-1
pass type  pass.com.example.bonus
team       A1B2C3D4E5
languages  de, ru; shown: ru
expires    2030-01-01T00:00:00Z
colours    background #12294a  foreground #ffffff  label`)
    expect(run.stdout).toContain(`Front
  logo       Nordlicht
  header     Уровень  Silver
  primary    Баллы    60
  secondary  Name     Ann Lee

Back
  Terms
    One line.
    Another.

Barcode
  QR "A-1", below it: A-1 (iso-8859-1)

When and where
  60.1, 24.9: "Рядом"

Also
  updates from  https://cards.example.com/
  token         19 characters, not shown

Pictures
`)
    expect(run.stdout).toMatch(/Signed by\n {2}who {10}Nordlicht Coffee, pass\.com\.example\.bonus\n/)
    expect(run.stdout).not.toContain('very-secret')
  })

  test('is one object for scripts, without its token', async () => {
    const cwd = await place()
    const sign = await signedPasses(cwd)
    await sign('card.pkpass', { passJson: CARD })
    const run = await show(cwd, '--json', '--trust', 'wwdr.pem')
    expect(run.stdout).not.toContain('very-secret')
    expect(run.json()).toMatchObject({
      more: false,
      picture: null,
      passes: [
        {
          file: 'card.pkpass',
          verdict: expect.stringMatching(/^(?:valid|invalid)$/),
          readable: true,
          style: 'storeCard',
          serialNumber: 'A-1',
          fields: [{ group: 'headerFields', key: 'level', label: 'Level', text: 'Silver' }, {}, {}, {}],
          barcodes: [{ format: 'PKBarcodeFormatQR', message: 'A-1', altText: 'A-1' }],
          webService: { url: 'https://cards.example.com/', tokenLength: 19 },
          signer: { passTypeIdentifier: 'pass.com.example.bonus', digest: 'sha256' },
        },
      ],
    })
  })
})

test('the texts of all languages can be listed', async () => {
  const cwd = await place()
  await unsigned(cwd, CARD, { 'ru.lproj/pass.strings': RUSSIAN })
  const { stdout } = await show(cwd, '--strings')
  expect(stdout).toMatch(/ru\.lproj\/pass\.strings\n {2}Points +Баллы\n/)
})

test('a language that a pass does not have is told', async () => {
  const cwd = await place()
  await unsigned(cwd, CARD, { 'ru.lproj/pass.strings': RUSSIAN })
  const run = await show(cwd, '--locale', 'fi', '--json')
  expect(run.exitCode).toBe(2)
  expect(run.json()).toMatchObject({ error: { message: expect.stringContaining('fi') } })
})

describe('pictures', () => {
  test('show the front, and the back beside it', async () => {
    const cwd = await place()
    await unsigned(cwd, CARD)
    await show(cwd, '--picture', 'front.png')
    await show(cwd, '--picture', 'both.png', '--back')
    const [front, both] = await Promise.all(['front.png', 'both.png'].map((name) => sharp(join(cwd, name)).metadata()))
    expect(both?.width ?? 0).toBeGreaterThan((front?.width ?? 0) * 1.8)
    const { data, info } = await sharp(join(cwd, 'front.png')).raw().toBuffer({ resolveWithObject: true })
    const at = (Math.round(info.height * 0.5) * info.width + Math.round(info.width * 0.12)) * info.channels
    expect([...data.subarray(at, at + 3)]).toEqual([18, 41, 74])
  })

  test('never replace the pass, and are PNG', async () => {
    const cwd = await place()
    await unsigned(cwd, CARD)
    const before = await readFile(join(cwd, 'card.pkpass'))
    for (const name of ['card.pkpass', 'card.jpg']) {
      const run = await show(cwd, '--picture', name, '--json')
      expect(run.exitCode).not.toBe(0)
    }
    expect(await readFile(join(cwd, 'card.pkpass'))).toEqual(before)
  })

  test('of blocks are drawn in the terminal', async () => {
    const cwd = await place()
    await unsigned(cwd, CARD)
    const { stdout } = await show(cwd, '--terminal-protocol', 'blocks')
    expect(stdout).toContain('▀')
    expect(stdout).toContain('Nordlicht Coffee: Bonus card')
  })
})

test('the barcode is drawn in squares that give its message back', async () => {
  const cwd = await place()
  await unsigned(cwd, CARD)
  const { stdout } = await show(cwd, '--barcode')
  const lines = stdout.split('\n').filter((line) => /^ {2}[█▀▄ ]+$/.test(line) && line.trim() !== '')
  // Without colours the light squares are drawn.
  const rows = lines.flatMap((line) => {
    const characters = [...line.slice(2)]
    const light = (one: string, half: string): boolean => one === '█' || one === half
    return [characters.map((one) => light(one, '▀')), characters.map((one) => light(one, '▄'))]
  })
  const width = Math.max(...rows.map((row) => row.length))
  const scale = 6
  const grey = Buffer.alloc(width * scale * rows.length * scale, 255)
  rows.forEach((row, y) => {
    row.forEach((isLight, x) => {
      if (isLight) return
      for (let dy = 0; dy < scale; dy++)
        grey.fill(0, ((y * scale + dy) * width + x) * scale, ((y * scale + dy) * width + x + 1) * scale)
    })
  })
  const png = await sharp(grey, { raw: { width: width * scale, height: rows.length * scale, channels: 1 } })
    .extend({ top: 20, bottom: 20, left: 20, right: 20, background: 'white' })
    .png()
    .toBuffer()
  const [found] = await scan(png)
  expect(found?.text).toBe('A-1')
})

describe('passes that phones refuse', () => {
  test.each([
    ['without a style', { description: 'X' }, 'none that phones know'],
    ['of an unknown style', { description: 'X', hologram: {} }, 'none that phones know'],
    ['without fields', { description: 'X', generic: {} }, 'generic'],
    [
      'full of wrong types',
      { description: 5, storeCard: { headerFields: 'x', primaryFields: [1, null, { key: 2 }] } },
      'storeCard',
    ],
  ])('%s are shown nevertheless', async (_what, pass, style) => {
    const cwd = await place()
    await unsigned(cwd, pass)
    const run = await show(cwd)
    expect(run.exitCode).toBe(0)
    expect(run.stdout).toContain(`style    ${style}`)
    expect(run.stdout).toContain('unsigned')
  })

  test('with a pass.json that cannot be read tell the verdict and the rest', async () => {
    const cwd = await place()
    await unsigned(cwd, '{ no json', { 'icon.png': PIXEL })
    const run = await show(cwd)
    expect(run.exitCode).toBe(0)
    expect(run.stdout).toContain('card.pkpass: broken')
    expect(run.stdout).toContain('icon.png')
    expect((await show(cwd, '--picture', 'x.png', '--json')).json()).toMatchObject({
      error: { code: 'PASS_UNREADABLE' },
    })
  })

  test('that are no archive at all are an error', async () => {
    const cwd = await place()
    await writeFile(join(cwd, 'card.pkpass'), 'PK no zip')
    const run = await show(cwd, '--json')
    expect(run.exitCode).toBe(6)
    expect(run.json()).toMatchObject({ error: { code: 'PASS_UNREADABLE' } })
  })

  test('from which a folder was packed are shown', async () => {
    const cwd = await place()
    await writeFile(join(cwd, 'card.pkpass'), zipFiles({ 'card/pass.json': JSON.stringify(CARD) }))
    const { stdout } = await show(cwd)
    expect(stdout).toContain('serial     A-1')
    expect(stdout).toContain('unsigned')
  })
})

test('bundles and folders show each pass', async () => {
  const cwd = await place()
  const pass = (serialNumber: string): Buffer => zipFiles({ 'pass.json': JSON.stringify({ ...CARD, serialNumber }) })
  const bundle = zipFiles({ 'ann.pkpass': pass('ann'), 'ben.pkpass': pass('ben'), 'bad.pkpass': 'no zip' })
  await writeFile(join(cwd, 'all.pkpasses'), bundle)
  await mkdir(join(cwd, 'loose'))
  await writeFile(join(cwd, 'loose', 'pass.json'), JSON.stringify(CARD))
  const { stdout } = await runCommand(PassShow, ['all.pkpasses'], { cwd })
  expect(stdout).toContain('serial     ann')
  expect(stdout).toContain('serial     ben')
  expect(stdout).toContain('all.pkpasses/bad.pkpass: broken')
  expect((await runCommand(PassShow, ['loose'], { cwd })).stdout).toContain('serial     A-1')
})

describe('values from strangers', () => {
  const EVIL = '\u001b[31mred\u001b]0;title\u0007\u202e\r\u0085'

  test('do not steer the terminal', async () => {
    const cwd = await place()
    const field = { key: EVIL, label: EVIL, value: `${EVIL}\n${EVIL}`, changeMessage: EVIL }
    const pass = {
      ...CARD,
      organizationName: EVIL,
      description: EVIL,
      logoText: EVIL,
      serialNumber: EVIL,
      teamIdentifier: EVIL,
      passTypeIdentifier: EVIL,
      webServiceURL: EVIL,
      expirationDate: EVIL,
      relevantDates: [{ date: EVIL }],
      locations: [{ latitude: 1, longitude: 2, relevantText: EVIL }],
      beacons: [{ proximityUUID: EVIL }],
      nfc: { message: EVIL },
      barcodes: [{ format: 'PKBarcodeFormatQR', message: EVIL, messageEncoding: EVIL, altText: EVIL }],
      storeCard: { headerFields: [field], backFields: [field] },
    }
    await unsigned(cwd, pass, {
      [`${EVIL}.png`]: PIXEL,
      [`${EVIL}.txt`]: 'x',
      [`${EVIL}.lproj/pass.strings`]: `"${EVIL}" = "${EVIL}";`,
    })
    const { stdout, exitCode } = await show(cwd, '--strings', '--barcode')
    expect(exitCode).toBe(0)
    expect(stdout).not.toMatch(STEERING)
    expect(stdout).toContain('\\x1b[31mred')
  })

  test('of three megabytes are cut, and whole in --json', { timeout: 20_000 }, async () => {
    const cwd = await place()
    const long = 'a b'.repeat(1_000_000)
    await unsigned(cwd, { ...CARD, storeCard: { primaryFields: [{ key: 'x', label: 'x', value: long }] } })
    const { stdout } = await show(cwd)
    expect(stdout.length).toBeLessThan(10_000)
    const { passes } = (await show(cwd, '--json')).json<{ passes: { fields: { text: string }[] }[] }>()
    expect(passes[0]?.fields[0]?.text).toHaveLength(3_000_000)
  })
})
