import type { ServerResponse } from 'node:http'

/** Browsers open one stream per tab. */
const MOST = 32
/** Proxies and sleeping laptops end streams that say nothing for long. */
const HEARTBEAT = 15_000

/**
 * The browsers that follow changes, by server-sent events. Each message is the name of the version that is current; a
 * page that shows another one loads itself again. It is also said on connecting, so no change falls between the loading
 * of a page and its first message.
 */
export class EventClients {
  readonly #open = new Set<ServerResponse>()
  readonly #heartbeat = setInterval(() => this.#write(': still here\n\n'), HEARTBEAT).unref()

  /** @returns false when there are too many already. */
  add(response: ServerResponse, version: string): boolean {
    if (this.#open.size >= MOST) return false
    this.#open.add(response)
    response.on('close', () => this.#open.delete(response))
    // Whoever loses the server asks again soon: it is restarted a lot.
    response.write(`retry: 1000\n${message(version)}`)
    return true
  }

  tell(version: string): void {
    this.#write(message(version))
  }

  close(): void {
    clearInterval(this.#heartbeat)
    for (const response of this.#open) response.end()
  }

  #write(text: string): void {
    for (const response of this.#open) response.write(text)
  }
}

function message(version: string): string {
  return `event: version\ndata: ${version}\n\n`
}
