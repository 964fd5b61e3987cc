import { lstat, opendir, stat } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { AppError } from '../../kit/errors/index.js'
import { downloadPass, type Fetch } from './download-pass.js'
import { LARGEST_FILE, type PassSource } from './pass-source.js'

export interface SourceContext {
  /** Relative paths are relative to it. */
  readonly cwd: string
  readonly fetch: Fetch
  /** What `-` reads. */
  readonly stdin: AsyncIterable<Uint8Array>
  readonly signal?: AbortSignal | undefined
}

/**
 * What the arguments of `pass verify` name: files, folders (a folder with a pass.json is one pass, any other is searched
 * for .pkpass and .pkpasses), http and https addresses, `-`. In the order of the arguments, folders sorted by name.
 *
 * @throws AppError PASS_NOT_FOUND, PASS_DOWNLOAD
 */
export async function* listSources(names: readonly string[], context: SourceContext): AsyncGenerator<PassSource> {
  for (const name of names) {
    if (name === '-') yield { kind: 'bytes', file: '-', bytes: await readAll(context.stdin), found: [] }
    else if (/^https?:\/\//i.test(name)) yield await downloadPass(name, context)
    else yield* onDisk(name, resolve(context.cwd, name))
  }
}

async function* onDisk(file: string, path: string): AsyncGenerator<PassSource> {
  const info = await stat(path).catch((cause: NodeJS.ErrnoException) => {
    throw new AppError('PASS_NOT_FOUND', `${file} cannot be opened (${cause.code}).`, { cause })
  })
  if (!info.isDirectory()) {
    yield { kind: 'file', file, path }
    return
  }
  const own = await stat(join(path, 'pass.json')).catch(() => undefined)
  if (own?.isFile() === true) {
    yield { kind: 'folder', file, path }
    return
  }
  let found = false
  for await (const inner of passesBelow(path, file.replace(/[\\/]+$/, ''))) {
    found = true
    yield inner
  }
  if (!found) {
    throw new AppError('PASS_NOT_FOUND', `${file} holds no .pkpass, no .pkpasses and no pass.json.`, {
      hints: ['Give the folder that the passes are in.'],
    })
  }
}

/** Files of passes below a folder, sorted. Links are not followed, so that there are no circles. */
async function* passesBelow(dir: string, file: string, depth = 0): AsyncGenerator<PassSource> {
  const names: string[] = []
  for await (const { name } of await opendir(dir)) names.push(name)
  for (const name of names.sort()) {
    const path = join(dir, name)
    if (/\.pkpass(?:es)?$/i.test(name)) {
      const info = await lstat(path)
      if (info.isFile()) yield { kind: 'file', file: `${file}/${name}`, path }
      else if (info.isDirectory()) yield { kind: 'folder', file: `${file}/${name}`, path }
    } else if (depth < MOST_DEPTH && !name.startsWith('.') && (await lstat(path)).isDirectory()) {
      yield* passesBelow(path, `${file}/${name}`, depth + 1)
    }
  }
}

const MOST_DEPTH = 32

async function readAll(stream: AsyncIterable<Uint8Array>): Promise<Uint8Array> {
  const parts: Uint8Array[] = []
  let length = 0
  for await (const part of stream) {
    length += part.length
    if (length > LARGEST_FILE) throw new AppError('PASS_UNREADABLE', 'What comes by the pipe is larger than any pass.')
    parts.push(part)
  }
  return Buffer.concat(parts)
}
