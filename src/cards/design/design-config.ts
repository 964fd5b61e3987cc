import { z } from 'zod'
import { FIELD_TYPES, type FieldSpec } from '../values/types.js'
import { GOOGLE_CONFIG } from './google-config.js'

const text = z.string().min(1)
/** YAML reads 0 and 2027 as numbers; what counts for a default or an option is how they are written on the card. */
const scalarText = z.union([z.string(), z.number(), z.boolean()]).transform(String)
const fromColumn = z.strictObject({ column: text })
const colour = z
  .string()
  .regex(/^#(?:[0-9a-f]{3}|[0-9a-f]{6})$/i, 'expected a colour such as "#1f6f5c"')
  .optional()

const fed = {
  column: text.optional(),
  required: z.boolean().default(false),
  default: scalarText.optional(),
}
const bounds = { min: z.number().optional(), max: z.number().optional() }

const FIELD = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('text'), ...fed, maxLength: z.int().min(1).max(10_000).optional() }),
  z.strictObject({ type: z.literal('number'), ...fed, ...bounds, integer: z.boolean().optional() }),
  z.strictObject({
    type: z.literal('money'),
    ...fed,
    ...bounds,
    currency: z
      .string()
      .regex(/^[A-Z]{3}$/, 'expected an ISO 4217 code such as EUR')
      .optional(),
  }),
  z.strictObject({ type: z.literal('date'), ...fed }),
  z.strictObject({ type: z.literal('phone'), ...fed }),
  z.strictObject({ type: z.literal('email'), ...fed }),
  z.strictObject({ type: z.literal('url'), ...fed }),
  z.strictObject({ type: z.literal('enum'), ...fed, options: z.array(scalarText).min(1).max(1000) }),
])

/** The shapes that the stamp strip can be drawn with; see pictures/shapes.ts. */
export const STAMP_SHAPES = ['cup', 'star', 'heart', 'check', 'dot'] as const
export const REWARD_SHAPES = ['gift', 'star', 'none'] as const

const STAMPS = z.strictObject({
  field: text,
  total: z.int().min(1).max(30),
  shape: z.enum(STAMP_SHAPES).default('star'),
  /** What the last place shows while it is empty. */
  reward: z.enum(REWARD_SHAPES).default('gift'),
  /** Places in one row; chosen by the total when absent. */
  perRow: z.int().min(1).max(15).optional(),
  colors: z.strictObject({ background: colour, stamp: colour, symbol: colour, empty: colour }).default({}),
})

/** Short names of the barcode formats; see barcode/formats.ts. */
export const BARCODE_KINDS = ['qr', 'pdf417', 'aztec', 'code128', 'code39', 'codabar', 'ean13', 'i2of5'] as const
const barcodeShown = { text: text.optional(), format: z.enum(BARCODE_KINDS).optional() }

/** Pictures that a member may bring along. */
export const MEMBER_IMAGES = ['thumbnail', 'strip', 'background', 'logo', 'footer'] as const
export type MemberImage = (typeof MEMBER_IMAGES)[number]

/** requiredPersonalizationInfo of Apple's reward card signup: what Wallet's form asks for. */
export const PERSONAL_INFO = [
  'fullName',
  'givenName',
  'familyName',
  'emailAddress',
  'postalCode',
  'ISOCountryCode',
  'phoneNumber',
] as const

/** design.yaml; docs/guides/designs.md explains every key. */
export const DESIGN_CONFIG = z.strictObject({
  version: z.literal(1),
  title: text.optional(),
  serial: z
    .union([fromColumn, z.strictObject({ key: z.array(text).min(1) })], {
      error: 'expected {column: name} or {key: [column, …]}',
    })
    .optional(),
  barcode: z
    .union(
      [
        z.strictObject({ value: text, ...barcodeShown }),
        z.strictObject({ column: text, ...barcodeShown }),
        z.strictObject(barcodeShown),
      ],
      { error: 'expected {value: "{serial}"} or {column: name}, and optionally text and format' },
    )
    .optional(),
  locale: fromColumn.optional(),
  /** What the form of a personalizable pass (personalization.json) fills in: field key -> what the holder typed. */
  personalize: z.record(text, z.enum(PERSONAL_INFO)).default({}),
  expires: fromColumn.optional(),
  fields: z.record(text, FIELD).default({}),
  stamps: STAMPS.optional(),
  pictures: z.partialRecord(z.enum(MEMBER_IMAGES), fromColumn).default({}),
  /** What the Google Wallet twin looks like; see google-config.ts. */
  google: GOOGLE_CONFIG.optional(),
  /** What pictures of the design show, by language: field key (and `serial`) -> cell. The first language is the rest's. */
  sample: z.record(text, z.record(text, scalarText)).default({}),
})

export type DesignConfig = z.output<typeof DESIGN_CONFIG>
export type StampsConfig = z.output<typeof STAMPS>

/** The fields of a design.yaml as the rest of the program knows them, in the order they are written. */
export function toFieldSpecs(config: DesignConfig): FieldSpec[] {
  return Object.entries(config.fields).map(([key, field]) => {
    // zod leaves optional keys out or sets them undefined; FieldSpec only knows the former.
    const given = Object.fromEntries(Object.entries(field).filter(([, value]) => value !== undefined))
    const stamped = config.stamps?.field === key ? { integer: true, min: 0, max: config.stamps.total } : {}
    return { key, ...stamped, ...given } as FieldSpec
  })
}

/** For messages: `text, number, … or enum`. */
export const FIELD_TYPE_LIST = FIELD_TYPES.join(', ')
