import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { createDesign } from '../../../src/cards/design/create-design.js'
import { designBundle, UNSIGNED } from '../../../src/cards/design/design-bundle.js'
import { loadDesign } from '../../../src/cards/design/load-design.js'
import { sampleCard } from '../../../src/cards/design/sample-card.js'
import { createLinkCodes } from '../../../src/cards/links/link-code.js'
import type { PassBundle } from '../../../src/cards/view/types.js'
import type { CardService, ServedCard } from '../../../src/delivery/card-service.js'
import { type PageDeps, pageRoutes } from '../../../src/delivery/pages/page-routes.js'
import type { DesignKind } from '../../../src/kit/design-kinds.js'
import type { HttpReply, HttpRoute } from '../../../src/kit/http.js'

export const NOW = Date.parse('2026-11-24T12:00:00Z')
export const links = createLinkCodes(Buffer.alloc(32, 7))

export interface SampleOptions {
  readonly kind: DesignKind
  /** Language of the holder. */
  readonly locale?: string
  readonly status?: ServedCard['status']
  readonly organization?: string
  readonly values?: Readonly<Record<string, string>>
  /** Changes to the finished pass. */
  readonly change?: (bundle: PassBundle) => PassBundle
}

/** Cards made from the templates by the real program; only the store and the signatures are missing. */
export class SampleCards implements CardService {
  readonly #dir: string
  readonly #cards = new Map<number, { readonly card: ServedCard; readonly bundle: PassBundle }>()
  /** How often passes were signed. */
  signed = 0

  constructor(dir: string) {
    this.#dir = dir
  }

  /** @returns the card's id. */
  async add({
    kind,
    locale,
    status = 'active',
    organization = 'Nordlicht',
    values,
    change,
  }: SampleOptions): Promise<number> {
    const id = this.#cards.size + 1
    const designsDir = join(this.#dir, `designs-${id}`)
    const { dir } = await createDesign({ template: kind, name: kind, designsDir, organization })
    const design = await loadDesign(dir)
    const data = sampleCard(design, { locale: locale ?? 'en', ...(values === undefined ? {} : { cells: values }) })
    const identity = { ...UNSIGNED, organizationName: organization }
    const card = {
      ...data,
      ...(status === 'voided' ? { voided: true } : {}),
      ...(status === 'expired' ? { expiresAt: NOW - 1000 } : {}),
    }
    const bundle = await designBundle(design, card, { identity, currency: 'EUR', cacheDir: join(this.#dir, 'cache') })
    this.#cards.set(id, { card: served(id, { kind, locale, status }), bundle: change?.(bundle) ?? bundle })
    return id
  }

  /** What an update does: another version. */
  touch(id: number): void {
    const found = this.#cards.get(id)!
    const { card } = found
    const revision = card.revision + 1
    const next = { ...card, revision, etag: `"${id}-${revision}"`, modifiedAt: card.modifiedAt + 1 }
    this.#cards.set(id, { ...found, card: next })
  }

  async byId(id: number): Promise<ServedCard | undefined> {
    return this.#cards.get(id)?.card
  }
  async bySerial(serial: string): Promise<ServedCard | undefined> {
    return [...this.#cards.values()].find(({ card }) => card.serial === serial)?.card
  }
  async pass(card: ServedCard) {
    this.signed++
    return { parts: [Buffer.from('PK pass '), Buffer.from(String(card.id))], length: 9 }
  }
  async contents(card: ServedCard): Promise<PassBundle> {
    return this.#cards.get(card.id)!.bundle
  }
  async bundle(cards: readonly ServedCard[]) {
    const part = Buffer.from(`PK bundle ${cards.map(({ id }) => id).join(' ')}`)
    return { parts: [part], length: part.length }
  }
}

function served(
  id: number,
  { kind, locale, status }: { kind: string; locale: string | undefined; status: ServedCard['status'] },
): ServedCard {
  return {
    id,
    serial: String(1000 + id),
    token: 'a-token-that-nobody-may-see',
    design: kind,
    status,
    locale,
    tag: id,
    modifiedAt: Math.floor(NOW / 1000) - 1000,
    etag: `"${id}-1"`,
    revision: 1,
  }
}

/** Routes without a server: what a request to a path gets. */
export function makeRoutes(deps: Pick<PageDeps, 'cards'> & Partial<PageDeps>): {
  readonly routes: readonly HttpRoute[]
  get(path: string, headers?: Readonly<Record<string, string>>): Promise<HttpReply & { readonly text: string }>
} {
  const routes = pageRoutes({
    admitCard: () => 0,
    links,
    serviceUrl: 'https://cards.example.com',
    organization: 'Nordlicht',
    locale: 'en',
    now: () => NOW,
    draw: async () => Buffer.from('a drawing'),
    ...deps,
  })
  return {
    routes,
    async get(path, headers = {}) {
      const reply = await answer(routes, path, headers)
      return { ...reply, text: Buffer.concat(bodyOf(reply)).toString() }
    },
  }
}

async function answer(
  routes: readonly HttpRoute[],
  path: string,
  headers: Readonly<Record<string, string | string[] | undefined>>,
): Promise<HttpReply> {
  const { pathname, searchParams } = new URL(path, 'http://test')
  for (const route of routes) {
    const names = [...route.path.matchAll(/:(\w+)/g)].map(([, name]) => name!)
    const found = new RegExp(`^${route.path.replaceAll('.', '\\.').replaceAll(/:\w+/g, '([^/]+)')}$`).exec(pathname)
    if (found === null) continue
    const params = Object.fromEntries(names.map((name, index) => [name, decodeURIComponent(found[index + 1]!)]))
    return route.handle({ params, query: searchParams, headers, body: new Uint8Array(), id: 'r1', ip: '127.0.0.1' })
  }
  return { status: 404, body: 'no route' }
}

function bodyOf({ body = '' }: HttpReply): Uint8Array[] {
  if (typeof body === 'string') return [Buffer.from(body)]
  return body instanceof Uint8Array ? [body] : [...body]
}

/** The same routes on a socket, for browsers. `deps` is given the address that the server has. */
export async function servePages(
  deps: (url: string) => Pick<PageDeps, 'cards'> & Partial<PageDeps>,
): Promise<{ url: string; requests: string[]; close(): Promise<void> }> {
  const requests: string[] = []
  let routes: readonly HttpRoute[] = []
  const server = createServer(async (request, response) => {
    requests.push(request.url ?? '')
    try {
      const reply = await answer(routes, request.url ?? '/', request.headers)
      const body = Buffer.concat(bodyOf(reply))
      response
        .writeHead(reply.status, { ...reply.headers, 'Content-Length': body.length })
        .end(request.method === 'HEAD' ? undefined : body)
    } catch (error) {
      response.writeHead(500).end(String(error))
    }
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  routes = makeRoutes({ serviceUrl: url, ...deps(url) }).routes
  return {
    url,
    requests,
    close: () => new Promise((resolve) => server.close(() => resolve()).closeAllConnections()),
  }
}
