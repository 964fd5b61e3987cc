import { z } from 'zod'
import type { HttpReply } from '../../kit/http.js'

const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: false })

/** The JSON of a body; undefined when it is none. The content type is not asked: readers send all kinds. */
export function readJson(body: Uint8Array): unknown {
  try {
    return JSON.parse(decoder.decode(body))
  } catch {
    return undefined
  }
}

/** Apple's tokens are 64 letters, Google's about 160; what is far longer or has spaces in it is none. */
const pushToken = z.string().regex(/^[\x21-\x7e]{1,1024}$/)

export const REGISTRATION = z.object({ pushToken })

export const ATTIDO_REGISTRATION = z.object({
  pushToken,
  pushServiceUrl: z.url({ protocol: /^https?$/ }).max(1024),
})

export const LOGS = z.object({ logs: z.array(z.unknown()) })

const typed = z.string().max(200).optional()
export const PERSONALIZATION = z.object({
  // What comes back is a signature of it. A token that could be the manifest of a pass would make that pass a good one.
  personalizationToken: z.string().regex(/^[\w+/=-]{1,2048}$/),
  requiredPersonalizationInfo: z
    .object({
      fullName: typed,
      givenName: typed,
      familyName: typed,
      emailAddress: typed,
      postalCode: typed,
      ISOCountryCode: typed,
      phoneNumber: typed,
    })
    .default({}),
})

export function badRequest(reason: string): HttpReply {
  return json(400, { error: reason })
}

export function json(status: number, value: unknown): HttpReply {
  return { status, headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(value) }
}
