import type { HttpReply, HttpRoute } from '../kit/http.js'
import { addressKey } from './limits.js'
import type { Metrics } from './metrics.js'

export interface HealthOptions {
  readonly metrics: Metrics
  /** Why no requests should be sent here now; undefined when all is well. */
  problem(): Promise<string | undefined>
}

/**
 * For whoever watches the service: `/health` says that the process lives, `/ready` that it can answer phones, `/metrics`
 * how it does. Metrics are for this machine only, and not for what a proxy passes on.
 */
export function healthRoutes({ metrics, problem }: HealthOptions): readonly HttpRoute[] {
  return [
    { method: 'GET', path: '/health', name: 'health', handle: () => text(200, 'ok') },
    {
      method: 'GET',
      path: '/ready',
      name: 'ready',
      async handle() {
        const found = await problem()
        return found === undefined ? text(200, 'ready') : text(503, found)
      },
    },
    {
      method: 'GET',
      path: '/metrics',
      name: 'metrics',
      async handle({ ip, headers }) {
        const here = /^127\.|^0:0:0:0$/.test(addressKey(ip))
        if (!here || headers['x-forwarded-for'] !== undefined || headers.forwarded !== undefined)
          return { status: 404, suspicious: true }
        return { status: 200, headers: { 'Content-Type': metrics.contentType }, body: await metrics.text() }
      },
    },
  ]
}

function text(status: number, body: string): HttpReply {
  return {
    status,
    headers: { 'Content-Type': 'text/plain; charset=utf-8', 'Cache-Control': 'no-store' },
    body: `${body}\n`,
  }
}
