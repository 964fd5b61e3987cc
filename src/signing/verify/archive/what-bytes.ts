import { isUtf8 } from 'node:buffer'
import type { SigningRuleId } from '../rules/index.js'
import { ZipError } from './zip-error.js'

/** The most that is looked at to tell what a file is. */
const HEAD = 64 * 1024

interface Kind {
  readonly what: string
  readonly fix?: string
  readonly rule?: SigningRuleId
}

const AS_BYTES =
  'Send the bytes themselves: decode before saving, and do not let a framework turn a Buffer into a string or JSON.'
const SERVER =
  'Open the address in a browser: it answers with this instead of a pass. Log in where needed, and mend what it says.'

const MAGIC: readonly (readonly [prefix: string, Kind])[] = [
  [
    '\x1f\x8b',
    { what: 'a gzip file', fix: 'Unpack it with gunzip; a server must say Content-Encoding: gzip when it compresses.' },
  ],
  ['%PDF-', { what: 'a PDF document', fix: 'Get the .pkpass; a PDF of a card is a picture of it.' }],
  ['\x89PNG', { what: 'a PNG picture', fix: 'Get the .pkpass; this is a picture, perhaps of its QR code.' }],
  ['\xff\xd8\xff', { what: 'a JPEG picture', fix: 'Get the .pkpass; this is a picture, perhaps of its QR code.' }],
  ['GIF8', { what: 'a GIF picture' }],
  ['Rar!', { what: 'a RAR archive', fix: 'Pack the files as zip.' }],
  ['7z\xbc\xaf', { what: 'a 7-Zip archive', fix: 'Pack the files as zip: `7z a -tzip card.pkpass`.' }],
  ['BZh', { what: 'a bzip2 file', fix: 'Pack the files as zip.' }],
  ['\xfd7zXZ', { what: 'an xz file', fix: 'Pack the files as zip.' }],
  ['bplist', { what: 'a binary property list' }],
  [
    '-----BEGIN',
    {
      what: 'a PEM text, such as a certificate or a key',
      fix: 'Keys and certificates sign passes; never send them along.',
    },
  ],
  [
    '--',
    {
      what: 'the body of a form or mail in parts',
      fix: 'Take the part of the pass out of the form or mail, as a file.',
    },
  ],
]

/**
 * What bytes are that are no archive.
 *
 * @param whole - false when `bytes` is only the beginning of the file
 */
export function whatInstead(bytes: Buffer, whole = true): ZipError | undefined {
  if (bytes.length === 0) return new ZipError('it is empty', { rule: 'archive.empty', evidence: '0 bytes' })
  const damage = treatedAsText(bytes, whole)
  if (damage !== undefined) return damage
  const start = bytes.toString('latin1', 0, 16)
  if (start.startsWith('PK')) return undefined
  const [, kind] = MAGIC.find(([prefix]) => start.startsWith(prefix)) ?? []
  const found = kind ?? textKind(bytes) ?? tarKind(bytes)
  if (found === undefined) return undefined
  const { what, fix, rule = 'archive.other-format' } = found
  return new ZipError(`it is ${what}`, { rule, fix, evidence: beginning(bytes) })
}

function tarKind(bytes: Buffer): Kind | undefined {
  return bytes.toString('latin1', 257, 262) === 'ustar'
    ? { what: 'a tar archive', fix: 'Pack the files as zip.' }
    : undefined
}

function textKind(bytes: Buffer): Kind | undefined {
  const wide = bytes[0] === 0xff && bytes[1] === 0xfe
  const text = bytes
    .subarray(0, HEAD)
    .toString(wide ? 'utf16le' : 'utf8')
    .replace(/^\ufeff/, '')
    .trimStart()
  if (/^<(?:!doctype html|html|head|body)/i.test(text)) {
    const title = /<title[^>]{0,200}>([^<]{1,200})/i.exec(text)?.[1]?.trim()
    return { what: `an HTML page${title === undefined ? '' : `, "${title.slice(0, 80)}"`}`, fix: SERVER }
  }
  if (/^"?(?:data:[\w./+-]*;base64,)?UEsD[BA-Za-z]/.test(text))
    return { what: 'a zip archive in base64', fix: AS_BYTES, rule: 'archive.mangled' }
  if (/^(?:0x|\\x)?504b0304/i.test(text))
    return { what: 'a zip archive in hexadecimal digits', fix: AS_BYTES, rule: 'archive.mangled' }
  if (/^\{\s*"type"\s*:\s*"Buffer"/.test(text))
    return { what: 'a Buffer of Node as JSON', fix: AS_BYTES, rule: 'archive.mangled' }
  if (/^[{[]/.test(text)) {
    if (text.includes('"formatVersion"') || text.includes('"passTypeIdentifier"'))
      return {
        what: 'a pass.json alone',
        fix: 'Sign and pack it with its pictures: a design folder and `tessera issue` do that.',
      }
    return { what: 'a JSON text, such as the answer of a server', fix: SERVER }
  }
  if (/^<\?xml|^<[a-z!]/i.test(text)) return { what: 'an XML text', fix: SERVER }
  if (/^HTTP\/\d/.test(text))
    return { what: 'an HTTP answer with its headers', fix: 'Save the body only: curl without -i.' }
  return undefined
}

/** A real archive is never valid UTF-8, and has line feeds without carriage returns. */
export function treatedAsText(bytes: Buffer, whole = true): ZipError | undefined {
  const bom = bytes.toString('latin1', 0, 5) === '\xef\xbb\xbfPK' ? 3 : 0
  if (bytes.toString('latin1', bom, bom + 4) !== 'PK\x03\x04') return undefined
  const replaced = count(bytes, '\xef\xbf\xbd')
  if (replaced >= 8) {
    return new ZipError('it is a zip archive that was read as text', {
      rule: 'archive.mangled',
      evidence: `${replaced} times EF BF BD, which replaces bytes that are no UTF-8`,
    })
  }
  // The beginning alone may end within a character.
  const text = whole ? bytes : bytes.subarray(0, Math.max(0, bytes.length - 4))
  if (text.length > 64 && !text.every((byte) => byte < 128) && isUtf8(text)) {
    return new ZipError('it is a zip archive whose bytes were written as characters', {
      rule: 'archive.mangled',
      evidence: 'every byte above 127 became two bytes of UTF-8',
    })
  }
  const lines = count(bytes, '\n')
  if (lines >= 8 && count(bytes, '\r\n') === lines) {
    return new ZipError('it is a zip archive whose line breaks were changed', {
      rule: 'archive.mangled',
      evidence: `0D stands before each of ${lines} times 0A`,
    })
  }
  return undefined
}

function count(bytes: Buffer, what: string): number {
  const wanted = Buffer.from(what, 'latin1')
  let found = 0
  for (let at = bytes.indexOf(wanted); at >= 0; at = bytes.indexOf(wanted, at + wanted.length)) found++
  return found
}

/** The first bytes, as text where they are printable. */
export function beginning(bytes: Buffer): string {
  const head = bytes.subarray(0, 24)
  const printable = head.every((byte) => (byte >= 32 && byte < 127) || byte === 10 || byte === 13 || byte === 9)
  if (printable) return JSON.stringify(head.toString('latin1'))
  return [...head.subarray(0, 12)].map((byte) => byte.toString(16).padStart(2, '0')).join(' ')
}
