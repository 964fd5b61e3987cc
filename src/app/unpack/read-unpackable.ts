import { readFile, stat } from 'node:fs/promises'
import { basename, resolve } from 'node:path'
import { AppError } from '../../kit/errors/index.js'
import type { Finding } from '../../kit/findings.js'
import { visibleText } from '../../kit/visible-text.js'
import { openArchiveFile } from '../../signing/verify/archive/archive-file.js'
import { problemOfName } from '../../signing/verify/archive/names.js'
import { createFindings } from '../../signing/verify/findings.js'
import { readZip, ZIP_LIMITS, ZipError } from '../../signing/verify/zip.js'

/** The files of one pass, as far as they can be read. */
export interface Unpackable {
  /** As messages call it: `set.pkpasses/ann.pkpass`. */
  readonly source: string
  /** Where it goes below the target; '' for a pass of its own. */
  readonly folder: string
  readonly files: ReadonlyMap<string, Uint8Array>
  readonly findings: readonly Finding[]
}

/** A pass, or the passes of an archive one after the other. */
export async function* readUnpackable(
  name: string,
  { cwd, stdin }: { cwd: string; stdin: AsyncIterable<Uint8Array> },
): AsyncGenerator<Unpackable> {
  if (name === '-') {
    yield* unpack(await readAll(stdin), name)
    return
  }
  const path = resolve(cwd, name)
  const info = await stat(path).catch(() => undefined)
  if (info === undefined) throw new AppError('PASS_NOT_FOUND', `${name} is not there.`, { details: { path } })
  if (!info.isFile()) {
    const hints = info.isDirectory() ? ['`tessera pass show FOLDER` tells what an unpacked pass is.'] : []
    throw unreadable(name, 'is no file; only archives can be unpacked', { hints })
  }
  try {
    const archive = await openArchiveFile(path)
    try {
      const packed = archive.entries.filter((entry) => isPass(entry.name))
      if (packed.length > 0 && !archive.entries.some((entry) => entry.name === 'pass.json')) {
        if (archive.findings.length > 0)
          yield { source: basename(path), folder: '', files: new Map(), findings: archive.findings }
        const folders = new Set<string>()
        for (const entry of packed) {
          const read = (): Promise<Uint8Array> => archive.read(entry)
          yield await inner(`${basename(path)}/${entry.name}`, folderFor(entry.name, folders), read)
        }
        return
      }
    } finally {
      await archive.close()
    }
  } catch (error) {
    if (!(error instanceof ZipError)) throw error
    throw broken(name, error)
  }
  if (info.size > ZIP_LIMITS.totalBytes) throw unreadable(name, 'is larger than 128 MB')
  yield* unpack(await readFile(path), name)
}

async function* unpack(bytes: Uint8Array, source: string): AsyncGenerator<Unpackable> {
  const findings = createFindings()
  let files: ReadonlyMap<string, Uint8Array>
  try {
    files = readZip(bytes, { findings })
  } catch (error) {
    if (!(error instanceof ZipError)) throw error
    throw broken(source, error)
  }
  const packed = [...files].filter(([name]) => isPass(name))
  if (packed.length === 0 || files.has('pass.json')) {
    yield { source, folder: '', files, findings: findings.list }
    return
  }
  if (findings.list.length > 0) yield { source, folder: '', files: new Map(), findings: findings.list }
  const folders = new Set<string>()
  for (const [name, content] of packed)
    yield await inner(`${source}/${name}`, folderFor(name, folders), async () => content)
}

/** A pass of an archive; that it cannot be read does not keep the others from it. */
async function inner(source: string, folder: string, read: () => Promise<Uint8Array>): Promise<Unpackable> {
  const findings = createFindings()
  try {
    const files = readZip(await read(), { findings })
    return { source, folder, files, findings: findings.list }
  } catch (error) {
    if (!(error instanceof ZipError)) throw error
    findings.add(error.rule, { file: source, message: `${source} cannot be unpacked: ${error.message}.` })
    return { source, folder, files: new Map(), findings: findings.list }
  }
}

function isPass(name: string): boolean {
  return /\.pkpass$/i.test(name)
}

/** `ann` for `ann.pkpass`. What is left without the ending may be `..`, or taken: then the whole name serves. */
function folderFor(name: string, taken: Set<string>): string {
  const short = name.replace(/\.pkpass$/i, '')
  const plain = problemOfName(short) === undefined && !short.endsWith('/') ? short : name
  let folder = plain
  for (let number = 2; taken.has(folder.normalize('NFC').toLowerCase()); number++) folder = `${plain}-${number}`
  taken.add(folder.normalize('NFC').toLowerCase())
  return folder
}

async function readAll(stream: AsyncIterable<Uint8Array>): Promise<Buffer> {
  const chunks: Uint8Array[] = []
  let total = 0
  for await (const chunk of stream) {
    total += chunk.length
    if (total > ZIP_LIMITS.totalBytes) throw unreadable('-', 'sends more than 128 MB')
    chunks.push(chunk)
  }
  return Buffer.concat(chunks)
}

function broken(name: string, { message, rule, fix, evidence }: ZipError): AppError {
  return unreadable(name, `cannot be unpacked: ${visibleText(message)}`, {
    hints: [...(fix === undefined ? [] : [fix]), `tessera pass explain ${rule}`],
    details: { rule, evidence },
  })
}

function unreadable(name: string, reason: string, more: { hints?: string[]; details?: object } = {}): AppError {
  const { hints = [], details = {} } = more
  return new AppError('PASS_UNREADABLE', `${name} ${reason}.`, { hints, details: { path: name, ...details } })
}
