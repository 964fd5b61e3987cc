import type { Layout } from '../../preview/layout-types.js'
import type { GoogleTwin } from '../types.js'
import { googleDetails } from './google-details.js'
import { googleFront } from './google-front.js'
import type { LookContext } from './look-parts.js'

export type { LookContext } from './look-parts.js'

export interface GoogleLook {
  readonly front: Layout
  readonly details: { readonly light: Layout; readonly dark: Layout }
}

/**
 * How Google Wallet shows the twin: what its class and object say, and nothing else. The card has the same colours by
 * day and by night; what stands below it has not.
 */
export function googleLook(twin: GoogleTwin, context: LookContext): GoogleLook {
  return {
    front: googleFront(twin, context),
    details: {
      light: googleDetails(twin, { ...context, appearance: 'light' }),
      dark: googleDetails(twin, { ...context, appearance: 'dark' }),
    },
  }
}
