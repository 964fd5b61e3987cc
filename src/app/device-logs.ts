import { setTimeout } from 'node:timers/promises'
import type { DeviceLog } from '../delivery/device-logs.js'
import { AppError } from '../kit/errors/index.js'
import type { Launch } from './launch.js'

export interface LogsRequest {
  /** As typed: a period such as `24h`, or a time. */
  readonly since?: string | undefined
  readonly card?: string | undefined
  readonly limit: number
  /** Goes on with what comes until this is aborted; ends at once when undefined. */
  readonly signal?: AbortSignal | undefined
}

/** How often the store is asked for more, in milliseconds: other processes write into it. */
const LOOK_EVERY = 500

/** What phones said, oldest first. @throws AppError USAGE */
export async function* followLogs(launch: Launch, request: LogsRequest): AsyncGenerator<DeviceLog> {
  const { readDeviceLogs } = await import('../delivery/device-logs.js')
  const { card: serial, limit, signal } = request
  const since = request.since === undefined ? undefined : parseSince(request.since, launch.now().getTime())
  const store = await launch.store()
  let after: number | undefined
  for (;;) {
    const entries = await readDeviceLogs(store, { since, serial, limit, after })
    yield* entries
    // Zero when there was nothing yet: from then on everything is shown, and `limit` is only how much is read at once.
    after = entries.at(-1)?.id ?? after ?? 0
    if (signal === undefined || signal.aborted) return
    if (entries.length === limit) continue
    await setTimeout(LOOK_EVERY, undefined, { signal }).catch(() => {})
    if (signal.aborted) return
  }
}

const UNITS = { s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000, w: 604_800_000 } as const

/** Epoch milliseconds. @throws AppError USAGE */
export function parseSince(text: string, now: number): number {
  const [, count, unit] = /^(\d{1,6})\s*([smhdw])$/i.exec(text.trim()) ?? []
  if (count !== undefined && unit !== undefined) {
    return now - Number(count) * UNITS[unit.toLowerCase() as keyof typeof UNITS]
  }
  const time = /^\d{4}-\d{2}-\d{2}/.test(text.trim()) ? Date.parse(text.trim()) : Number.NaN
  if (Number.isNaN(time)) {
    throw new AppError('USAGE', `--since "${text}" is neither a period nor a time.`, {
      hints: ['Write it as 30m, 24h, 7d, 2027-01-31 or 2027-01-31T12:00:00Z.'],
    })
  }
  return time
}
