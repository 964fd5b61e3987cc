import { type FSWatcher, watch } from 'node:fs'
import { dirname } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { type FileMarks, markFiles, type Watched } from './file-marks.js'

export interface WatchOptions {
  readonly signal: AbortSignal
  /** Milliseconds of quiet that a change needs before it is told: editors write a file in several steps. */
  readonly quiet?: number
  /** Milliseconds between looks at all files, for what the operating system does not tell. */
  readonly rescan?: number
}

/**
 * Yields at once, then again after every change of what is watched, until the signal is aborted. Changes while the
 * consumer is busy are told as one when it asks again. The system's messages only say *when* to look; whether something
 * changed is told by the files themselves. So nothing is missed where messages get lost (network drives, too many
 * watchers), nothing is told that changed nothing, and folders may be replaced, renamed and brought back.
 */
export async function* watchFiles(watched: Watched, options: WatchOptions): AsyncGenerator<void> {
  const { signal, quiet = 40, rescan = 750 } = options
  const alarm = new Alarm()
  const stop = (): void => alarm.ring()
  signal.addEventListener('abort', stop)
  const watchers = new Watchers(alarm)
  try {
    let told = await markFiles(watched)
    watchers.follow(told, watched)
    yield
    while (!signal.aborted) {
      await alarm.wait(rescan)
      if (signal.aborted) return
      const now = await markFiles(watched)
      watchers.follow(now, watched)
      if (now.text === told.text) continue
      told = await settled(now, watched, quiet)
      if (!signal.aborted) yield
    }
  } finally {
    signal.removeEventListener('abort', stop)
    watchers.close()
  }
}

/** Looks until two looks agree; a few times only, so that a file that is written all the time is shown too. */
async function settled(first: FileMarks, watched: Watched, quiet: number): Promise<FileMarks> {
  let last = first
  for (let looks = 0; looks < 5; looks++) {
    await sleep(quiet)
    const next = await markFiles(watched)
    if (next.text === last.text) return next
    last = next
  }
  return last
}

/** A bell that remembers that it rang while nobody listened. */
class Alarm {
  #rung = false
  #wake: (() => void) | undefined

  ring(): void {
    this.#rung = true
    this.#wake?.()
  }

  /** Until it rings, or that many milliseconds. */
  async wait(milliseconds: number): Promise<void> {
    if (!this.#rung) {
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, milliseconds)
        this.#wake = () => {
          clearTimeout(timer)
          resolve()
        }
      })
    }
    this.#wake = undefined
    this.#rung = false
  }
}

/** One watcher per folder: watching whole trees works differently on every system. */
class Watchers {
  readonly #open = new Map<string, { readonly id: string; readonly watcher: FSWatcher }>()
  readonly #alarm: Alarm

  constructor(alarm: Alarm) {
    this.#alarm = alarm
  }

  /** Watches the folders that are there now, and those that hold what is watched: editors put new files in place. */
  follow({ folders }: FileMarks, watched: Watched): void {
    const wanted = new Map(folders)
    for (const path of [...watched.files, ...watched.folders]) {
      if (!wanted.has(dirname(path))) wanted.set(dirname(path), '')
    }
    for (const [folder, { id }] of this.#open) if (wanted.get(folder) !== id) this.#drop(folder)
    for (const [folder, id] of wanted) if (!this.#open.has(folder)) this.#add(folder, id)
  }

  close(): void {
    for (const folder of [...this.#open.keys()]) this.#drop(folder)
  }

  #add(folder: string, id: string): void {
    try {
      const watcher = watch(folder, () => this.#alarm.ring())
      // A folder that goes away, on Windows; the next look at all files brings it back.
      watcher.on('error', () => this.#drop(folder))
      this.#open.set(folder, { id, watcher })
    } catch {
      // No such folder, or no watchers left: the regular look at all files serves instead.
    }
  }

  #drop(folder: string): void {
    this.#open.get(folder)?.watcher.close()
    this.#open.delete(folder)
  }
}
