import { type FileHandle, mkdir, open, readFile, stat } from 'node:fs/promises'
import { dirname } from 'node:path'
import { toFileError } from '../../jobs/file-errors.js'
import { AppError } from '../../kit/errors/index.js'
import { NO_FACE } from './describe-all.js'
import type { Described, PhotoFailure } from './types.js'

/** Vectors kept between runs: one line of JSON per photo, added as photos are described. */
export interface VectorFile {
  /** What is known of a photo that has not changed since. */
  get(path: string): Promise<Described | PhotoFailure | undefined>
  put(path: string, outcome: Described | PhotoFailure): Promise<void>
  /** Photos known when the file was opened. */
  readonly size: number
  /** A path that is known, to try whether the engine still says the same. */
  readonly sample: string | undefined
  /** Forgets all that was known when the file was opened. */
  forget(): void
  close(): Promise<void>
}

interface Line {
  readonly key: string
  readonly path: string
  readonly bytes: number
  /** Milliseconds since 1970. */
  readonly changed: number
  /** 32-bit floats, little endian, in base64; absent without a face. */
  readonly vector?: string
  readonly age?: number
  readonly gender?: Described['gender']
}

/**
 * Opens or makes a file of vectors. Lines of another key, of photos of another size or time, and half a line at the end
 * are passed over.
 *
 * @param key - what vectors depend on: the model's id and how faces are found
 * @throws AppError OUTPUT_UNWRITABLE
 */
export async function openVectorFile(file: string, key: string): Promise<VectorFile> {
  const known = new Map<string, Line>()
  const text = await readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return ''
    throw toFileError(error, file)
  })
  let ours = text === ''
  for (const line of text.split('\n')) {
    const parsed = parseLine(line)
    if (parsed !== undefined) ours = true
    if (parsed?.key === key) known.set(parsed.path, parsed)
  }
  if (!ours) throw new AppError('OUTPUT_UNWRITABLE', `cannot write ${file}: it holds something else than vectors`)
  const handle: FileHandle = await mkdir(dirname(file), { recursive: true })
    .then(() => open(file, 'a'))
    .catch((error: unknown) => {
      throw toFileError(error, file)
    })
  if (text !== '' && !text.endsWith('\n')) await handle.appendFile('\n')
  return {
    size: known.size,
    sample: known.values().find(({ vector }) => vector !== undefined)?.path,
    async get(path) {
      const line = known.get(path)
      if (line === undefined) return undefined
      const now = await stateOf(path)
      return now?.bytes === line.bytes && now.changed === line.changed ? outcomeOf(line) : undefined
    },
    async put(path, outcome) {
      const state = await stateOf(path)
      // Only what the engine said is kept: a photo that could not be read may be readable next time.
      if (state === undefined || (!('vector' in outcome) && outcome.reason !== NO_FACE.reason)) return
      const line: Line = { key, path, ...state, ...('vector' in outcome ? encoded(outcome) : {}) }
      await handle.appendFile(`${JSON.stringify(line)}\n`).catch((error: unknown) => {
        throw toFileError(error, file)
      })
    },
    forget: () => known.clear(),
    close: () => handle.close(),
  }
}

async function stateOf(path: string): Promise<{ bytes: number; changed: number } | undefined> {
  const found = await stat(path).catch(() => undefined)
  return found === undefined ? undefined : { bytes: found.size, changed: Math.round(found.mtimeMs) }
}

function parseLine(text: string): Line | undefined {
  if (text === '') return undefined
  try {
    const line = JSON.parse(text) as Partial<Line> | null
    const { key, path, bytes, changed } = line ?? {}
    const complete = typeof key === 'string' && typeof path === 'string' && Number.isFinite(bytes)
    return complete && Number.isFinite(changed) ? (line as Line) : undefined
  } catch {
    return undefined
  }
}

function encoded({ vector, age, gender }: Described): Pick<Line, 'vector' | 'age' | 'gender'> {
  return { vector: Buffer.from(vector.buffer, vector.byteOffset, vector.byteLength).toString('base64'), age, gender }
}

function outcomeOf({ vector, age = 0, gender = 'unknown' }: Line): Described | PhotoFailure {
  if (vector === undefined) return NO_FACE
  // Copied: bytes of base64 need not lie where floats may.
  return { vector: new Float32Array(new Uint8Array(Buffer.from(vector, 'base64')).buffer), age, gender }
}
