import { createCipheriv, createDecipheriv, hkdfSync } from 'node:crypto'

/**
 * Codes of download links: 22 letters that name a card and cannot be guessed. The code is the card's number under
 * AES-128 with a key of the launch, so links need no column and no index, and show neither serials nor how many cards
 * there are. Of the block's 16 bytes 6 are the number, 4 the time of expiry, 6 stay zero: a made-up code passes with a
 * probability of 2^-48.
 */
export interface LinkCodes {
  /** @param expiresAt - epoch milliseconds, kept to the minute; undefined for never. */
  encode(cardId: number, expiresAt?: number): string
  /** Undefined when the code was not made with this launch's secret. */
  decode(code: string): { readonly cardId: number; readonly expiresAt: number | undefined } | undefined
}

const MINUTE = 60_000

export function createLinkCodes(secret: Buffer): LinkCodes {
  const key = Buffer.from(hkdfSync('sha256', secret, '', 'card-links', 16))
  return {
    encode(cardId, expiresAt) {
      const block = Buffer.alloc(16)
      block.writeUIntBE(cardId, 0, 6)
      block.writeUInt32BE(expiresAt === undefined ? 0 : Math.ceil(expiresAt / MINUTE), 6)
      const cipher = createCipheriv('aes-128-ecb', key, null).setAutoPadding(false)
      return Buffer.concat([cipher.update(block), cipher.final()]).toString('base64url')
    },
    decode(code) {
      if (!/^[\w-]{22}$/.test(code)) return undefined
      const decipher = createDecipheriv('aes-128-ecb', key, null).setAutoPadding(false)
      const block = Buffer.concat([decipher.update(Buffer.from(code, 'base64url')), decipher.final()])
      if (block.readUIntBE(10, 6) !== 0) return undefined
      const minutes = block.readUInt32BE(6)
      return { cardId: block.readUIntBE(0, 6), expiresAt: minutes === 0 ? undefined : minutes * MINUTE }
    },
  }
}
