import { closeSync, ftruncateSync, mkdirSync, openSync, renameSync, rmSync, statSync, writevSync } from 'node:fs'
import { dirname } from 'node:path'
import { AppError } from '../kit/errors/index.js'
import { toFileError } from './file-errors.js'

/**
 * A file that a long job appends to, under a `.partial` name until the job is done. The journal keeps its length at
 * each checkpoint; a resumed job cuts off what came after and goes on, so a kill leaves nothing twice.
 */
export class AppendFile {
  readonly path: string
  readonly partialPath: string
  #fd: number
  #length: number

  private constructor(path: string, fd: number, length: number) {
    this.path = path
    this.partialPath = `${path}.partial`
    this.#fd = fd
    this.#length = length
  }

  /**
   * @param length - bytes that a checkpoint vouches for; 0 starts afresh.
   * @throws AppError OUTPUT_UNWRITABLE, DISK_FULL
   */
  static open(path: string, length: number): AppendFile {
    const partial = `${path}.partial`
    try {
      mkdirSync(dirname(path), { recursive: true })
      // Found now, not at the end of a long job.
      if (statSync(path, { throwIfNoEntry: false })?.isDirectory()) {
        throw new AppError('OUTPUT_UNWRITABLE', `cannot write ${path}: it is a folder`)
      }
      const fd = openSync(partial, length === 0 ? 'w' : 'r+')
      ftruncateSync(fd, length)
      return new AppendFile(path, fd, length)
    } catch (error) {
      throw toFileError(error, partial)
    }
  }

  /** Whether the partial file of `path` still has the bytes that a checkpoint vouches for. */
  static covers(path: string, length: number): boolean {
    return length === 0 || (statSync(`${path}.partial`, { throwIfNoEntry: false })?.size ?? -1) >= length
  }

  /** Bytes written so far. */
  get length(): number {
    return this.#length
  }

  append(...chunks: readonly Uint8Array[]): void {
    let rest = chunks.filter((chunk) => chunk.length > 0)
    try {
      while (rest.length > 0) {
        const written = writevSync(this.#fd, rest, this.#length)
        this.#length += written
        rest = skip(rest, written)
      }
    } catch (error) {
      throw toFileError(error, this.partialPath)
    }
  }

  /** Gives the file its own name. */
  finish(): void {
    this.close()
    try {
      renameSync(this.partialPath, this.path)
    } catch (error) {
      throw toFileError(error, this.path)
    }
  }

  /** Removes the partial file: the job turned out to have nothing to say in it. */
  discard(): void {
    this.close()
    rmSync(this.partialPath, { force: true })
  }

  close(): void {
    if (this.#fd >= 0) closeSync(this.#fd)
    this.#fd = -1
  }
}

function skip(chunks: readonly Uint8Array[], bytes: number): Uint8Array[] {
  const rest: Uint8Array[] = []
  let left = bytes
  for (const chunk of chunks) {
    if (left >= chunk.length) left -= chunk.length
    else {
      rest.push(left > 0 ? chunk.subarray(left) : chunk)
      left = 0
    }
  }
  return rest
}
