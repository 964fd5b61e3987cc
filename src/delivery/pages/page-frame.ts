import { createHash } from 'node:crypto'
import type { PassColours } from '../../cards/view/types.js'
import type { HttpReply } from '../../kit/http.js'
import { type Html, html, markup } from './html.js'
import { barColours, pageColours } from './page-colours.js'

export interface FrameInput {
  readonly status: number
  /** BCP 47. */
  readonly lang: string
  readonly title: string
  readonly body: Html
  /** Of the card; the page is grey without. */
  readonly colours?: PassColours | undefined
  /** Address of the style sheet. */
  readonly styleSheet: string
  /** Address of a small picture for the browser's tab. */
  readonly icon?: string | undefined
}

/** A whole page with the headers that keep it private: no scripts, nothing from elsewhere, in no frame, in no cache. */
export function pageReply({ status, lang, title, body, colours, styleSheet, icon }: FrameInput): HttpReply {
  const style = pageColours(colours)
  const bars = barColours(colours)
  const page = html`<!DOCTYPE html>
<html lang="${lang}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1, viewport-fit=cover">
<meta name="format-detection" content="telephone=no, date=no, address=no, email=no">
<meta name="robots" content="noindex, nofollow">
<meta name="theme-color" media="(prefers-color-scheme: light)" content="${bars.light}">
<meta name="theme-color" media="(prefers-color-scheme: dark)" content="${bars.dark}">
<title>${title}</title>
<link rel="stylesheet" href="${styleSheet}">
${icon === undefined ? markup('<link rel="icon" href="data:,">') : html`<link rel="icon" type="image/png" href="${icon}">`}
<style>${markup(style)}</style>
</head>
${body}
</html>
`
  return {
    status,
    headers: {
      ...PRIVATE_HEADERS,
      'Content-Type': 'text/html; charset=utf-8',
      'Content-Language': lang,
      'Content-Security-Policy': policy(style),
      'Cache-Control': 'private, no-store',
      // The page differs by these; no-store keeps it out of caches, and this tells those who do not listen.
      Vary: 'Accept-Language, User-Agent',
    },
    body: page.toString(),
  }
}

/** On everything that a page consists of. */
export const PRIVATE_HEADERS: Readonly<Record<string, string>> = {
  'Referrer-Policy': 'no-referrer',
  'X-Content-Type-Options': 'nosniff',
  'X-Frame-Options': 'DENY',
  'X-Robots-Tag': 'noindex, nofollow',
  'Cross-Origin-Resource-Policy': 'same-origin',
  'Permissions-Policy': 'camera=(), geolocation=(), microphone=()',
}

/** For pictures that somebody opens by themselves: an SVG is a document then, and must not do anything. */
export const PICTURE_POLICY = "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'; sandbox"

function policy(style: string): string {
  const hash = createHash('sha256').update(style).digest('base64')
  return (
    `default-src 'none'; img-src 'self' data:; style-src 'self' 'sha256-${hash}'; ` +
    "base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
  )
}
