import type { ErrorEntry } from '../entry.js'

export const DESIGNS_ERRORS = {} as const satisfies Record<string, ErrorEntry>
