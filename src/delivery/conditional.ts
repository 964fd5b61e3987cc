import { type HttpRequest, header } from '../kit/http.js'

export interface Version {
  /** Strong, with its quotes. */
  readonly etag: string
  /** Epoch seconds; undefined where a date cannot tell versions apart. */
  readonly modifiedAt?: number
}

/**
 * True when the client has this very version (RFC 9110, 13.2.2): its tags decide, and its date where it sent none. Wallet
 * sends only the date that it was given. What is no HTTP date, such as a number of seconds, counts as absent. A date is the
 * version's or it is not: where the store was restored from a backup, phones have later dates, of changes that are lost.
 */
export function isUnchanged(request: Pick<HttpRequest, 'headers'>, { etag, modifiedAt }: Version): boolean {
  const tags = header(request, 'if-none-match')
  if (tags !== undefined) return tags.trim() === '*' || tagsOf(tags).includes(etag)
  const since = header(request, 'if-modified-since')
  if (since === undefined || modifiedAt === undefined || !/[a-z]{3}/i.test(since)) return false
  const time = Date.parse(since)
  return !Number.isNaN(time) && modifiedAt === Math.floor(time / 1000)
}

/** `W/"a", "b"` without the marks of weakness, which do not matter for reading (RFC 9110, 13.1.2). */
function tagsOf(list: string): string[] {
  return [...list.matchAll(/(?:W\/)?("[^"]*")/g)].flatMap(([, tag]) => tag ?? [])
}

export function versionHeaders({ etag, modifiedAt }: Version): Record<string, string> {
  return {
    ETag: etag,
    ...(modifiedAt === undefined ? {} : { 'Last-Modified': new Date(modifiedAt * 1000).toUTCString() }),
  }
}
