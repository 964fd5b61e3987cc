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
  }: {
    readonly server: Pick<HttpServer, 'setCertificate'>
    readonly every?: number
    onNote(text: string): void
  },
): () => void {
  const mark = async (): Promise<string> => {
    const stats = await Promise.all([paths.certificate, paths.key].map((path) => stat(launch.path(path))))
    return stats.map(({ mtimeMs, size }) => `${mtimeMs} ${size}`).join()
  }
  let known: string | undefined
  let complaint: string | undefined
  let looking = false
  const look = async (): Promise<void> => {
    if (looking) return
    looking = true
    try {
      // Before the files are read: what is written meanwhile is seen the next time.
      const present = await mark().catch(() => undefined)
      if (present !== undefined && present === known) return
      server.setCertificate(await readTls(launch, paths))
      if (known !== undefined || complaint !== undefined)
        onNote(`The renewed certificate ${paths.certificate} is in use.`)
      known = present
      complaint = undefined
    } catch (error) {
      // The old one goes on, and the files are read again the next time: half-written ones are there for a moment.
      const message = error instanceof Error ? error.message : String(error)
      if (message !== complaint) onNote(message)
      complaint = message
    } finally {
      looking = false
    }
  }
  void look()
  const timer = setInterval(() => void look(), every)
  timer.unref()
  return () => clearInterval(timer)
}
