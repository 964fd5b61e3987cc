import type { Environment } from '../environment.js'
import type { Launch } from '../launch.js'

export const SIDES = ['front', 'back', 'both'] as const
export const APPEARANCES = ['light', 'dark', 'both'] as const

/** The flags of `design preview`, as typed. */
export interface PreviewRequest {
  /** A design of the launch, the path of a design folder, or of a .pkpass. */
  readonly name: string
  readonly environment: Environment
  /** Opens the launch that the command was told or is in; throws LAUNCH_NOT_FOUND when there is none. */
  readonly openLaunch: () => Promise<Launch>
  /** True when a launch was named: then one that is not there is an error for paths too. */
  readonly launchNamed: boolean
  readonly out?: string | undefined
  readonly side?: (typeof SIDES)[number] | undefined
  /** `all` among them means all. */
  readonly locales?: readonly string[] | undefined
  readonly appearance?: (typeof APPEARANCES)[number] | undefined
  readonly card?: string | undefined
  /** `field=value`. */
  readonly set?: readonly string[] | undefined
  /** Shows the card in Google Wallet too; pages always do. */
  readonly google: boolean
  readonly ios: 26 | 27
  readonly scale?: number | undefined
}
