import { Rulebook, type RulesDeps } from '../../../src/issuing/updates/design-rules.js'
import { previewFile } from '../../../src/issuing/updates/preview-file.js'
import { updateFromFile } from '../../../src/issuing/updates/update-from-file.js'
import type { FilePreview, UpdatedItem, UpdateInput, UpdateSummary } from '../../../src/issuing/updates/update-types.js'
import type { JobEvent, JobWarning } from '../../../src/kit/events.js'
import { NOW, SERVICE, SUBJECT, type Workbench } from '../workbench.js'

export interface UpdateOptions extends Partial<Omit<UpdateInput, 'csv'>> {
  readonly signal?: AbortSignal
  readonly onEvent?: (event: JobEvent<UpdateSummary, UpdatedItem>) => void
}

export interface UpdateRun {
  readonly state: 'done' | 'stopped'
  readonly summary: UpdateSummary
  readonly warnings: readonly JobWarning[]
  readonly items: readonly UpdatedItem[]
}

/** A clock that stands still: what must move on moves by itself. */
export function depsOf(bench: Workbench): RulesDeps & { readonly actor: string } {
  return {
    store: bench.store,
    pass: { ...SUBJECT, webServiceURL: SERVICE },
    values: { locale: 'en', currency: 'EUR' },
    folders: {
      snapshots: bench.path('.tessera/designs'),
      cache: bench.path('.tessera/cache'),
      pictures: bench.path('.tessera/pictures'),
    },
    now: () => NOW,
    actor: 'tester',
  }
}

function inputOf(bench: Workbench, csv: string, options: UpdateOptions): UpdateInput {
  return { csv: bench.path(csv), empty: 'keep', items: false, command: `tessera card update --from ${csv}`, ...options }
}

export async function runUpdate(bench: Workbench, csv: string, options: UpdateOptions = {}): Promise<UpdateRun> {
  const events: JobEvent<UpdateSummary, UpdatedItem>[] = []
  const signal = options.signal ?? new AbortController().signal
  for await (const event of updateFromFile(inputOf(bench, csv, options), { ...depsOf(bench), signal })) {
    events.push(event)
    options.onEvent?.(event)
  }
  const last = events.at(-1)
  if (last?.type !== 'summary') throw new Error('a job ends with its summary')
  return {
    state: last.state,
    summary: last.summary,
    warnings: events.filter((event) => event.type === 'warning'),
    items: events.flatMap((event) => (event.type === 'item' ? [event.item] : [])),
  }
}

export function runPreview(bench: Workbench, csv: string, options: UpdateOptions = {}): Promise<FilePreview> {
  return previewFile(inputOf(bench, csv, options), depsOf(bench))
}

export const rulebook = (bench: Workbench): Rulebook => new Rulebook(depsOf(bench))
