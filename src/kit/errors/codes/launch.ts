import type { ErrorEntry } from '../entry.js'

export const LAUNCH_ERRORS = {} as const satisfies Record<string, ErrorEntry>
