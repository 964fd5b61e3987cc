import { problemOfName, SeenNames } from './names.js'
import type { DirectoryEntry } from './records.js'
import type { Report } from './report.js'

const TYPE_OF_FILE = 0o170000
const REGULAR = 0o100000
const FOLDER = 0o040000

/** The entries that are files with names that may be unpacked; what is wrong with the others, and with names, is reported. */
export function filesAmong(entries: readonly DirectoryEntry[], report: Report): DirectoryEntry[] {
  const seen = new SeenNames()
  const files: DirectoryEntry[] = []
  for (const entry of entries) {
    const { name, mode, utf8 } = entry
    const shown = JSON.stringify(name)
    const problem = problemOfName(name)
    const collision = seen.collision(name)
    if (problem !== undefined) {
      const message = `${problem.text.charAt(0).toUpperCase()}${problem.text.slice(1)}: ${shortened(shown)}.`
      report.add(problem.rule, { file: shortened(name), message })
      continue
    }
    if (collision !== undefined) {
      const { rule, other } = collision
      const message =
        rule === 'archive.name-twice'
          ? `The name occurs twice: ${shown}.`
          : `${shown} and ${JSON.stringify(other)} are one name on many computers.`
      report.add(rule, { file: name, message })
      if (rule === 'archive.name-twice') continue
    }
    if (!utf8) report.add('archive.name-encoding', { file: name, message: `The name ${shown} is not in UTF-8.` })
    const type = mode & TYPE_OF_FILE
    if (type !== 0 && type !== REGULAR && type !== FOLDER) {
      const what = type === 0o120000 ? 'a symbolic link' : 'a device or a pipe'
      report.add('archive.link', { file: name, message: `${name} is ${what}, no file.`, evidence: mode.toString(8) })
      continue
    }
    if (!name.endsWith('/')) files.push(entry)
    else if (entry.size > 0 || entry.packed > 2) {
      report.add('archive.folder-content', { file: name, message: `The folder ${name} has content.` })
    }
  }
  return files
}

/** Names of attackers may have 65,535 bytes. */
function shortened(name: string): string {
  return name.length <= 500 ? name : `${name.slice(0, 100)}…`
}
