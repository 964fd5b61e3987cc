import { PASS_STYLES, type PassStyle } from '../design/design.js'
import { FIELD_GROUPS } from '../styles.js'
import type { FieldSpec } from '../values/types.js'
import type { CheckInput } from './types.js'

export type Json = Readonly<Record<string, unknown>>

/** A field object of pass.json, wherever it stands. */
export interface FieldSite {
  readonly style: PassStyle
  /** `primaryFields`, …; also groups that Wallet does not know. */
  readonly group: string
  readonly index: number
  /** JSON pointer of the field. */
  readonly at: string
  readonly json: Json
  readonly key: string | undefined
  /** How it is fed, when design.yaml feeds it. */
  readonly spec: FieldSpec | undefined
  readonly onBack: boolean
}

/** The input of a check with what most rules ask for. */
export interface Subject extends CheckInput {
  /** The style keys that are there. */
  readonly styles: readonly PassStyle[]
  /** The style that counts: of a `posterGeneric` with its twin, the former. */
  readonly style: PassStyle | undefined
  /** The poster or semantic look that the pass prefers. */
  readonly scheme: 'posterEventTicket' | 'semanticBoardingPass' | undefined
  readonly fields: readonly FieldSite[]
  /** False when nobody knows which fields are fed, since design.yaml cannot be read. */
  readonly knowsFeeding: boolean
}

export function toSubject(input: CheckInput): Subject {
  const { passJson } = input
  const styles = PASS_STYLES.filter((style) => passJson[style] !== undefined)
  const style = styles.includes('posterGeneric') ? 'posterGeneric' : styles[0]
  const schemes = listOf(passJson.preferredStyleSchemes)
  const wanted = style === 'eventTicket' ? 'posterEventTicket' : 'semanticBoardingPass'
  const schemed = (style === 'eventTicket' || style === 'boardingPass') && schemes.includes(wanted)
  return {
    ...input,
    styles,
    style,
    scheme: schemed ? wanted : undefined,
    fields: styles.flatMap((name) => sitesOf(input, name)),
    knowsFeeding: input.design !== undefined || !input.isTemplate,
  }
}

function sitesOf({ passJson, design }: CheckInput, style: PassStyle): FieldSite[] {
  const specs = new Map(design?.fields.map((spec) => [spec.key, spec]))
  return Object.entries(objectOf(passJson[style]) ?? {}).flatMap(([group, list]) =>
    listOf(list).flatMap((item, index): FieldSite[] => {
      const json = objectOf(item)
      if (json === undefined) return []
      const key = typeof json.key === 'string' ? json.key : undefined
      return [
        {
          style,
          group,
          index,
          at: pointer(style, group, index),
          json,
          key,
          spec: key === undefined ? undefined : specs.get(key),
          onBack: group === 'backFields' || group === 'additionalInfoFields',
        },
      ]
    }),
  )
}

export function isFieldGroup(name: string): boolean {
  return (FIELD_GROUPS as readonly string[]).includes(name)
}

export function objectOf(value: unknown): Json | undefined {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Json) : undefined
}

export function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : []
}

/** A JSON pointer without the leading slash (RFC 6901). */
export function pointer(...steps: readonly (string | number)[]): string {
  return steps.map((step) => String(step).replaceAll('~', '~0').replaceAll('/', '~1')).join('/')
}

/** `the field "balance"`, or where it stands when it has no key. */
export function nameOf({ key, group, index }: FieldSite): string {
  return key === undefined ? `field ${index + 1} of ${group}` : `the field "${key}"`
}

export function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1)
}

/** A value for a message, shortened. */
export function quote(value: unknown): string {
  const text = JSON.stringify(value) ?? String(value)
  return text.length > 60 ? `${text.slice(0, 57)}…` : text
}

/** True for what counts as not given. */
export function isEmpty(value: unknown): boolean {
  if (value === undefined || value === null || value === '') return true
  if (Array.isArray(value)) return value.length === 0
  return typeof value === 'object' && Object.keys(value).length === 0
}
