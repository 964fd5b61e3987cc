import { hash } from 'node:crypto'
import type { Findings } from './findings.js'

const MANIFEST = 'manifest.json'
/** Not listed in the manifest, since they are made from it. */
const UNLISTED: ReadonlySet<string> = new Set([MANIFEST, 'signature'])

/** Compares manifest.json with the files both ways. */
export function checkManifest(files: ReadonlyMap<string, Uint8Array>, findings: Findings): void {
  const manifest = files.get(MANIFEST)
  if (manifest === undefined) findings.error('manifest.missing', 'is missing', MANIFEST)
  const listed = manifest === undefined ? undefined : readManifest(manifest, findings)
  if (listed === undefined) return
  for (const [path, digest] of listed) {
    const content = files.get(path)
    if (content === undefined) findings.error('manifest.absent', 'is listed in manifest.json but not in the pass', path)
    else if (hash('sha1', content, 'hex') !== digest) {
      findings.error('manifest.digest', 'is not the file that was signed (SHA-1 differs)', path)
    }
  }
  for (const path of files.keys()) {
    if (!listed.has(path) && !UNLISTED.has(path)) {
      findings.error('manifest.unlisted', 'is in the pass but not in manifest.json', path)
    }
  }
}

function readManifest(bytes: Uint8Array, findings: Findings): Map<string, string> | undefined {
  let parsed: unknown
  try {
    parsed = JSON.parse(Buffer.from(bytes).toString('utf8'))
  } catch {
    findings.error('manifest.parse', 'is not JSON', MANIFEST)
    return undefined
  }
  if (typeof parsed !== 'object' || parsed === null || Array.isArray(parsed)) {
    findings.error('manifest.parse', 'is not an object of paths and digests', MANIFEST)
    return undefined
  }
  const listed = new Map<string, string>()
  for (const [path, digest] of Object.entries(parsed)) {
    if (typeof digest !== 'string' || !/^[0-9a-f]{40}$/i.test(digest)) {
      findings.error('manifest.parse', 'has no SHA-1 in manifest.json', path)
    } else if (UNLISTED.has(path)) findings.error('manifest.parse', 'must not be listed in manifest.json', path)
    listed.set(path, String(digest).toLowerCase())
  }
  return listed
}
