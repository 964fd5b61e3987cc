import { isAppError } from '../../kit/errors/index.js'
import { type BuildFailure, explainFailure } from './build-failure.js'
import { startLiveServer } from './live-server.js'
import { LiveView } from './live-view.js'
import { openBrowser } from './open-browser.js'
import { openPreview, type Preview } from './open-preview.js'
import { isPage, makePreview, type PreviewPicture, type PreviewResult } from './preview-design.js'
import type { PreviewRequest } from './preview-request.js'
import { watchFiles } from './watch-files.js'

export interface WatchOptions {
  readonly signal: AbortSignal
  /** Shows the page in browsers, too. A port of 0 is a free one. */
  readonly serve?: { readonly port: number; readonly open: boolean } | undefined
  /** Pixels across of the picture for a terminal; undefined for none. */
  readonly pictureWidth?: number | undefined
}

/** What happens while a design is watched. `at` is when. */
export type PreviewEvent =
  | { readonly type: 'built'; readonly at: Date; readonly result: PreviewResult; readonly picture?: PreviewPicture }
  | { readonly type: 'broken'; readonly at: Date; readonly failure: BuildFailure }
  | { readonly type: 'serving'; readonly url: string }
  | { readonly type: 'note'; readonly text: string }

/**
 * Makes the preview now and after every change, until the signal is aborted. One at a time: what changes meanwhile is
 * taken up by one more. A design with a mistake is waited for.
 *
 * @throws AppError PORT_UNAVAILABLE, and what is wrong with the request itself
 */
export async function* watchPreview(request: PreviewRequest, options: WatchOptions): AsyncGenerator<PreviewEvent> {
  const { signal, serve } = options
  const preview = await openPreview(request, serve !== undefined || isPage(request.out))
  const live = new LiveView(request.environment.now().getTime().toString(36))
  let server: Awaited<ReturnType<typeof startLiveServer>> | undefined
  let first = true
  try {
    for await (const _ of watchFiles(preview.source.watched, { signal })) {
      const event = await rebuild({ preview, request, live, options, first })
      first = false
      if (serve !== undefined && server === undefined) {
        server = await startLiveServer({ port: serve.port, content: () => live.content })
        yield { type: 'serving', url: server.url }
        yield event
        if (serve.open && !(await openBrowser(server.url))) {
          yield { type: 'note', text: `No browser could be opened; open ${server.url} yourself.` }
        }
        continue
      }
      server?.tell(live.content.version)
      yield event
    }
  } finally {
    await server?.close()
    await preview.close()
  }
}

interface Rebuild {
  readonly preview: Preview
  readonly request: PreviewRequest
  readonly live: LiveView
  readonly options: WatchOptions
  readonly first: boolean
}

async function rebuild({ preview, request, live, options, first }: Rebuild): Promise<PreviewEvent> {
  const { serve, pictureWidth } = options
  const at = request.environment.now()
  try {
    const fileByDefault = serve === undefined && pictureWidth === undefined
    const { result, built, picture } = await makePreview(preview, request, { pictureWidth, fileByDefault })
    if (serve !== undefined) await live.show(built, { notes: result.warnings, scale: request.scale ?? 2 })
    return { type: 'built', at, result, ...(picture === undefined ? {} : { picture }) }
  } catch (error) {
    // What was typed wrong stays wrong; what stands in a file is about to be mended.
    if (first && !isMistakeInFile(error)) throw error
    const failure = await explainFailure(error)
    live.fail(failure)
    return { type: 'broken', at, failure }
  }
}

function isMistakeInFile(error: unknown): boolean {
  return isAppError(error) && /^(?:DESIGN|CONFIG)_/.test(error.code)
}
