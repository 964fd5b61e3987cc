/** One block of a PEM file. */
export interface PemBlock {
  /** `CERTIFICATE`, `ENCRYPTED PRIVATE KEY`, … */
  readonly label: string
  /** The block as it stands in the file, headers included. Keys are parsed from this text. */
  readonly text: string
  readonly der: Buffer
}

const BLOCK = /-----BEGIN ([A-Z0-9 ]{1,60})-----\r?\n?([\s\S]*?)-----END \1-----/g

/** The PEM blocks of a text, in order; whatever stands between them (bag attributes of openssl) is skipped. */
export function readPem(text: string): PemBlock[] {
  return [...text.matchAll(BLOCK)].map(([block, label = '', body = '']) => ({
    label,
    // Copied out of mails and tickets, lines come indented; node:crypto takes them only flush left.
    text: `${block.replace(/^[ \t]+/gm, '').replaceAll('\r\n', '\n')}\n`,
    der: Buffer.from(body.replace(/^[A-Za-z0-9-]+:.*$/gm, ''), 'base64'),
  }))
}

export function writePem(label: string, der: Uint8Array): string {
  const lines =
    Buffer.from(der)
      .toString('base64')
      .match(/.{1,64}/g) ?? []
  return `-----BEGIN ${label}-----\n${lines.join('\n')}\n-----END ${label}-----\n`
}

/** Whether the bytes are a text that may hold PEM blocks. */
export function looksLikePem(bytes: Uint8Array): boolean {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).includes('-----BEGIN ')
}
