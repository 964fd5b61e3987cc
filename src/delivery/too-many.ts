import type { HttpReply } from '../kit/http.js'

/** Counts a request for a card. @returns seconds to wait when there were too many, 0 otherwise. */
export type AdmitCard = (cardId: number) => number

/** Counts a complaint from an address: nobody has to show a token for one. @returns as {@link AdmitCard} does. */
export type AdmitLog = (ip: string) => number

/** The answer to one request too many (RFC 6585, 4). */
export function tooMany(seconds: number): HttpReply {
  return { status: 429, headers: { 'Retry-After': String(seconds) } }
}
