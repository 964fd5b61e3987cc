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
  { server, onNote }: { readonly server: Pick<HttpServer, 'setCertificate'>; onNote(text: string): void },
): () => void {
  const mark = async (): Promise<string> => {
    const stats = await Promise.all([paths.certificate, paths.key].map((path) => stat(launch.path(path))))
    return stats.map(({ mtimeMs, size }) => `${mtimeMs} ${size}`).join()
  }
  let known: string | undefined
  const look = async (): Promise<void> => {
    const present = await mark().catch(() => known)
    if (present === known) return
    const first = known === undefined
    known = present
    if (first) return
    try {
      server.setCertificate(await readTls(launch, paths))
      onNote(`The renewed certificate ${paths.certificate} is in use.`)
    } catch (error) {
      // The old one goes on; half-written files are there for a moment.
      known = undefined
      onNote(error instanceof Error ? error.message : String(error))
    }
  }
  void look()
  const timer = setInterval(() => void look(), LOOK_EVERY)
  timer.unref()
  return () => clearInterval(timer)
}
