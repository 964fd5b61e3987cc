import type { RuleGroupDoc } from '../../kit/findings.js'

const MIME = 'Apple, Distributing and updating a pass: application/vnd.apple.pkpass'

/** How a web server hands a pass out. */
export const DOWNLOAD_RULES = {
  id: 'download',
  title: 'Download',
  intro: 'What a web server says beside the bytes of a pass; asked of addresses only.',
  rules: [
    {
      id: 'download.content-type',
      severity: 'refused',
      title: 'The Content-Type is not that of a pass.',
      reason: 'Safari opens the pass by its type only; with another one it shows text or saves a file.',
      fix: 'Send Content-Type: application/vnd.apple.pkpass (a bundle: application/vnd.apple.pkpasses).',
      source: MIME,
      example: 'Content-Type: application/octet-stream',
      fixable: false,
    },
    {
      id: 'download.status',
      severity: 'refused',
      title: 'The address answers with an error.',
      reason: 'Phones get no pass.',
      fix: 'Open the address in a browser, and look into the log of the web server.',
      source: 'RFC 9110, 15',
      example: '404 Not Found',
      fixable: false,
    },
    {
      id: 'download.not-https',
      severity: 'refused-by-some',
      title: 'The pass is not sent by https.',
      reason: 'Who listens on the way can read and change it; browsers warn, and apps on phones refuse plain http.',
      fix: 'Serve passes by https only.',
      source: 'Apple, App Transport Security',
      example: 'http://example.com/card.pkpass',
      fixable: false,
    },
    {
      id: 'download.file-name',
      severity: 'advice',
      title: 'The server names the file otherwise than a pass.',
      reason: 'Where a browser saves the file instead of opening it, no wallet app knows it by this name.',
      fix: 'Send Content-Disposition: attachment; filename="card.pkpass", or leave the header out.',
      source: 'RFC 6266',
      example: 'Content-Disposition: attachment; filename="download.php"',
      fixable: false,
    },
    {
      id: 'download.cached',
      severity: 'advice',
      title: 'The pass may be kept by caches for a long time.',
      reason: 'Holders who load it again get the old one.',
      fix: 'Send Cache-Control: no-cache, with Last-Modified or ETag.',
      source: 'RFC 9111',
      example: 'Cache-Control: public, max-age=31536000',
      fixable: false,
    },
  ],
} as const satisfies RuleGroupDoc
