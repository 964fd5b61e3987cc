import { AppError, isAppError } from '../kit/errors/index.js'

/** Turns a failed file operation on an output into an error with a remedy; anything unknown stays a bug. */
export function toFileError(error: unknown, path: string): unknown {
  if (isAppError(error) || !(error instanceof Error)) return error
  const code = 'code' in error ? String(error.code) : ''
  if (code === 'ENOSPC' || code === 'EDQUOT') {
    return new AppError('DISK_FULL', `no space left on the disk while writing ${path}`, { cause: error })
  }
  if (['EACCES', 'EPERM', 'EROFS', 'ENOTDIR', 'EISDIR', 'EEXIST', 'ENAMETOOLONG', 'ENOENT'].includes(code)) {
    return new AppError('OUTPUT_UNWRITABLE', `cannot write ${path}: ${error.message}`, { cause: error })
  }
  return error
}
