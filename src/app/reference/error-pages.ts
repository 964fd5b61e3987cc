import { closest } from '../../kit/closest.js'
import { AppError, ERRORS, type ErrorCode, type ErrorEntry } from '../../kit/errors/index.js'

export interface ErrorPage extends ErrorEntry {
  readonly code: ErrorCode
}

/** Every documented error, by code. */
export function errorPages(): readonly ErrorPage[] {
  return (Object.keys(ERRORS) as ErrorCode[]).sort().map((code) => ({ code, ...ERRORS[code] }))
}

/** One page; the case of the letters does not matter. Throws USAGE for a code that there is not. */
export function errorPage(code: string): ErrorPage {
  const wanted = code.toUpperCase().replaceAll('-', '_')
  const pages = errorPages()
  const page = pages.find((entry) => entry.code === wanted)
  if (page !== undefined) return page
  const codes = pages.map((entry) => entry.code)
  const guess = closest(wanted, codes)
  const hints = ['`tessera help errors` lists all codes.']
  if (guess !== undefined) hints.unshift(`Did you mean ${guess}?`)
  throw new AppError('USAGE', `There is no error code "${code}".`, { hints })
}
