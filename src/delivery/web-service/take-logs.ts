import type { HttpReply, HttpRequest } from '../../kit/http.js'
import type { DeviceLogs } from '../device-logs.js'
import { platformOf } from '../platforms.js'
import { type AdmitLog, tooMany } from '../too-many.js'
import { badRequest, LOGS, readJson } from './bodies.js'

/** Keeps what a phone complains of. Wallet sends `{"logs": [text, …]}` and wants 200. */
export async function takeLogs(
  request: HttpRequest,
  { logs, now, admitLog }: { logs: DeviceLogs; now: () => number; admitLog: AdmitLog },
): Promise<HttpReply> {
  const wait = admitLog(request.ip)
  if (wait > 0) return tooMany(wait)
  const parsed = LOGS.safeParse(readJson(request.body))
  if (!parsed.success) return badRequest('expected {"logs": ["…"]}')
  const messages = parsed.data.logs.filter((entry): entry is string => typeof entry === 'string' && entry.trim() !== '')
  await logs.add(messages, { platform: platformOf(request), now: now() })
  return { status: 200 }
}
