import type { ErrorEntry } from '../entry.js'

export const CERTS_ERRORS = {} as const satisfies Record<string, ErrorEntry>
