import { spawn } from 'node:child_process'
import { copyFile, link, mkdir, mkdtemp, readFile, writeFile } from 'node:fs/promises'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest'
import PassVerify from '../../../src/commands/pass/verify.js'
import { PIXEL } from '../../cards/design-folder.js'
import { readXml } from '../../support/read-xml.js'
import { runCommand } from '../../support/run-command.js'
import { tempDir } from '../../support/temp-dir.js'
import type { PassRecipe } from '../../verifying/make-pass.js'
import { CARD, signedPasses } from './make-signed.js'

const root = await tempDir('verify')
const TRUST = ['--trust', 'wwdr.pem']
const good: PassRecipe = { passJson: CARD, files: { 'icon.png': PIXEL } }
const changed: PassRecipe = { ...good, tamper: { 'pass.json': JSON.stringify({ ...CARD, serialNumber: 'B-2' }) } }

const verify = (cwd: string, ...words: string[]) => runCommand(PassVerify, words, { cwd, id: 'pass:verify' })

/** Holds wwdr.pem, good.pkpass, changed.pkpass and draft.pkpass. */
const cwd = await mkdtemp(join(root, 'case-'))

let removeKeys = async (): Promise<void> => {}
afterAll(() => removeKeys())

beforeAll(async () => {
  const sign = await signedPasses(cwd, (remove) => {
    removeKeys = remove
  })
  await sign('good.pkpass', good)
  await sign('changed.pkpass', changed)
  await sign('draft.pkpass', { ...good, sign: false })
})

describe('one pass', () => {
  test('that phones accept: the verdict first, who signed, exit code 0', async () => {
    const { stdout, exitCode } = await verify(cwd, 'good.pkpass', ...TRUST, '--signature-only')
    expect(exitCode).toBe(0)
    expect(stdout).toMatch(
      /^good\.pkpass: valid; phones accept it\.\nsigned by {4}pass\.com\.example\.bonus, team A1B2C3D4E5, on \d{4}-\d\d-\d\d\ncertificate {2}until \d{4}-\d\d-\d\d\n$/,
    )
  })

  test('that phones refuse: what, where, what a phone does, what to do, and the rule; exit code 6', async () => {
    const { stdout, exitCode } = await verify(cwd, 'changed.pkpass', ...TRUST)
    expect(exitCode).toBe(6)
    expect(stdout).toMatch(/^changed\.pkpass: invalid; phones refuse it: 1 reason\./)
    expect(stdout).toMatch(/\npass\.json\n {2}refused .*\(manifest\.digest\)\n/)
    expect(stdout).toContain('-> ')
  })

  test('lines stay within the width, the token is nowhere, and many of a kind are told in short', async () => {
    const dir = await mkdtemp(join(root, 'long-'))
    const sign = await signedPasses(dir)
    const backFields = Array.from({ length: 9 }, (_, index) => ({
      key: `k${index}`,
      label: `Label ${index}`,
      value: 1,
    }))
    const passJson = { ...CARD, authenticationToken: 'tiny-secret', storeCard: { ...CARD.storeCard, backFields } }
    await sign('long.pkpass', { ...good, passJson })
    const { stdout } = await verify(dir, 'long.pkpass', ...TRUST)
    expect(
      Math.max(
        ...stdout
          .split('\n')
          .slice(1)
          .map(({ length }) => length),
      ),
    ).toBeLessThanOrEqual(100)
    expect(stdout).toMatch(/and \d+ more of language\.untranslated; --json has all/)
    expect(stdout).toMatch(/"authenticationToken":\s*"\*\*\*/)
    const { stdout: json } = await verify(dir, 'long.pkpass', ...TRUST, '--json')
    expect(json + stdout).not.toContain('secret')
  })

  test('--json is one object', async () => {
    const { json, exitCode } = await verify(cwd, 'draft.pkpass', '--json')
    expect(exitCode).toBe(6)
    expect(json()).toMatchObject({
      file: 'draft.pkpass',
      verdict: 'unsigned',
      sentence: expect.stringMatching(/^draft\.pkpass: unsigned; /),
      findings: expect.arrayContaining([
        expect.objectContaining({
          rule: 'signature.missing',
          severity: 'refused',
          place: { file: 'signature' },
          effect: expect.any(String),
          fix: expect.any(String),
        }),
      ]),
      pass: { serialNumber: 'A-1', style: 'storeCard' },
    })
  })

  test('not trusted unless told so; as of another day it has expired', async () => {
    const untrusted = await verify(cwd, 'good.pkpass', '--signature-only')
    expect(untrusted).toMatchObject({ exitCode: 6, stdout: expect.stringContaining('--trust') })
    const later = await verify(cwd, 'good.pkpass', ...TRUST, '--signature-only', '--at', '2099-01-01', '--json')
    expect(later.exitCode).toBe(6)
    expect(later.json()).toMatchObject({ verdict: 'expired' })
  })

  test('what is shown badly is exit code 6 only when asked to be strict', async () => {
    const plain = await verify(cwd, 'good.pkpass', ...TRUST)
    expect(plain).toMatchObject({ exitCode: 0, stdout: expect.stringContaining('do not show all of it well') })
    expect(await verify(cwd, 'good.pkpass', ...TRUST, '--strict')).toMatchObject({ exitCode: 6 })
  })
})

describe('many passes', () => {
  const all = ['good.pkpass', 'changed.pkpass', 'draft.pkpass', ...TRUST]

  test('are summed up: the verdict over all, which are not valid and why, what was found in how many', async () => {
    const { stdout, exitCode } = await verify(cwd, ...all)
    expect(exitCode).toBe(6)
    const [first, , title, second, third] = stdout.split('\n')
    expect(first).toBe('3 passes: 1 valid, 1 invalid, 1 unsigned.')
    expect(title).toBe('Not valid')
    expect(second).toMatch(/^ {2}changed\.pkpass: invalid;/)
    expect(`${second}${third}${stdout}`).toContain('draft.pkpass: unsigned')
    expect(stdout).toMatch(/\n {2}refused manifest\.digest in changed\.pkpass: /)
    expect(stdout).toMatch(/\n {2}shown-badly picture\.icon-scale in all: /)
  })

  test('are for scripts a summary and all reports, in their order', async () => {
    const { json } = await verify(cwd, ...all, '--json')
    expect(json()).toMatchObject({
      summary: { passes: 3, bundles: 0, valid: 1, invalid: 1, unsigned: 1, expired: 0, broken: 0 },
      passes: [{ file: 'good.pkpass' }, { file: 'changed.pkpass' }, { file: 'draft.pkpass' }],
    })
  })

  test('come as events, the summary last', async () => {
    const { stdout, exitCode } = await verify(cwd, ...all, '--output', 'ndjson')
    expect(exitCode).toBe(6)
    const events = stdout
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line))
    expect(events[0]).toMatchObject({ type: 'start', kind: 'verify', unit: 'passes' })
    expect(events.filter(({ type }) => type === 'item').map(({ item }) => item.verdict)).toEqual([
      'valid',
      'invalid',
      'unsigned',
    ])
    expect(events.at(-1)).toMatchObject({ type: 'summary', state: 'done', summary: { passes: 3 } })
  })

  test('a bundle with too many is refused, whatever the passes in it', async () => {
    const { zipFiles } = await import('../../support/zip-files.js')
    const card = await readFile(join(cwd, 'good.pkpass'))
    const inner = Object.fromEntries(Array.from({ length: 11 }, (_, index) => [`${index}.pkpass`, card]))
    await writeFile(join(cwd, 'family.pkpasses'), zipFiles(inner))
    await writeFile(join(cwd, 'family.zip'), zipFiles(inner))
    const bundle = await verify(cwd, 'family.pkpasses', ...TRUST, '--signature-only')
    expect(bundle.exitCode).toBe(6)
    expect(bundle.stdout).toMatch(/^11 passes: 11 valid; phones refuse 1 bundle\.\n/)
    const archive = await verify(cwd, 'family.zip', ...TRUST, '--signature-only')
    expect(archive).toMatchObject({ exitCode: 0, stdout: expect.stringMatching(/^11 passes: all valid/) })
  })
})

describe('reports', () => {
  test('SARIF 2.1.0 names the pass as the file, and the place in it in words', async () => {
    const { stdout, exitCode } = await verify(cwd, 'changed.pkpass', 'good.pkpass', ...TRUST, '--format', 'sarif')
    expect(exitCode).toBe(6)
    const log = JSON.parse(stdout)
    expect(log).toMatchObject({ version: '2.1.0', runs: [{ tool: { driver: { name: 'tessera' } } }] })
    const { rules } = log.runs[0].tool.driver
    expect(new Set(rules.map(({ id }: { id: string }) => id)).size).toBe(rules.length)
    for (const result of log.runs[0].results) {
      expect(rules[result.ruleIndex].id).toBe(result.ruleId)
      expect(result.level).toMatch(/^(?:error|warning|note)$/)
      expect(result.message.text).not.toBe('')
      expect(result.locations[0].physicalLocation.artifactLocation.uri).toMatch(/^(?:changed|good)\.pkpass$/)
    }
    expect(log.runs[0].results).toContainEqual(
      expect.objectContaining({
        ruleId: 'manifest.digest',
        level: 'error',
        message: { text: expect.stringMatching(/^pass\.json: /) },
        locations: [
          expect.objectContaining({ logicalLocations: [{ fullyQualifiedName: 'pass.json', kind: 'resource' }] }),
        ],
      }),
    )
  })

  test('JUnit is written where asked, without a launch', async () => {
    const words = ['good.pkpass', 'changed.pkpass', ...TRUST, '--format', 'junit', '--out', 'reports/passes.xml']
    const { stdout, stderr, exitCode } = await verify(cwd, ...words)
    expect({ stdout, exitCode }).toEqual({ stdout: '2 passes: 1 valid, 1 invalid.\n', exitCode: 6 })
    expect(stderr).toContain(`Written: ${join(cwd, 'reports/passes.xml')}`)
    const xml = readXml(await readFile(join(cwd, 'reports/passes.xml'), 'utf8'))
    expect(xml.attributes).toMatchObject({ tests: '2', failures: '1', errors: '0' })
  })

  test('inside a launch never over what it lives on', async () => {
    const launch = await mkdtemp(join(root, 'launch-'))
    const yaml =
      'version: 1\norganization: Nordlicht\napple: {passTypeIdentifier: pass.com.example.card, teamIdentifier: A1B2C3D4E5}\n'
    await writeFile(join(launch, 'tessera.yaml'), yaml)
    await copyFile(join(cwd, 'good.pkpass'), join(launch, 'good.pkpass'))
    const { stderr, exitCode } = await verify(launch, 'good.pkpass', '--out', 'tessera.yaml')
    expect(exitCode).not.toBe(0)
    expect(stderr).toContain('the launch keeps files of its own')
    expect(await readFile(join(launch, 'tessera.yaml'), 'utf8')).toBe(yaml)
  })
})

describe('mistakes', () => {
  test.each<[string, string[], number, string]>([
    ['nothing named', [], 2, 'pass'],
    ['a file that is not there', ['nowhere.pkpass'], 6, 'nowhere.pkpass is not there.'],
    ['a certificate that is not there', ['good.pkpass', '--trust', 'no.pem'], 4, 'no.pem cannot be read'],
    ['a pass for a certificate', ['good.pkpass', '--trust', 'good.pkpass'], 4, 'good.pkpass is no certificate'],
    ['no date', ['good.pkpass', '--at', 'soon'], 2, '--at "soon" is not a date'],
    ['JSON and SARIF on one stdout', ['good.pkpass', '--json', '--format', 'sarif'], 2, '--out FILE'],
    ['events and JUnit on one stdout', ['good.pkpass', '--output', 'ndjson', '--format', 'junit'], 2, '--out FILE'],
  ])('%s', async (_, words, code, message) => {
    const { stderr, stdout, exitCode } = await verify(cwd, ...words)
    expect(exitCode).toBe(code)
    expect(stderr + stdout).toContain(message.replaceAll('"', words.includes('--json') ? '\\"' : '"'))
  })

  test('an empty file, a page and a picture are told for what they are', async () => {
    await writeFile(join(cwd, 'empty.pkpass'), '')
    await writeFile(join(cwd, 'page.pkpass'), '<!doctype html><title>Not found</title>')
    await writeFile(join(cwd, 'picture.pkpass'), PIXEL)
    for (const [name, message] of [
      ['empty', 'it is empty'],
      ['page', 'it is an HTML page, "Not found"'],
      ['picture', 'it is a PNG picture'],
    ]) {
      const { stdout, exitCode } = await verify(cwd, `${name}.pkpass`)
      expect(exitCode).toBe(6)
      expect(stdout).toMatch(/^\w+\.pkpass: broken; /)
      expect(stdout).toContain(message)
    }
  })
})

test('an address is downloaded, and what the server says is judged as well', async () => {
  const card = await readFile(join(cwd, 'good.pkpass'))
  const server = createServer((request, response) => {
    if (request.url === '/down') return response.writeHead(503).end()
    return response.writeHead(200, { 'content-type': 'application/octet-stream' }).end(card)
  })
  onTestFinished(() => void server.close())
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  const { json, exitCode } = await verify(cwd, `${url}/card`, ...TRUST, '--signature-only', '--json')
  expect(exitCode).toBe(6)
  expect(json()).toMatchObject({ verdict: 'invalid', findings: [{ rule: 'download.content-type' }] })
  expect(await verify(cwd, `${url}/down`)).toMatchObject({
    exitCode: 5,
    stderr: expect.stringContaining('answered 503'),
  })
})

describe('as a program', () => {
  const program = new URL('../../../bin/run.js', import.meta.url).pathname
  const start = (...words: string[]) => spawn(process.execPath, [program, 'pass', 'verify', ...words], { cwd })

  test('it reads a pipe', async () => {
    const child = start('-', ...TRUST, '--signature-only')
    child.stdin.end(await readFile(join(cwd, 'good.pkpass')))
    const [text, code] = await ended(child)
    expect({ text: text.split('\n', 1)[0], code }).toEqual({ text: '-: valid; phones accept it.', code: 0 })
  })

  test('Ctrl-C while nothing comes by the pipe ends it', { timeout: 20_000 }, async () => {
    const child = start('-', '--output', 'ndjson')
    child.stdout.once('data', () => child.kill('SIGINT'))
    const [text, code] = await ended(child)
    expect(code).toBe(130)
    expect(JSON.parse(text.trimEnd().split('\n').at(-1) ?? '')).toMatchObject({ type: 'summary', state: 'stopped' })
  })

  test('Ctrl-C tells what is known so far', { timeout: 30_000 }, async () => {
    await mkdir(join(cwd, 'many'))
    for (let index = 0; index < 3000; index++) {
      await link(join(cwd, 'good.pkpass'), join(cwd, 'many', `${index}.pkpass`))
    }
    const child = start('many', ...TRUST, '--output', 'ndjson')
    let told = ''
    child.stdout.on('data', (text) => {
      told += text
      // A second one would not wait.
      if (told.includes('"progress"') && !child.killed) child.kill('SIGINT')
    })
    const [text, code] = await ended(child)
    expect(code).toBe(130)
    const events = text
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line))
    const items = events.filter(({ type }) => type === 'item').length
    expect(items).toBeGreaterThan(0)
    expect(items).toBeLessThan(3000)
    expect(events.at(-1)).toMatchObject({ type: 'summary', state: 'stopped', summary: { passes: items, valid: items } })
  })
})

async function ended(child: ReturnType<typeof spawn>): Promise<[stdout: string, code: number | null]> {
  let stdout = ''
  child.stdout?.on('data', (text) => {
    stdout += text
  })
  return new Promise((resolve) => child.on('close', (code) => resolve([stdout, code])))
}
