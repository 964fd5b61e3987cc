import { hash, hkdfSync } from 'node:crypto'

/** Crockford's base 32: no letters that are taken for digits when read aloud or typed. */
const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'
const LENGTH = 16

/**
 * Serials for members who bring none, computed from what the row says and the launch's secret: the same row always
 * gives the same card, so that issuing a file again, or after adding rows to it, never issues a member twice. Members
 * whose rows are equal to the letter are told apart by `occurrence`.
 */
export function createSerialMaker(secret: Buffer, designName: string) {
  const key = Buffer.from(hkdfSync('sha256', secret, '', `serial/${designName}`, 32)).toString('latin1')

  /** @returns 16 characters, 80 bits. */
  return (cells: readonly string[], occurrence: number): string => {
    // A fixed-length secret prefix keeps this a keyed hash; only the first 80 bits are shown, so it cannot be extended.
    const digest = hash('sha256', `${key}${occurrence}\u0000${cells.join('\u0000')}`, 'buffer')
    let serial = ''
    for (let at = 0; at < 10; at += 5) {
      let bits = digest.readUIntBE(at, 5)
      let group = ''
      for (let letter = 0; letter < 8; letter++) {
        group = ALPHABET[bits % 32] + group
        bits = Math.floor(bits / 32)
      }
      serial += group
    }
    return serial.slice(0, LENGTH)
  }
}

/** Longest serial, in bytes once it is a file name. */
const MAX_FILE_NAME = 200

/** Why a serial cannot be used; undefined when it can. Completes `members.csv line 42: serial "…" `. */
export function serialProblem(serial: string): string | undefined {
  if (/\p{Cc}/u.test(serial)) return 'has control characters in it'
  if (!serial.isWellFormed()) return 'is not well-formed text'
  if (fileNameOf(serial).length > MAX_FILE_NAME) return 'is too long'
  return undefined
}

/** A serial as a file name on any system: everything unusual is percent-encoded. */
export function fileNameOf(serial: string): string {
  const plain = /^[A-Za-z0-9_-][A-Za-z0-9._-]*$/.test(serial) && !serial.endsWith('.') && !RESERVED.test(serial)
  if (plain) return serial
  const encoded = encodeURIComponent(serial).replaceAll(/[!'()*~]/g, percent)
  return encoded.replace(/^\./, '%2E').replace(/\.$/, '%2E').replace(RESERVED, percent)
}

/** Names that Windows keeps for devices, whatever follows the dot: the first letter is encoded. */
const RESERVED = /^[CPANL](?=(?:ON|RN|UX|UL|OM\d|PT\d)(?:\.|$))/i

function percent(character: string): string {
  return `%${character.charCodeAt(0).toString(16).toUpperCase()}`
}

/** Where a card's file lies inside an output folder: 256 shards keep folders small up to millions of cards. */
export function cardPath(serial: string): string {
  return `${hash('sha1', serial).slice(0, 2)}/${fileNameOf(serial)}.pkpass`
}
