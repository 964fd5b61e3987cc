const NAMES: ReadonlySet<string> = new Set(['localhost', '127.0.0.1', '[::1]'])

/**
 * Whether a request's Host header names this machine and this port. A page from elsewhere can make its own name lead to
 * 127.0.0.1 (DNS rebinding) and would read the previews; its requests carry that name.
 */
export function isAllowedHost(host: string | undefined, port: number): boolean {
  const found = /^([a-z0-9.-]+|\[[0-9a-f:]+\])(?::(\d{1,5}))?$/i.exec(host ?? '')
  return found !== null && NAMES.has(found[1]?.toLowerCase() ?? '') && Number(found[2] ?? 80) === port
}
