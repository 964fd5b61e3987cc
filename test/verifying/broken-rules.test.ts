import { expect, test } from 'vitest'
import { VERIFY_RULE_GROUPS } from '../../src/verifying/rules.js'
import { verifyPass } from '../../src/verifying/verify-pass.js'
import { zipFiles } from '../support/zip-files.js'

/** What the page of a rule says of the verdict; the pages are made by plain JavaScript. */
const { verdictText } = (await import(String(new URL('../../scripts/docs/rule-texts.mjs', import.meta.url)))) as {
  verdictText: (rule: { id: string; severity: string; reporters: readonly string[] }) => string
}

const PASS = JSON.stringify({ formatVersion: 1, description: 'Bonus card', storeCard: {} })
const good = zipFiles({ 'pass.json': PASS, 'icon.png': 'not really a picture' })

/** Where the record of pass.json stands in the directory, and the end record. */
const central = good.indexOf('PK\x01\x02', 0, 'latin1')
const end = good.length - 22

/** Here pass.json comes second. */
const turned = zipFiles({ 'icon.png': 'not really a picture', 'pass.json': PASS })
const second = turned.lastIndexOf('PK\x01\x02', -1, 'latin1')

function changed(change: (bytes: Buffer) => void, from = good): Buffer {
  const bytes = Buffer.from(from)
  change(bytes)
  return bytes
}

/** Passes that cannot be read, by the rule that says why. */
const BROKEN: Readonly<Record<string, Buffer>> = {
  'archive.unreadable': Buffer.from('no archive at all'),
  'archive.empty': Buffer.alloc(0),
  'archive.other-format': Buffer.from('<!doctype html><title>Not found</title>'),
  'archive.mangled': Buffer.from(good.toString('base64')),
  'archive.truncated': good.subarray(0, 100),
  'archive.directory': changed((bytes) => bytes.writeUInt8(0, central + 1)),
  'archive.multi-part': changed((bytes) => bytes.writeUInt16LE(1, end + 4)),
  'archive.too-many': changed((bytes) => {
    bytes.writeUInt16LE(3000, end + 8)
    bytes.writeUInt16LE(3000, end + 10)
  }),
  'archive.entry': changed((bytes) => bytes.writeUInt32LE(1, central + 16)),
  'archive.encrypted': changed((bytes) => {
    bytes.writeUInt16LE(bytes.readUInt16LE(6) | 1, 6)
    bytes.writeUInt16LE(bytes.readUInt16LE(central + 8) | 1, central + 8)
  }),
  'archive.method': changed((bytes) => {
    bytes.writeUInt16LE(12, 8)
    bytes.writeUInt16LE(12, central + 10)
  }),
  'archive.size': changed((bytes) => bytes.writeUInt32LE(64 * 1024 * 1024, central + 24)),
  'archive.overlap': changed((bytes) => bytes.writeUInt32LE(0, second + 42), turned),
  'archive.link': changed((bytes) => {
    bytes.writeUInt8(3, central + 5)
    bytes.writeUInt32LE(0o120777 * 0x10000, central + 38)
  }),
  'file.pass-missing': zipFiles({ 'icon.png': 'not really a picture' }),
  'file.syntax': zipFiles({ 'pass.json': '{"description": "Bonus" "storeCard": {}}' }),
  'file.too-large': zipFiles({ 'pass.json': Buffer.alloc(5 * 1024 * 1024, ' ') }),
  'file.encoding': zipFiles({ 'pass.json': Buffer.from([0x7b, 0x22, 0x80, 0xbf, 0x22]) }),
}

test('the archive that is damaged below is a pass that can be read', async () => {
  expect((await verifyPass(good, { file: 'card.pkpass' })).verdict).toBe('unsigned')
})

test.each(Object.entries(BROKEN))('%s makes a pass broken', async (rule, bytes) => {
  const { verdict, findings } = await verifyPass(bytes, { file: 'card.pkpass' })
  expect(verdict).toBe('broken')
  expect(findings.map((finding) => finding.rule)).toContain(rule)
})

test('the pages of exactly these rules say so', () => {
  const rules = VERIFY_RULE_GROUPS.flatMap((group) => group.rules)
  const said = rules.filter((rule) => verdictText({ ...rule, reporters: ['verify'] }).includes('`broken`'))
  expect(said.map(({ id }) => id).sort()).toEqual(Object.keys(BROKEN).sort())
})
