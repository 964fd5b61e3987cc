import { isAbsolute, relative } from 'node:path'

/** A path below the working directory as a person would type it. */
export function shortPath(path: string, cwd: string): string {
  const short = relative(cwd, path)
  return short === '' || short.startsWith('..') || isAbsolute(short) ? path : short
}
