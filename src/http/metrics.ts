import { Counter, collectDefaultMetrics, Histogram, Registry } from 'prom-client'

export interface Metrics {
  /** After every request. Only names that we gave, never what stood in an address. */
  request(request: {
    readonly route: string
    readonly method: string
    readonly status: number
    readonly seconds: number
  }): void
  pass(from: 'cache' | 'signed'): void
  refused(reason: 'address' | 'card' | 'failures' | 'log'): void
  /** In Prometheus' text format. */
  text(): Promise<string>
  readonly contentType: string
}

/** Seconds; a cached pass takes under one millisecond, a signed one two. */
const BUCKETS = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5]

export function createMetrics(): Metrics {
  const registry = new Registry()
  collectDefaultMetrics({ register: registry })
  const registers = [registry]
  const requests = new Histogram({
    name: 'tessera_http_request_duration_seconds',
    help: 'Time from the head of a request to the end of its answer.',
    labelNames: ['route', 'method', 'status'],
    buckets: BUCKETS,
    registers,
  })
  const passes = new Counter({
    name: 'tessera_passes_total',
    help: 'Passes that were handed out, by whether they were kept or had to be signed.',
    labelNames: ['from'],
    registers,
  })
  const refusals = new Counter({
    name: 'tessera_refused_requests_total',
    help: 'Requests that were too many: of an address, for a card, or with wrong tokens.',
    labelNames: ['reason'],
    registers,
  })
  return {
    request: ({ route, method, status, seconds }) =>
      requests.observe({ route, method, status: String(status) }, seconds),
    pass: (from) => passes.inc({ from }),
    refused: (reason) => refusals.inc({ reason }),
    text: () => registry.metrics(),
    contentType: registry.contentType,
  }
}
