import { filesAmong } from './archive/check-entries.js'
import { layOut } from './archive/layout.js'
import { ZIP_LIMITS, type ZipLimits } from './archive/limits.js'
import { beginsDirectory, directoryPlaces, locateEnd } from './archive/locate.js'
import { reportLitter, withoutParentFolder } from './archive/parent-folder.js'
import { readEntry } from './archive/read-entry.js'
import { type DirectoryEntry, LOCAL_SIGNATURE, readDirectory } from './archive/records.js'
import { Report, reportShape } from './archive/report.js'
import { tooMany, truncated, unreadable } from './archive/unreadable.js'
import { beginning, treatedAsText, whatInstead } from './archive/what-bytes.js'
import { ZipError } from './archive/zip-error.js'
import type { Findings } from './findings.js'

export { ZIP_LIMITS, ZipError, type ZipLimits }

/** From when a high ratio is told, and which is high. */
const RATIO_BYTES = 8 * 1024 * 1024
const HIGH_RATIO = 200

/**
 * Reads an archive from strangers: every offset and size is checked, names are checked, sizes are limited, checksums
 * compared. Files that cannot be read are reported and left out; where all lie in one folder it is taken away.
 *
 * Bounds, whatever the bytes say: at most `limits.entries` records are read; no byte is unpacked twice; unpacked are at
 * most `limits.totalBytes`, each file to at most the size it states and `limits.entryBytes`; memory is taken for what
 * packed bytes can hold, never for what a header claims; at most 26 findings a rule. Beyond that, time grows with the
 * length of `bytes` only.
 *
 * @returns path -> content, in the order of the central directory. Stored files share memory with `bytes`.
 * @throws {ZipError} when it is not an archive at all; `rule`, `evidence` and `fix` say more.
 */
export function readZip(
  bytes: Uint8Array,
  { findings, limits = ZIP_LIMITS }: { findings: Findings; limits?: ZipLimits },
): Map<string, Uint8Array> {
  const archive = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const report = new Report(findings)
  const { entries, start } = openDirectory(archive, limits, report)
  const { overlapping, gaps } = layOut(archive, entries, start)
  for (const { at, length, file } of gaps) {
    report.add('archive.gap', {
      message: `${length} bytes of the archive belong to no file${file ? ', though they look like one' : ''}.`,
      evidence: `offset ${at}`,
      severity: file ? 'refused-by-some' : 'advice',
    })
  }
  const files = new Map<string, Uint8Array>()
  let total = 0
  for (const entry of filesAmong(entries, report)) {
    const { name, size, packed } = entry
    if (overlapping.has(entry)) {
      report.add('archive.overlap', { file: name, message: `${name} shares bytes with another file.` })
      continue
    }
    if (size > limits.entryBytes || total + size > limits.totalBytes) {
      const evidence = `${size} bytes`
      report.add('archive.size', {
        file: name,
        message: `${name} unpacks to more than is sensible for a pass.`,
        evidence,
      })
      continue
    }
    total += size
    if (size > RATIO_BYTES && size > packed * HIGH_RATIO) {
      const evidence = `${size} bytes out of ${packed}`
      report.add('archive.ratio', {
        file: name,
        message: `${name} unpacks to ${Math.round(size / packed)} times its size.`,
        evidence,
      })
    }
    try {
      const { content, differs } = readEntry(archive, entry.offset, entry)
      files.set(name, content)
      for (const { text, severity } of differs) {
        const message = `${name} has ${text} in front of its content.`
        report.add('archive.header-mismatch', { file: name, message, ...(severity && { severity }) })
      }
    } catch (error) {
      if (!(error instanceof ZipError)) throw error
      const { evidence } = error
      report.add(error.rule, { file: name, message: `${name} ${error.message}.`, ...(evidence && { evidence }) })
    }
  }
  if (report.has('archive.entry')) reportDamage(archive, report)
  for (const name of files.keys()) reportFileAsFolder(name, files, report)
  reportLitter(files.keys(), report)
  const result = withoutParentFolder(files, report)
  report.finish()
  return result
}

function openDirectory(
  archive: Buffer,
  limits: ZipLimits,
  report: Report,
): { entries: DirectoryEntry[]; start: number } {
  try {
    const located = locateEnd(archive, 0)
    if (located === undefined) throw unreadable(archive, archive.length)
    const { record, trailing, ambiguous } = located
    const places = directoryPlaces(record)
    const start = places.find((place) => beginsDirectory(archive, place)) ?? places[0]
    const shift = start - record.start
    const beginsAtOnce = archive.length >= 4 && archive.readUInt32LE(0) === LOCAL_SIGNATURE
    // The end of an archive inside of this one, whose own end is missing.
    if (trailing > 0 && shift > 0 && beginsAtOnce) throw truncated(archive.length)
    if (record.count > limits.entries) throw tooMany(record.count, limits)
    const directory = archive.subarray(start, record.directoryEnd)
    const { entries, length, zip64 } = readDirectory(directory, record.count, shift)
    const before = entries.reduce((least, { offset }) => Math.min(least, offset), entries.length === 0 ? shift : start)
    const end = archive.length - Math.max(0, trailing)
    reportShape(
      {
        trailing,
        ambiguous,
        zip64: zip64 || record.zip64,
        after: archive.subarray(end),
        before,
        beforeText: beginning(archive.subarray(0, before)),
        uncounted: directory.length - length,
      },
      report,
    )
    return { entries, start }
  } catch (error) {
    if (!(error instanceof ZipError) || error.rule === 'archive.too-many') throw error
    throw whatInstead(archive) ?? error
  }
}

/** Damaged files have one cause more often than many. */
function reportDamage(archive: Buffer, report: Report): void {
  const cause = treatedAsText(archive)
  if (cause === undefined) return
  const { evidence } = cause
  report.add(cause.rule, { message: `The file is damaged because ${cause.message}.`, ...(evidence && { evidence }) })
}

function reportFileAsFolder(name: string, files: ReadonlyMap<string, Uint8Array>, report: Report): void {
  for (let at = name.indexOf('/'); at >= 0; at = name.indexOf('/', at + 1)) {
    const folder = name.slice(0, at)
    if (!files.has(folder)) continue
    report.add('archive.name', { file: folder, message: `${folder} is a file, and the folder of ${name} as well.` })
  }
}
