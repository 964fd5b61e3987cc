import { readFile, stat } from 'node:fs/promises'
import { createSecureContext } from 'node:tls'
import type { HttpServer } from '../../http/server.js'
import { AppError } from '../../kit/errors/index.js'
import type { Launch } from '../launch.js'

interface TlsPaths {
  readonly certificate: string
  readonly key: string
}

interface TlsFiles {
  readonly cert: Buffer
  readonly key: Buffer
}

/** How often the files are looked at, in milliseconds: they are renewed every few weeks. */
const LOOK_EVERY = 60_000

/** @throws AppError TLS_UNUSABLE when a file is missing, or the two do not belong together */
export async function readTls(launch: Launch, { certificate, key }: TlsPaths): Promise<TlsFiles> {
  try {
    const files = { cert: await readFile(launch.path(certificate)), key: await readFile(launch.path(key)) }
    createSecureContext(files)
    return files
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause)
    throw new AppError('TLS_UNUSABLE', `The certificate ${certificate} and its key ${key} cannot be used: ${reason}.`, {
      cause,
    })
  }
}

/** Takes up a renewed certificate without a restart. @returns what ends it */
export function watchTls(
  launch: Launch,
  paths: TlsPaths,
  {
    server,
    onNote,
    every = LOOK_EVERY,
  }: { readonly server: Pick<HttpServer, 'setCertificate'>; onNote(text: string): void; readonly every?: number },
): () => void {
  const mark = async (): Promise<string | undefined> => {
    const files = [paths.certificate, paths.key].map((path) => stat(launch.path(path)).catch(() => undefined))
    const stats = await Promise.all(files)
    return stats.map((found) => (found === undefined ? 'none' : `${found.mtimeMs} ${found.size}`)).join()
  }
  let known: string | undefined
  const look = async (): Promise<void> => {
    const present = await mark()
    const first = known === undefined
    if (present === known) return
    known = present
    if (first) return
    try {
      server.setCertificate(await readTls(launch, paths))
      onNote(`The renewed certificate ${paths.certificate} is in use.`)
    } catch (error) {
      // Half-written perhaps: the old one goes on, and what the file becomes next is looked at again.
      onNote(error instanceof Error ? error.message : String(error))
    }
  }
  void look()
  const timer = setInterval(() => void look(), every)
  timer.unref()
  return () => clearInterval(timer)
}
