import { readFile, stat } from 'node:fs/promises'
import { basename, dirname } from 'node:path'
import { JsonSourceError } from '../../cards/design/json-source.js'
import { readPassSource } from '../../cards/import/pass-source.js'
import { passLanguages } from '../../cards/view/languages.js'
import type { PassBundle } from '../../cards/view/types.js'
import { AppError } from '../../kit/errors/index.js'
import { visibleText } from '../../kit/visible-text.js'
import { createFindings } from '../../signing/verify/findings.js'
import { readZip, ZipError } from '../../signing/verify/zip.js'
import type { PreviewSource } from './preview-source.js'

/** Larger files are no passes; the largest samples of Apple have less than a megabyte. */
const MOST_BYTES = 64 * 1024 * 1024

/** A .pkpass from anywhere. Nothing in it is trusted, and nothing of it is verified here. */
export function passSource(file: string): PreviewSource {
  return {
    name: basename(file).replace(/\.pkpass$/i, ''),
    place: file,
    watched: { folders: [], files: [file] },
    async load() {
      const { bundle, warnings } = await readPassFile(file)
      const locale = passLanguages(bundle.files)[0] ?? 'en'
      return { files: bundle.files, locale, warnings, pass: async () => ({ bundle }) }
    },
  }
}

/** @throws AppError PASS_UNREADABLE */
async function readPassFile(file: string): Promise<{ bundle: PassBundle; warnings: readonly string[] }> {
  const fail = (reason: string, cause?: unknown) =>
    new AppError('PASS_UNREADABLE', `${file} ${reason}.`, {
      details: { dir: dirname(file), file: basename(file) },
      cause,
    })
  const info = await stat(file).catch((cause: unknown) => {
    throw fail('is not there', cause)
  })
  if (!info.isFile()) throw fail('is not a file')
  if (info.size > MOST_BYTES) throw fail('is far too large for a pass')
  const findings = createFindings()
  let files: ReadonlyMap<string, Uint8Array>
  try {
    files = readZip(await readFile(file), { findings })
  } catch (cause) {
    if (cause instanceof ZipError) throw fail(`cannot be opened: ${cause.message}`, cause)
    throw cause
  }
  const bytes = files.get('pass.json')
  if (bytes === undefined) throw fail('has no pass.json in it')
  const noted = findings.list.map(({ place, message }) =>
    place === undefined ? message : `${visibleText(place)} ${message}`,
  )
  try {
    // As leniently as `design import` and `design diff` read it.
    const { json, mended } = readPassSource(bytes, files)
    return { bundle: { passJson: json, files }, warnings: [...noted, ...mended] }
  } catch (cause) {
    if (!(cause instanceof JsonSourceError)) throw cause
    throw fail(`has a pass.json that cannot be read: ${cause.message}`, cause)
  }
}
