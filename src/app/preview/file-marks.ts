import type { BigIntStats } from 'node:fs'
import { readdir, stat } from 'node:fs/promises'
import { join } from 'node:path'

/** What is watched: folders with all that is in them, and single files. Absolute; none of them needs to exist. */
export interface Watched {
  readonly folders: readonly string[]
  readonly files: readonly string[]
}

/** How watched files are at a moment. */
export interface FileMarks {
  /** Differs whenever a file was added, removed, replaced or written. */
  readonly text: string
  /** The folders that are there, with what tells a folder from one that took its place. */
  readonly folders: ReadonlyMap<string, string>
}

/** Designs are one level deep below their languages; deeper folders are somebody's own. */
const DEPTH = 3
/** A design has at most 400 files; whoever watches a folder with more gets the first ones. */
const MOST_ENTRIES = 5000

/** Looks at all watched files; what cannot be read counts as not there. */
export async function markFiles({ folders, files }: Watched): Promise<FileMarks> {
  const lines: string[] = []
  const found = new Map<string, string>()

  async function visit(folder: string, depth: number): Promise<void> {
    const info = await statOf(folder)
    if (info === undefined || !info.isDirectory()) return
    found.set(folder, `${info.dev}:${info.ino}`)
    for (const name of await namesIn(folder)) {
      if (lines.length >= MOST_ENTRIES) return
      const path = join(folder, name)
      const own = await statOf(path)
      if (own === undefined) continue
      if (!own.isDirectory()) lines.push(mark(path, own))
      else if (depth < DEPTH) await visit(path, depth + 1)
    }
  }

  for (const folder of folders) await visit(folder, 1)
  for (const file of files) {
    const info = await statOf(file)
    if (info !== undefined) lines.push(mark(file, info))
  }
  return { text: [...found.keys(), ...lines].join('\n'), folders: found }
}

/** The change time too: a file that was replaced by one of the same age and size has a new one. */
function mark(path: string, { ino, size, mtimeNs, ctimeNs }: BigIntStats): string {
  return `${path} ${ino} ${size} ${mtimeNs} ${ctimeNs}`
}

async function statOf(path: string): Promise<BigIntStats | undefined> {
  return stat(path, { bigint: true }).catch(() => undefined)
}

/** Dot files are swap files of editors and marks of file managers; a design never has them. */
async function namesIn(folder: string): Promise<string[]> {
  const names = await readdir(folder).catch(() => [])
  return names.filter((name) => !name.startsWith('.') && !name.endsWith('~')).sort()
}
