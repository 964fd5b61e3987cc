import type { FastifyReply } from 'fastify'

/**
 * Sends a body that lies in several places of memory as it lies: most of a pass is shared with the others of its design,
 * and copying it together would cost more than anything else about a pass that is kept.
 */
export function sendParts(
  parts: readonly Uint8Array[],
  { head, reply }: { readonly head: boolean; readonly reply: FastifyReply },
): FastifyReply {
  const length = parts.reduce((sum, part) => sum + part.length, 0)
  reply.header('Content-Length', String(length))
  if (head) return reply.send()
  reply.hijack()
  const { raw } = reply
  raw.writeHead(reply.statusCode, reply.getHeaders() as Record<string, string>)
  // One write to the socket for all of them.
  raw.cork()
  for (const part of parts) raw.write(part)
  raw.end()
  raw.uncork()
  return reply
}
