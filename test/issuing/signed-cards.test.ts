import { createHash } from 'node:crypto'
import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { execa } from 'execa'
import { PKPass } from 'passkit-generator'
import { describe, expect, test } from 'vitest'
import { fileNameOf } from '../../src/issuing/serials.js'
import { writePem } from '../../src/signing/certs/pem.js'
import { privateKeyPem } from '../../src/signing/certs/private-key.js'
import { PASS, PIXEL } from '../cards/design-folder.js'
import { manifestProblems, opensslAccepts, unzip } from '../support/open-pass.js'
import { SERVICE, SUBJECT, workbench } from './workbench.js'

const YAML = `version: 1
serial: {column: card}
expires: {column: until}
fields:
  name: {type: text, required: true}
  balance: {type: number, default: "0"}
  level: {type: enum, options: [Silver, Gold], default: Silver}
`
const bench = await workbench('signed')
await bench.design('bonus', YAML)
const NAMES = ['Ada', 'Мария "Маша"', 'Ann 😀', "O'Neill\nJr.", '漢字', '\\u0041 </script>']
const SERIALS = Array.from({ length: 50 }, (_, index) => (index % 10 === 9 ? `Карта/${index}` : `A-${index}`))
await bench.table('members.csv', [
  ['card', 'name', 'balance', 'level', 'until'],
  ...SERIALS.map((serial, index) => [
    serial,
    NAMES[index % NAMES.length],
    index,
    'Gold',
    index % 2 ? '2030-12-31' : '',
  ]),
])

async function filesOf(dir: string): Promise<string[]> {
  const entries = await readdir(dir, { recursive: true, withFileTypes: true })
  return entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name))
}

describe.each(['folder', 'archive'])('every card of a run into a %s', (kind) => {
  const passes = new Map<string, Map<string, Buffer>>()

  test('is there once, under its serial', async () => {
    const target = kind === 'folder' ? { out: bench.path('cards') } : { zip: bench.path('cards.zip') }
    const { summary } = await bench.issue('members.csv', target)
    expect(summary.issued + summary.skipped).toBe(SERIALS.length)
    if (kind === 'folder') {
      for (const file of await filesOf(bench.path('cards'))) passes.set(file.split('/').at(-1) ?? '', await unzip(file))
      const shards = await readdir(bench.path('cards'))
      expect(shards.every((name) => /^[0-9a-f]{2}$/.test(name))).toBe(true)
    } else {
      for (const [name, bytes] of await unzip(bench.path('cards.zip'))) passes.set(name, await unzip(bytes))
    }
    expect([...passes.keys()].sort()).toEqual(SERIALS.map((serial) => `${fileNameOf(serial)}.pkpass`).sort())
  })

  test('has a signature that openssl accepts, up to the root', async () => {
    expect(await opensslAccepts([...passes.values()], { dir: bench.dir, root: bench.path('root.pem') })).toBe(
      SERIALS.length,
    )
  })

  test('has a manifest of every file and of no other', () => {
    for (const files of passes.values()) {
      expect(manifestProblems(files)).toEqual([])
      expect([...files.keys()].sort()).toEqual([
        'icon.png',
        'icon@2x.png',
        'logo.png',
        'manifest.json',
        'pass.json',
        'signature',
      ])
      expect(files.get('icon.png')).toEqual(PIXEL)
    }
  })

  test('shows what its row says, and the token of the store', async () => {
    const cards = await bench.cards()
    for (const [index, serial] of SERIALS.entries()) {
      const pass = JSON.parse(String(passes.get(`${fileNameOf(serial)}.pkpass`)?.get('pass.json')))
      expect(pass).toMatchObject({
        serialNumber: serial,
        authenticationToken: cards.get(serial)?.token,
        webServiceURL: SERVICE,
        ...SUBJECT,
        barcodes: [{ message: serial }],
        storeCard: {
          primaryFields: [{ key: 'balance', value: index }],
          secondaryFields: [{ key: 'name', value: NAMES[index % NAMES.length]?.trim() }],
        },
      })
      expect(pass.expirationDate).toBe(index % 2 ? '2030-12-31T23:59:59Z' : undefined)
    }
  })

  test('is signed with the leaf, its issuer enclosed, the time within the run', async () => {
    const [files] = passes.values()
    await bench.write('one.der', files?.get('signature') ?? '')
    const { stdout } = await execa('openssl', [
      'cms',
      '-cmsout',
      '-print',
      '-inform',
      'DER',
      '-in',
      bench.path('one.der'),
    ])
    // Of the signed data and of the one signer.
    expect(stdout.match(/^ *version: 1\b/gm)).toHaveLength(2)
    expect(stdout).toContain('algorithm: sha256 (2.16.840.1.101.3.4.2.1)')
    expect(stdout).toContain('object: contentType')
    expect(stdout).toContain('object: signingTime')
    expect(stdout).toContain('object: messageDigest')
    expect(stdout.match(/^ *d.certificate:/gm)).toHaveLength(2)
    expect(stdout).toMatch(/eContent: <ABSENT>/)
  })
})

test('the unzip of the system opens a card and the archive', async () => {
  const [card = ''] = await filesOf(bench.path('cards'))
  for (const file of [card, bench.path('cards.zip')]) {
    const { stdout } = await execa('unzip', ['-t', file])
    expect(stdout).toContain('No errors detected')
  }
})

test('a card says what passkit-generator makes of the same template', async () => {
  const { identity } = bench
  const [card] = (await bench.cards()).values()
  if (!card) throw new Error('no cards')
  const values = JSON.parse(card.field_values) as Record<string, string | number>
  const template = structuredClone(PASS)
  for (const group of Object.values(template.storeCard)) {
    for (const field of group as { key: string; value: unknown }[]) field.value = values[field.key] ?? field.value
  }
  const other = new PKPass(
    { 'pass.json': Buffer.from(JSON.stringify(template)), 'icon.png': PIXEL, 'icon@2x.png': PIXEL, 'logo.png': PIXEL },
    {
      wwdr: writePem('CERTIFICATE', identity.issuer),
      signerCert: writePem('CERTIFICATE', identity.leaf),
      signerKey: privateKeyPem(identity.key, undefined),
    },
    { ...SUBJECT, serialNumber: card.serial, webServiceURL: SERVICE, authenticationToken: card.token },
  )
  other.setBarcodes({ format: 'PKBarcodeFormatQR', message: card.barcode, messageEncoding: 'iso-8859-1' })
  const theirs = await unzip(other.getAsBuffer())
  const ours = (await unzip(bench.path('cards.zip'))).get(`${fileNameOf(card.serial)}.pkpass`)
  const files = await unzip(ours ?? Buffer.alloc(0))
  const pass = (of: Map<string, Buffer>) => withoutEmpty(JSON.parse(String(of.get('pass.json'))))
  expect(pass(files)).toEqual(pass(theirs))
  const pictures = (of: Map<string, Buffer>) =>
    [...of].filter(([name]) => name.endsWith('.png')).map(([name, data]) => [name, sha1(data)])
  expect(pictures(files).sort()).toEqual(pictures(theirs).sort())
  expect([...files.keys()].sort()).toEqual([...theirs.keys()].sort())
})

/** passkit-generator writes groups of fields that the template does not have, empty. */
function withoutEmpty(pass: Record<string, unknown>): unknown {
  const card = Object.entries(pass.storeCard as Record<string, unknown[]>)
  return { ...pass, storeCard: Object.fromEntries(card.filter(([, group]) => group.length > 0)) }
}

const sha1 = (data: Buffer): string => createHash('sha1').update(data).digest('hex')

test('apart from signature and signing time the archive is always the same', async () => {
  await bench.issue('members.csv', { zip: bench.path('again.zip'), workers: 1 })
  const strip = (files: Map<string, Buffer>) => [...files].filter(([name]) => name !== 'signature')
  const [once, again] = [await unzip(bench.path('cards.zip')), await unzip(bench.path('again.zip'))]
  expect([...again.keys()]).toEqual([...once.keys()])
  for (const [name, bytes] of once) {
    expect(strip(await unzip(again.get(name) ?? Buffer.alloc(0)))).toEqual(strip(await unzip(bytes)))
  }
  const [a, b] = [await readFile(bench.path('cards.zip')), await readFile(bench.path('again.zip'))]
  expect(b.length).toBe(a.length)
})

test('pictures of stamp cards go with the number of stamps', async () => {
  const yaml = `version: 1
serial: {column: card}
fields: {name: {type: text}, stamps: {type: number}}
stamps: {field: stamps, total: 3}
`
  const pass = { ...PASS, storeCard: { headerFields: [{ key: 'stamps', label: 'Stamps', value: 0 }] } }
  await bench.design('stamp', yaml, pass)
  await bench.table('stamps.csv', [
    ['card', 'name', 'stamps'],
    ...[0, 1, 2, 3, 1].map((n, index) => [`S${index}`, 'Ann', n]),
  ])
  await bench.issue('stamps.csv', { design: 'stamp', zip: bench.path('stamps.zip') })
  const strips: string[] = []
  for (const [, bytes] of await unzip(bench.path('stamps.zip'))) {
    const files = await unzip(bytes)
    expect(manifestProblems(files)).toEqual([])
    expect([...files.keys()]).toEqual(expect.arrayContaining(['strip.png', 'strip@2x.png', 'strip@3x.png']))
    strips.push(sha1(files.get('strip@2x.png') ?? Buffer.alloc(0)))
  }
  expect(new Set(strips).size).toBe(4)
  expect(strips[4]).toBe(strips[1])
})
