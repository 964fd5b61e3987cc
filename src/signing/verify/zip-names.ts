/** What is wrong with the name of an archive's entry; undefined when nothing is. `seen` holds the names before it. */
export function problemOfName(name: string, seen: ReadonlySet<string>): string | undefined {
  if (name === '') return 'a file has no name'
  if (name.length > 500) return 'the name is too long'
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
  if (/[\u0000-\u001f\u007f]/.test(name)) return 'the name has control characters'
  if (name.startsWith('/') || /^[a-z]:/i.test(name)) return 'the path is absolute'
  if (name.includes('\\')) return 'the path has backslashes'
  const parts = name.replace(/\/$/, '').split('/')
  if (parts.includes('..')) return 'the path leads out of the pass'
  if (parts.includes('.') || parts.includes('')) return 'the path has empty parts'
  return seen.has(name) ? 'the name occurs twice' : undefined
}
