import type { PassFiles } from '../model.js'
import type { FieldSpec } from '../values/types.js'
import type { DesignConfig } from './design-config.js'

/** The style keys of pass.json. Exactly one, save that `generic` may stand beside `posterGeneric` for older phones. */
export const PASS_STYLES = ['boardingPass', 'coupon', 'eventTicket', 'generic', 'posterGeneric', 'storeCard'] as const
export type PassStyle = (typeof PASS_STYLES)[number]

/** The ending of a design folder's name; Apple's Pass Designer opens such folders. */
export const DESIGN_SUFFIX = '.pkpasstemplate'

/** A design folder, read and checked. */
export interface Design {
  readonly name: string
  readonly dir: string
  /** pass.json, parsed; keys that Tessera does not know are in it too. */
  readonly passJson: Readonly<Record<string, unknown>>
  /** The text of pass.json without a byte order mark. The card program is compiled from it, token by token. */
  readonly passText: string
  readonly config: DesignConfig
  /** Everything that goes into the pass as it is: all but pass.json. */
  readonly files: PassFiles
  /** sha-256 in hex over the names and contents of all files, pass.json and design.yaml. The version of the design. */
  readonly hash: string
  /** The fields that members feed, in the order of design.yaml. */
  readonly fields: readonly FieldSpec[]
  readonly style: PassStyle
  /** The bytes that are not in {@link files}. */
  readonly sources: { readonly passJson: Uint8Array; readonly designYaml: Uint8Array }
  /** Files in the folder that do not become part of a pass, such as notes and layered pictures. */
  readonly ignored: readonly string[]
}
