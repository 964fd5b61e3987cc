import { hash } from 'node:crypto'
import type { Findings } from './findings.js'

const MANIFEST = 'manifest.json'
/** Not listed in the manifest, since they are made from it. */
const UNLISTED: ReadonlySet<string> = new Set([MANIFEST, 'signature'])

/** Compares manifest.json with the files both ways. */
export function checkManifest(files: ReadonlyMap<string, Uint8Array>, findings: Findings): void {
  const manifest = files.get(MANIFEST)
  if (manifest === undefined)
    findings.add('manifest.missing', { file: MANIFEST, message: 'There is no manifest.json.' })
  const listed = manifest === undefined ? undefined : readManifest(manifest, findings)
  if (listed === undefined) return
  for (const [path, digest] of listed) {
    const content = files.get(path)
    if (content === undefined)
      findings.add('manifest.absent', {
        file: path,
        message: `${path} is listed in manifest.json but not in the pass.`,
      })
    else {
      const actual = hash('sha1', content, 'hex')
      if (actual === digest) continue
      const evidence = `manifest.json: ${digest}, file: ${actual}`
      findings.add('manifest.digest', { file: path, message: `${path} is not the file that was signed.`, evidence })
    }
  }
  for (const path of files.keys()) {
    if (!listed.has(path) && !UNLISTED.has(path)) {
      findings.add('manifest.unlisted', { file: path, message: `${path} is in the pass but not in manifest.json.` })
    }
  }
}

function readManifest(bytes: Uint8Array, findings: Findings): Map<string, string> | undefined {
  let parsed: unknown
  try {
    parsed = JSON.parse(Buffer.from(bytes).toString('utf8'))
  } catch {
    findings.add('manifest.parse', { file: MANIFEST, message: 'manifest.json is no JSON.' })
    return undefined
  }
  if (typeof parsed !== 'object' || parsed === null || Array.isArray(parsed)) {
    findings.add('manifest.parse', { file: MANIFEST, message: 'manifest.json is no object of paths and digests.' })
    return undefined
  }
  const listed = new Map<string, string>()
  for (const [path, digest] of Object.entries(parsed)) {
    if (typeof digest !== 'string' || !/^[0-9a-f]{40}$/i.test(digest)) {
      findings.add('manifest.parse', { file: MANIFEST, message: `manifest.json has no SHA-1 for ${path}.` })
    } else if (UNLISTED.has(path))
      findings.add('manifest.parse', { file: MANIFEST, message: `manifest.json must not list ${path}.` })
    listed.set(path, String(digest).toLowerCase())
  }
  return listed
}
