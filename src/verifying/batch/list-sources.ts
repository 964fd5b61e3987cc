import { createReadStream, type Stats } from 'node:fs'
import { lstat, opendir, stat } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { addAbortSignal, Readable } from 'node:stream'
import { AppError } from '../../kit/errors/index.js'
import { downloadPass, type Fetch } from './download-pass.js'
import { listArchive } from './list-archive.js'
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
 * for .pkpass and .pkpasses), archives of passes, http and https addresses, `-`. In the order of the arguments, folders
 * sorted by name.
 *
 * @throws AppError PASS_NOT_FOUND, PASS_DOWNLOAD, PASS_UNREADABLE
 */
export async function* listSources(names: readonly string[], context: SourceContext): AsyncGenerator<PassSource> {
  // A mistyped name is told before the work on the others begins.
  for (const name of names) if (isOnDisk(name)) await find(name, resolve(context.cwd, name))
  for (const name of names) {
    if (name === '-')
      yield { kind: 'bytes', file: '-', bytes: await readAll(context.stdin, 'the pipe', context), found: [] }
    else if (!isOnDisk(name)) yield await downloadPass(name, context)
    else yield* onDisk(name, resolve(context.cwd, name), context)
  }
}

function isOnDisk(name: string): boolean {
  return name !== '-' && !/^https?:\/\//i.test(name)
}

async function find(file: string, path: string): Promise<Stats> {
  return stat(path).catch((cause: NodeJS.ErrnoException) => {
    const what = cause.code === 'ENOENT' ? 'is not there' : `cannot be opened (${cause.code})`
    throw new AppError('PASS_NOT_FOUND', `${file} ${what}.`, { cause })
  })
}

async function* onDisk(file: string, path: string, context: SourceContext): AsyncGenerator<PassSource> {
  const info = await find(file, path)
  if (info.isFile()) {
    const packed = await listArchive(file, path, info.size)
    yield* packed ?? [{ kind: 'file', file, path }]
    return
  }
  if (!info.isDirectory()) {
    // A pipe of the shell, such as <(curl …), or a device.
    yield { kind: 'bytes', file, bytes: await readAll(createReadStream(path), file, context), found: [] }
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
  try {
    for await (const { name } of await opendir(dir)) names.push(name)
  } catch (error) {
    yield { kind: 'unreadable', file, reason: (error as Error).message }
    return
  }
  for (const name of names.sort()) {
    const path = join(dir, name)
    if (/\.pkpass(?:es)?$/i.test(name)) {
      const info = await lstat(path).catch(() => undefined)
      // What has vanished since is told by whoever reads it.
      if (info === undefined || info.isFile()) yield { kind: 'file', file: `${file}/${name}`, path }
      else if (info.isDirectory()) yield { kind: 'folder', file: `${file}/${name}`, path }
    } else if (depth < MOST_DEPTH && !name.startsWith('.') && (await isFolder(path))) {
      yield* passesBelow(path, `${file}/${name}`, depth + 1)
    }
  }
}

const MOST_DEPTH = 32

async function isFolder(path: string): Promise<boolean> {
  return lstat(path).then(
    (info) => info.isDirectory(),
    () => false,
  )
}

async function readAll(
  stream: AsyncIterable<Uint8Array>,
  what: string,
  { signal }: Pick<SourceContext, 'signal'>,
): Promise<Uint8Array> {
  if (signal !== undefined && stream instanceof Readable) addAbortSignal(signal, stream)
  const parts: Uint8Array[] = []
  let length = 0
  for await (const part of stream) {
    length += part.length
    if (length > LARGEST_FILE) throw new AppError('PASS_UNREADABLE', `What comes from ${what} is larger than any pass.`)
    parts.push(part)
  }
  return Buffer.concat(parts)
}
