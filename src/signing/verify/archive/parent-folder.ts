import { isLitter } from './names.js'
import type { Report } from './report.js'

/** When all files lie in one folder with a pass.json, as if they lay at the top; reported. */
export function withoutParentFolder(
  files: Map<string, Uint8Array>,
  report: Pick<Report, 'add'>,
): Map<string, Uint8Array> {
  if (files.has('pass.json') || files.size === 0) return files
  const names = [...files.keys()].filter((name) => !isLitter(name))
  const json = names.filter((name) => name.endsWith('/pass.json'))
  const [first] = json.sort((a, b) => a.length - b.length)
  const folder = first?.slice(0, -'pass.json'.length)
  if (folder === undefined || !names.every((name) => name.startsWith(folder))) return files
  report.add('archive.parent-folder', {
    message: `All files lie in the folder ${folder} of the archive rather than at its top.`,
    evidence: `${folder}pass.json`,
  })
  const inside = [...files].map(([name, bytes]) => [name.startsWith(folder) ? name.slice(folder.length) : name, bytes])
  return new Map(inside as [string, Uint8Array][])
}

/** Tells what file managers left behind, once for all. */
export function reportLitter(names: Iterable<string>, report: Pick<Report, 'add'>): void {
  const litter = [...names].filter(isLitter)
  if (litter.length === 0) return
  const more = litter.length > 5 ? ` and ${litter.length - 5} more` : ''
  report.add('archive.litter', {
    message: `The archive holds ${litter.length === 1 ? 'a file' : `${litter.length} files`} that a file manager left behind.`,
    evidence: `${litter.slice(0, 5).join(', ')}${more}`,
  })
}
