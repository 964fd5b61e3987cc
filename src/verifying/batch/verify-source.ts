import { readFile, stat } from 'node:fs/promises'
import type { Finding } from '../../kit/findings.js'
import { readArchiveEntry } from '../../signing/verify/archive/archive-file.js'
import { createFindings } from '../../signing/verify/findings.js'
import { ZipError } from '../../signing/verify/zip.js'
import { deliveryFinding } from '../rules/verifying-rules.js'
import type { PassReport, VerifyOptions } from '../types.js'
import { bundleReport, unreadableReport, verifyFiles, verifyPass } from '../verify-pass.js'
import { bundleShape } from './bundle-shape.js'
import { isNameOfOnePass } from './pass-names.js'
import { LARGEST_FILE, type PassSource } from './pass-source.js'
import { type ReadArchive, readPassOrBundle } from './read-archive.js'
import { readFolder } from './read-folder.js'

export type SourceOptions = Omit<VerifyOptions, 'file' | 'limits'>

/**
 * Verifies what a source holds: one report for a pass, for a bundle one for each pass in it, and one for the bundle
 * itself where something is wrong with it. Never throws for what the bytes or the disk hold.
 */
export async function verifySource(source: PassSource, options: SourceOptions): Promise<PassReport[]> {
  const { file } = source
  try {
    if (source.kind === 'folder') return [await verifyFiles(await readFolder(source.path), { ...options, file })]
    if (source.kind === 'bytes') return await verifyBytes(source.bytes, { ...options, file }, source.found)
    if (source.kind === 'archive') return [bundleReport(file, source.found)]
    if (source.kind === 'unreadable') return [unreadableReport(file, source.reason)]
    if (source.kind === 'entry') {
      return [await verifyPass(await readArchiveEntry(source.path, source.entry), { ...options, file })]
    }
    const { size } = await stat(source.path)
    if (size > LARGEST_FILE) return [unreadableReport(file, `it has ${size} bytes, more than any pass`)]
    return await verifyBytes(await readFile(source.path), { ...options, file, onePass: isNameOfOnePass(source.path) })
  } catch (error) {
    // Of an entry; it continues its name.
    if (error instanceof ZipError) return [unreadableReport(file, error)]
    if (!isDiskError(error)) throw error
    return [unreadableReport(file, error.message)]
  }
}

interface BytesOptions extends VerifyOptions {
  /** Whether phones take it for one pass by its name, whatever is in it. */
  readonly onePass?: boolean
}

async function verifyBytes(
  bytes: Uint8Array,
  options: BytesOptions,
  found: readonly Finding[] = [],
): Promise<PassReport[]> {
  let archive: ReadArchive
  try {
    archive = readPassOrBundle(bytes)
  } catch (error) {
    if (!(error instanceof ZipError)) throw error
    return [unreadableReport(options.file, error, found)]
  }
  const { files, passes } = archive
  const all = [...found, ...archive.found]
  if (passes.length === 0) return [await verifyFiles(files, options, all)]
  const findings = createFindings()
  if (options.onePass === true) {
    findings.add('archive.other-format', {
      message: 'The file is called .pkpass, but holds passes instead of being one: it is a bundle.',
      fix: 'Call it .pkpasses, and send it as application/vnd.apple.pkpasses.',
    })
  }
  return verifyBundle(files, { bytes: bytes.length, passes, options, found: [...all, ...findings.list] })
}

interface Bundle {
  readonly bytes: number
  readonly passes: readonly string[]
  readonly options: VerifyOptions
  readonly found: readonly Finding[]
}

async function verifyBundle(files: ReadonlyMap<string, Uint8Array>, bundle: Bundle): Promise<PassReport[]> {
  const { passes, options } = bundle
  const reports: PassReport[] = []
  const seen = new Map<string, string>()
  const found = [...bundle.found]
  for (const name of passes) {
    const content = files.get(name) ?? new Uint8Array()
    // A bundle holds passes, not bundles: what is in it is verified as it is.
    const report = await verifyPass(content, { ...options, file: `${options.file}/${name}` })
    reports.push(report)
    const { serialNumber, passTypeIdentifier } = report.pass ?? {}
    const identity = JSON.stringify([passTypeIdentifier, serialNumber])
    const other = serialNumber === undefined ? undefined : seen.get(identity)
    if (other !== undefined) {
      const message = `${other} and ${name} are the same pass to a phone.`
      found.push(deliveryFinding('bundle.same-pass', { file: name, message, evidence: `serialNumber ${serialNumber}` }))
    }
    seen.set(identity, name)
  }
  found.push(...bundleShape([...files.keys()], bundle.bytes))
  return found.length === 0 ? reports : [bundleReport(options.file, found), ...reports]
}

function isDiskError(error: unknown): error is NodeJS.ErrnoException {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' && /^E[A-Z]+$/.test(error.code)
}
