import type { AccessRecord } from '../../http/access-log.js'
import { AppError } from '../../kit/errors/index.js'
import type { HttpRoute } from '../../kit/http.js'
import type { Launch } from '../launch.js'
import { createCards } from './create-cards.js'
import { readTls, watchTls } from './tls-files.js'

export interface ServeRequest {
  readonly host?: string | undefined
  readonly port?: number | undefined
  /** Lets several processes listen on one port, where the operating system shares it out. */
  readonly sharePort: boolean
  /** Every answered request. */
  onRequest(record: AccessRecord): void
  /** What the operator should know. */
  onNote(text: string): void
}

export interface RunningService {
  /** `http://127.0.0.1:8080`. */
  readonly address: string
  /** Where phones look for it: service.url of tessera.yaml. */
  readonly publicUrl: string
  /** Ends gracefully. */
  close(): Promise<void>
}

/** How long requests under way may take at the end, in milliseconds. */
const PATIENCE = 10_000

/**
 * Runs the launch's web service until it is closed: Apple's protocol and the Android readers', the pages, health and
 * metrics. Several may run on one store.
 *
 * @throws AppError SERVICE_NEEDS_ADDRESS, PORT_UNAVAILABLE, and what is wrong with certificates or the store
 */
export async function startService(launch: Launch, request: ServeRequest): Promise<RunningService> {
  const { service } = launch.config
  if (service === undefined) {
    throw new AppError(
      'SERVICE_NEEDS_ADDRESS',
      'tessera.yaml has no service.url, so no card knows where to ask for updates.',
    )
  }
  const identity = await launch.identity()
  const store = await launch.store()
  const [{ createHttpServer }, { createMetrics }, { healthRoutes }, { Counter, addressKey }] = await Promise.all([
    import('../../http/server.js'),
    import('../../http/metrics.js'),
    import('../../http/health.js'),
    import('../../http/limits.js'),
  ])
  const metrics = createMetrics()
  const now = (): number => launch.now().getTime()
  const perCard = new Counter(service.limits.perCard, now)
  const complaints = new Counter(service.limits.logs, now)
  const cards = await createCards(launch, {
    identity,
    store,
    onPass: (from) => metrics.pass(from),
    admitLog(ip) {
      const wait = complaints.count(addressKey(ip))
      if (wait > 0) metrics.refused('log')
      return wait
    },
    admitCard(id) {
      const wait = perCard.count(id)
      if (wait > 0) metrics.refused('card')
      return wait
    },
  })
  let closing = false
  const problem = async (): Promise<string | undefined> => {
    if (closing) return 'ending'
    if (identity.notAfter <= now()) return 'the pass certificate has expired'
    return store.db
      .selectFrom('clock')
      .select('tag')
      .executeTakeFirstOrThrow()
      .then(
        () => undefined,
        () => 'the store cannot be read',
      )
  }
  const routes: readonly HttpRoute[] = [...healthRoutes({ metrics, problem }), ...cards.routes]
  const tls = service.tls && (await readTls(launch, service.tls))
  const server = createHttpServer({
    routes,
    prefix: new URL(service.url).pathname,
    limits: service.limits,
    trustedProxies: service.trustedProxies,
    tls,
    metrics,
    now,
    onRequest: request.onRequest,
    onFailure: (error, id) => request.onNote(`Request ${id} failed: ${explain(error)}`),
  })
  const host = request.host ?? service.host
  const port = await server.listen({ host, port: request.port ?? service.port, shared: request.sharePort })
  const stopWatching = service.tls && watchTls(launch, service.tls, { server, onNote: request.onNote })
  if (identity.development)
    request.onNote('The certificates are those of `tessera certs dev`: real phones refuse the passes.')
  return {
    address: `${tls === undefined ? 'http' : 'https'}://${host.includes(':') ? `[${host}]` : host}:${port}`,
    publicUrl: service.url,
    async close() {
      closing = true
      stopWatching?.()
      await server.close(PATIENCE)
      await cards.close()
    },
  }
}

function explain(error: unknown): string {
  return error instanceof Error ? (error.stack ?? error.message) : String(error)
}
