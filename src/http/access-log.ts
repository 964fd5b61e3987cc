/** One answered request. No address, no serial, no token, no query: nothing of a person. */
export interface AccessRecord {
  readonly at: Date
  readonly id: string
  readonly method: string
  /** Name of the route, such as `wallet.pass`; `unknown` for an address that there is not. */
  readonly route: string
  readonly status: number
  readonly milliseconds: number
  readonly bytes: number
}

export type AccessFormat = 'text' | 'json'

/** One line, without its end. */
export function accessLine(record: AccessRecord, format: AccessFormat): string {
  const { at, id, method, route, status, milliseconds, bytes } = record
  const ms = Math.round(milliseconds * 10) / 10
  if (format === 'json') return JSON.stringify({ time: at.toISOString(), id, method, route, status, ms, bytes })
  const time = [at.getHours(), at.getMinutes(), at.getSeconds()].map((part) => String(part).padStart(2, '0')).join(':')
  return `${time}  ${method.padEnd(6)} ${route.padEnd(22)} ${status}  ${ms} ms  ${bytes} B  ${id}`
}
