/** What the reading of a value depends on besides its field. */
export interface ValueContext {
  /** BCP 47, such as `ru` or `en-US`; decides decimal separators and, for en-US, the order of month and day. */
  readonly locale: string
  /** Reads 03/04/2027 as 3 April when true, as March 4 when false; by the locale when absent. */
  readonly dayFirst?: boolean
  /** ISO 4217; for money fields that name no currency themselves. */
  readonly currency?: string
}
