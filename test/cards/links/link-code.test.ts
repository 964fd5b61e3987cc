import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { createLinkCodes } from '../../../src/cards/links/link-code.js'

const codes = createLinkCodes(Buffer.alloc(32, 1))
const cardId = fc.integer({ min: 1, max: 2 ** 48 - 1 })

describe('codes of download links', () => {
  test('lead back to the card and its expiry, to the minute', () => {
    fc.assert(
      fc.property(
        cardId,
        fc.option(fc.integer({ min: 1, max: 4_000_000_000_000 }), { nil: undefined }),
        (id, expiresAt) => {
          const code = codes.encode(id, expiresAt)
          expect(code).toMatch(/^[\w-]{22}$/)
          const found = codes.decode(code)
          expect(found?.cardId).toBe(id)
          if (expiresAt === undefined) expect(found?.expiresAt).toBeUndefined()
          else {
            expect(found?.expiresAt).toBeGreaterThanOrEqual(expiresAt)
            expect(found?.expiresAt).toBeLessThan(expiresAt + 60_000)
          }
        },
      ),
    )
  })

  test('are always the same for a card, and tell nothing of its neighbours', () => {
    expect(codes.encode(7)).toBe(createLinkCodes(Buffer.alloc(32, 1)).encode(7))
    const many = Array.from({ length: 1000 }, (_, index) => codes.encode(index + 1))
    expect(new Set(many).size).toBe(1000)
    // No two begin alike: the first four letters of a thousand random codes hardly ever do.
    expect(new Set(many.map((code) => code.slice(0, 5))).size).toBeGreaterThan(995)
  })

  test('of another launch, made up or damaged are none', () => {
    const other = createLinkCodes(Buffer.alloc(32, 2))
    const none = (code: string): void => {
      expect(codes.decode(code)).toBeUndefined()
    }
    fc.assert(fc.property(cardId, (id) => none(other.encode(id))))
    fc.assert(fc.property(fc.stringMatching(/^[\w-]{22}$/), none))
    fc.assert(fc.property(fc.string({ maxLength: 30 }), none))
    const code = codes.encode(5)
    for (const text of ['', `${code}A`, code.slice(1), `${code}\n`, code.replace(/.$/, '=')]) none(text)
    for (let at = 0; at < 21; at++) {
      const letter = code[at] === 'A' ? 'B' : 'A'
      none(code.slice(0, at) + letter + code.slice(at + 1))
    }
  })
})
