import { createHash } from 'node:crypto'
import type { HttpRoute } from '../../kit/http.js'
import { PICTURE_POLICY, PRIVATE_HEADERS } from './page-frame.js'
import { PAGE_STYLE } from './page-style.js'

/** A file that all pages share. Its name changes with its content, so browsers may keep it for good. */
export interface PageAsset {
  readonly path: string
  readonly route: HttpRoute
}

export function styleSheetAsset(): PageAsset {
  return asset({ name: 'pages', extension: 'css', type: 'text/css; charset=utf-8', text: PAGE_STYLE })
}

/** The operator's "Add to Apple Wallet" badge. It is never part of a page's markup, so nothing in it can act. */
export function badgeAsset(svg: string): PageAsset {
  return asset({ name: 'add-to-apple-wallet', extension: 'svg', type: 'image/svg+xml', text: svg })
}

interface AssetInput {
  readonly name: string
  readonly extension: string
  readonly type: string
  readonly text: string
}

function asset({ name, extension, type, text }: AssetInput): PageAsset {
  const body = new TextEncoder().encode(text)
  const hash = createHash('sha256').update(body).digest('hex').slice(0, 12)
  const path = `/assets/${name}-${hash}.${extension}`
  const headers = {
    ...PRIVATE_HEADERS,
    'Content-Type': type,
    'Content-Security-Policy': PICTURE_POLICY,
    'Cache-Control': 'public, max-age=31536000, immutable',
  }
  return { path, route: { method: 'GET', path, name: 'pages.asset', handle: () => ({ status: 200, headers, body }) } }
}
