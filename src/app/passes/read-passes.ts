import { readFile, stat } from 'node:fs/promises'
import { findPasses } from '../../cards/import/sort-bundle.js'
import type { PassFiles } from '../../cards/model.js'
import { readPassText } from '../../cards/pass/read-pass-text.js'
import { AppError } from '../../kit/errors/index.js'
import type { Finding } from '../../kit/findings.js'
import { visibleText } from '../../kit/visible-text.js'
import { readArchiveEntry } from '../../signing/verify/archive/archive-file.js'
import { createFindings } from '../../signing/verify/findings.js'
import { readZip, ZIP_LIMITS, ZipError } from '../../signing/verify/zip.js'
import { listSources } from '../../verifying/batch/list-sources.js'
import { LARGEST_FILE, type PassSource } from '../../verifying/batch/pass-source.js'
import { type ReadArchive, readPassOrBundle } from '../../verifying/batch/read-archive.js'
import { readFolder } from '../../verifying/batch/read-folder.js'
import type { PassReport } from '../../verifying/types.js'
import { unreadableReport, verifyFiles, verifyPass } from '../../verifying/verify-pass.js'
import type { Environment } from '../environment.js'
import { readTrust } from '../verify-passes.js'

export interface PassWorld {
  readonly environment: Environment
  readonly fetch: typeof fetch
  /** What `-` reads. */
  readonly stdin: AsyncIterable<Uint8Array>
  /** PEM or DER files of certificates to trust beside Apple's. */
  readonly trust: readonly string[]
}

/** A pass as far as it can be read, and what `pass verify` says of it. */
export interface ReadPass {
  /** As it was named; `set.pkpasses/ann.pkpass` in a bundle. */
  readonly file: string
  /** Empty where nothing could be read. */
  readonly files: PassFiles
  /** pass.json; undefined where it is missing or cannot be read. */
  readonly json: Readonly<Record<string, unknown>> | undefined
  readonly report: PassReport
}

export interface ReadPasses {
  /** At least one. */
  readonly passes: readonly [ReadPass, ...ReadPass[]]
  /** True when there are more than were read. */
  readonly more: boolean
}

/** Most passes of a folder that are looked at. */
const MOST_PASSES = 50

interface ReadOptions {
  readonly trust: readonly Uint8Array[]
  readonly now: number
}

/**
 * Reads what a word of the command line names: a .pkpass, a .pkpasses, a folder, an http(s) address, or `-`.
 *
 * @throws AppError PASS_NOT_FOUND, PASS_DOWNLOAD, CERT_NOT_FOUND; PASS_UNREADABLE where nothing at all can be read
 */
export async function readPasses(name: string, world: PassWorld): Promise<ReadPasses> {
  const { environment, fetch, stdin } = world
  const options = { trust: await readTrust(world), now: environment.now().getTime() }
  const passes: ReadPass[] = []
  let more = false
  for await (const source of listSources([name], { cwd: environment.cwd, fetch, stdin })) {
    if (passes.length >= MOST_PASSES) {
      more = true
      break
    }
    passes.push(...(await readSource(source, options)))
  }
  more ||= passes.length > MOST_PASSES
  const [first, ...others] = passes.slice(0, MOST_PASSES)
  if (first === undefined || (others.length === 0 && first.files.size === 0)) {
    const [reason] = first?.report.findings ?? []
    const message = `${visibleText(name)} cannot be read as a pass. ${reason?.message ?? 'It holds none.'}`
    throw new AppError('PASS_UNREADABLE', message, { details: { path: name } })
  }
  return { passes: [first, ...others], more }
}

async function readSource(source: PassSource, options: ReadOptions): Promise<ReadPass[]> {
  const { file } = source
  try {
    if (source.kind === 'folder') return [await readFiles(file, await readFolder(source.path), options)]
    if (source.kind === 'bytes') return await readArchive(file, source.bytes, options, source.found)
    // What is wrong with the archive around the passes, `pass verify` tells.
    if (source.kind === 'archive') return []
    if (source.kind === 'unreadable') return [unread(file, source.reason)]
    if (source.kind === 'entry')
      return [await readInner(file, await readArchiveEntry(source.path, source.entry), options)]
    const { size } = await stat(source.path)
    if (size > LARGEST_FILE) return [unread(file, `it has ${size} bytes, more than any pass`)]
    return await readArchive(file, await readFile(source.path), options)
  } catch (error) {
    if (!(error instanceof ZipError) && !isDiskError(error)) throw error
    return [unread(file, error.message)]
  }
}

async function readArchive(
  file: string,
  bytes: Uint8Array,
  options: ReadOptions,
  found: readonly Finding[] = [],
): Promise<ReadPass[]> {
  let archive: ReadArchive
  try {
    archive = readPassOrBundle(bytes)
  } catch (error) {
    if (!(error instanceof ZipError)) throw error
    return [unread(file, error.message)]
  }
  const { files } = archive
  if (archive.passes.length === 0) return [await readFiles(file, files, options, [...found, ...archive.found])]
  const passes: ReadPass[] = []
  for (const name of archive.passes)
    passes.push(await readInner(`${file}/${name}`, files.get(name) ?? new Uint8Array(), options))
  return passes
}

/** A pass in a bundle; bundles hold no bundles. */
async function readInner(file: string, bytes: Uint8Array, options: ReadOptions): Promise<ReadPass> {
  try {
    const files = readZip(bytes, { findings: createFindings(), limits: ZIP_LIMITS })
    return toReadPass(file, files, await verifyPass(bytes, { ...options, file }))
  } catch (error) {
    if (!(error instanceof ZipError)) throw error
    return unread(file, error.message)
  }
}

async function readFiles(
  file: string,
  files: PassFiles,
  options: ReadOptions,
  found: readonly Finding[] = [],
): Promise<ReadPass> {
  return toReadPass(file, files, await verifyFiles(files, { ...options, file }, found))
}

function toReadPass(file: string, files: PassFiles, report: PassReport): ReadPass {
  // Somebody packed the folder rather than its content: phones refuse it, people want to see it all the same.
  const own = files.has('pass.json') ? files : (findPasses(files)[0]?.files ?? files)
  const bytes = own.get('pass.json')
  const text = bytes === undefined ? undefined : readPassText(bytes)
  return { file, files: own, json: text?.ok ? text.json : undefined, report }
}

function unread(file: string, reason: string): ReadPass {
  return { file, files: new Map(), json: undefined, report: unreadableReport(file, reason) }
}

function isDiskError(error: unknown): error is NodeJS.ErrnoException {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' && /^E[A-Z]+$/.test(error.code)
}
