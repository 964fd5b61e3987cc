import { readFile, stat } from 'node:fs/promises'
import { basename, dirname } from 'node:path'
import { passLanguages } from '../../cards/view/languages.js'
import type { PassBundle } from '../../cards/view/types.js'
import { AppError } from '../../kit/errors/index.js'
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
  const passJson = parsePass(files.get('pass.json'))
  if (passJson === undefined)
    throw fail(files.has('pass.json') ? 'has no JSON in its pass.json' : 'has no pass.json in it')
  const warnings = findings.list.map(({ place, message }) => (place === undefined ? message : `${place} ${message}`))
  return { bundle: { passJson, files }, warnings }
}

function parsePass(bytes: Uint8Array | undefined): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(new TextDecoder().decode(bytes))
    return typeof value === 'object' && value !== null && !Array.isArray(value)
      ? (value as Record<string, unknown>)
      : undefined
  } catch {
    return undefined
  }
}
