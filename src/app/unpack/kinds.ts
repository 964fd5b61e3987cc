const KINDS: Readonly<Record<string, string>> = {
  'pass.json': 'what the card says',
  'manifest.json': 'digests of all files',
  signature: 'signature of manifest.json',
  'personalization.json': 'sign-up form of a rewards card',
  'tooling.json': 'notes of Pass Designer',
}

/** What a file of a pass is for, in a few words. */
export function whatIs(path: string): string {
  const [, locale, name = path] = /^([^/]+)\.lproj\/(.+)$/i.exec(path) ?? []
  const language = locale === undefined ? '' : `, ${locale}`
  const known = KINDS[name]
  if (known !== undefined) return known + language
  if (/\.strings$/i.test(name)) return `texts${language}`
  const [, picture, scale] = /^([^/]+?)(?:@(\dx))?\.png$/i.exec(name) ?? []
  if (picture !== undefined) return `picture ${picture}${scale === undefined ? '' : ` at ${scale}`}${language}`
  return `file${language}`
}
