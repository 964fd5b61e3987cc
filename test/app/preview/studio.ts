import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { onTestFinished } from 'vitest'
import type { Environment } from '../../../src/app/environment.js'
import type { PreviewRequest } from '../../../src/app/preview/preview-request.js'
import { type PreviewEvent, type WatchOptions, watchPreview } from '../../../src/app/preview/watch-preview.js'
import { AppError } from '../../../src/kit/errors/index.js'

/** What the command would ask for, in a folder without a launch. */
export function requestOf(name: string, cwd: string, change: Partial<PreviewRequest> = {}): PreviewRequest {
  const environment: Environment = { env: {}, cwd, now: () => new Date() }
  return {
    name,
    environment,
    openLaunch: async () => {
      throw new AppError('LAUNCH_NOT_FOUND', 'There is no launch here.')
    },
    launchNamed: false,
    google: false,
    ios: 27,
    ...change,
  }
}

/** Runs the watching in the background; `until` waits for an event of a kind that was not waited for before. */
export function runWatch(request: PreviewRequest, options: Omit<WatchOptions, 'signal'>) {
  const stop = new AbortController()
  const events: PreviewEvent[] = []
  let heard = (): void => undefined
  const ended = (async () => {
    for await (const event of watchPreview(request, { ...options, signal: stop.signal })) {
      events.push(event)
      heard()
    }
  })()
  onTestFinished(async () => {
    stop.abort()
    await ended.catch(() => undefined)
  })
  let seen = 0
  async function until<T extends PreviewEvent['type']>(type: T): Promise<Extract<PreviewEvent, { type: T }>> {
    for (;;) {
      const at = events.findIndex((event, index) => index >= seen && event.type === type)
      if (at >= 0) {
        seen = at + 1
        return events[at] as Extract<PreviewEvent, { type: T }>
      }
      const more = new Promise<void>((resolve) => {
        heard = resolve
      })
      await Promise.race([
        more,
        ended.then(() => {
          throw new Error(`the watching ended without "${type}"`)
        }),
      ])
    }
  }
  return { events, until, stop: () => stop.abort(), ended }
}

/** Changes a text file of the design. */
export async function edit(dir: string, file: string, from: string, to: string): Promise<void> {
  const path = join(dir, file)
  const text = await readFile(path, 'utf8')
  if (!text.includes(from)) throw new Error(`${file} has no ${from}`)
  await writeFile(path, text.replace(from, to))
}

/** Reads server-sent events of a page: the versions that it hears of. */
export async function followVersions(url: string): Promise<{ next(): Promise<string> }> {
  const stop = new AbortController()
  onTestFinished(() => stop.abort())
  const response = await fetch(`${url}events`, { signal: stop.signal })
  const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader()
  let text = ''
  return {
    async next() {
      for (;;) {
        const found = /event: version\ndata: (\S+)\n\n/.exec(text)
        if (found !== null) {
          text = text.slice(found.index + found[0].length)
          return found[1] ?? ''
        }
        const chunk = await reader?.read()
        if (chunk === undefined || chunk.done) throw new Error('the stream ended')
        text += chunk.value
      }
    },
  }
}
