/** A parsed value, as kept in the store and written to pass.json. Dates are ISO 8601 text. */
export type FieldValue = string | number

export const FIELD_TYPES = ['text', 'number', 'money', 'date', 'phone', 'email', 'url', 'enum'] as const
export type FieldType = (typeof FIELD_TYPES)[number]

/** How one field of a card is fed. Comes from design.yaml; see design/design-config.ts. */
export interface FieldSpec {
  readonly key: string
  readonly type: FieldType
  /** CSV column; the field key itself when undefined. */
  readonly column?: string
  readonly required: boolean
  /** Raw text used when the cell is empty, parsed like a cell. */
  readonly default?: string
  /** enum: the allowed values, in their canonical spelling. */
  readonly options?: readonly string[]
  /** money: ISO 4217 code. */
  readonly currency?: string
  /** number and money: inclusive bounds. */
  readonly min?: number
  readonly max?: number
  /** number: whole numbers only. */
  readonly integer?: boolean
  /** text: longest allowed length in characters. */
  readonly maxLength?: number
}

export type Parsed = { readonly ok: true; readonly value: FieldValue } | { readonly ok: false; readonly reason: string }
