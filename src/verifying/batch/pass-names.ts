/** Whether a file of an archive is a pass; what the Finder of macOS puts beside one is not. */
export function isPassName(name: string): boolean {
  return /\.pkpass$/i.test(name) && !/(?:^|\/)(?:__MACOSX\/|\._)/.test(name)
}

/** Whoever opens a file of this name expects one pass in it. */
export function isNameOfOnePass(name: string): boolean {
  return /\.pkpass$/i.test(name)
}

/** Bundles are what phones take in one go; any other archive of passes is only a box that they are kept in. */
export function isBundleName(name: string): boolean {
  return /\.pkpasses$/i.test(name)
}
