import { AppError, isAppError } from '../kit/errors/index.js'

/** Turns what the database driver throws into an error with a remedy; anything unknown stays a bug. */
export function toStoreError(error: unknown, where: string): unknown {
  if (isAppError(error)) return error
  const code = error instanceof Error && 'code' in error ? String(error.code) : ''
  const options = { cause: error }
  if (code.startsWith('SQLITE_BUSY') || code.startsWith('SQLITE_LOCKED')) {
    return new AppError('STORE_LOCKED', `the store ${where} is held by another program`, options)
  }
  if (code.startsWith('SQLITE_CORRUPT') || code === 'SQLITE_NOTADB') {
    return new AppError('STORE_DAMAGED', `the store ${where} is damaged: ${text(error)}`, options)
  }
  if (code === 'SQLITE_FULL' || code === 'ENOSPC') {
    return new AppError('DISK_FULL', `no space left on the disk of ${where}`, options)
  }
  if (
    /^SQLITE_(CANTOPEN|READONLY|IOERR|PERM|AUTH)/.test(code) ||
    ['EACCES', 'EPERM', 'EROFS', 'ENOTDIR', 'EEXIST'].includes(code)
  ) {
    return new AppError('STORE_UNAVAILABLE', `the store ${where} cannot be opened or written: ${text(error)}`, options)
  }
  return error
}

function text(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}
