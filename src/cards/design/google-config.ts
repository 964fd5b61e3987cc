import { z } from 'zod'

const text = z.string().min(1)

/** The kinds of passes that Google Wallet knows and a design can become. */
export const GOOGLE_TYPES = ['loyalty', 'giftCard', 'offer', 'eventTicket', 'flight', 'transit', 'generic'] as const
export type GoogleType = (typeof GOOGLE_TYPES)[number]

/** A text of the design's own, translated by pass.strings, or the value of a field. */
const textOrField = z
  .union([text, z.strictObject({ field: text })], { error: 'expected a text or {field: key}' })
  .optional()

/** Ids decide what belongs together; Tessera makes them. */
const overrides = z
  .record(text, z.unknown())
  .refine((object) => !('id' in object || 'classId' in object), {
    error: 'the ids are made by Tessera and cannot be replaced',
  })
  .default({})

/** Smart Tap merchants are known by numbers too long for YAML to read as numbers. */
const issuerIds = z.array(
  z
    .string({ error: 'expected an issuer id in quotes, such as "3388000000012345678"' })
    .regex(/^\d{1,25}$/, 'expected the digits of an issuer id'),
)

/** `google:` of design.yaml: what the Google Wallet twin of the design looks like. Everything has a default. */
export const GOOGLE_CONFIG = z.strictObject({
  type: z.enum(GOOGLE_TYPES).optional(),
  issuerName: text.optional(),
  programName: text.optional(),
  title: textOrField,
  subtitle: textOrField,
  /** Keys of fields; `serial` is the card's serial number. */
  accountName: text.optional(),
  accountId: text.optional(),
  points: text.optional(),
  secondaryPoints: text.optional(),
  tier: text.optional(),
  pin: text.optional(),
  /** The picture in the circle, and the wide one that takes its place beside a name. */
  logo: z.enum(['icon', 'logo', 'thumbnail']).optional(),
  wideLogo: z.enum(['logo', 'primaryLogo', 'none']).optional(),
  hero: z.enum(['strip', 'background', 'artwork', 'thumbnail', 'none']).optional(),
  /** Keys of the fields on the front, row by row. */
  rows: z.array(z.array(text).min(1).max(3)).min(1).max(3).optional(),
  /** Keys of the fields in the details, in order. */
  texts: z.array(text).optional(),
  messages: z
    .array(z.strictObject({ header: text, body: text }))
    .max(10)
    .default([]),
  redemptionIssuers: issuerIds.optional(),
  /** Written over what Tessera makes, key by key. */
  class: overrides,
  object: overrides,
})

export type GoogleConfig = z.output<typeof GOOGLE_CONFIG>

/** What a design without a `google:` section has. */
export const DEFAULT_GOOGLE: GoogleConfig = GOOGLE_CONFIG.parse({})
