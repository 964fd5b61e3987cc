/**
 * What a room serves over HTTP, without knowing the server: the rooms export lists of routes, http/ assembles them. A
 * route is a function from a request to a reply, so that it is tested without a socket.
 */
export interface HttpRoute {
  /** `GET` answers HEAD as well. */
  readonly method: 'GET' | 'POST' | 'DELETE'
  /** Parameters are decoded; `/v1/passes/:passType/:serial`. */
  readonly path: string
  /** Short name for metrics and the access log, which never show what stands in an address: `wallet.pass`. */
  readonly name: string
  /** Longest body that is read, in bytes; 0 when undefined. Longer ones are answered with 413. */
  readonly bodyLimit?: number
  handle(request: HttpRequest): HttpReply | Promise<HttpReply>
}

export interface HttpRequest {
  readonly params: Readonly<Record<string, string>>
  readonly query: URLSearchParams
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string | readonly string[] | undefined>>
  /** As it came, whatever the content type says. */
  readonly body: Uint8Array
  /** Unique; in the access log and in the header X-Request-Id of the reply. */
  readonly id: string
  /** Address of the client, told by the proxy where that is trusted. For limits only, never kept. */
  readonly ip: string
}

export interface HttpReply {
  readonly status: number
  readonly headers?: Readonly<Record<string, string>>
  /** Parts are sent one after the other. A HEAD request gets the headers only, with the length. */
  readonly body?: string | Uint8Array | readonly Uint8Array[]
  /**
   * Set where the client tried to get at something that is not its own: the wrong token, a card that does not exist. Many
   * of those from one address are refused.
   */
  readonly suspicious?: boolean
}

/** The one value of a header; undefined when it is absent or there are several. */
export function header(request: Pick<HttpRequest, 'headers'>, name: string): string | undefined {
  const value = request.headers[name]
  return typeof value === 'string' ? value : undefined
}
