import { hash } from 'node:crypto'
import { type Findings, type Found, shown } from './findings.js'
import { MANIFEST, readManifest } from './read-manifest.js'
import type { SigningRuleId } from './rules/index.js'

/** Not listed in the manifest, since they are made from it. */
const UNLISTED: ReadonlySet<string> = new Set([MANIFEST, 'signature'])

/** What operating systems leave in folders without being asked. */
const LITTER = /(?:^|\/)(?:\.DS_Store|\._[^/]*|Thumbs\.db|desktop\.ini)$|^__MACOSX\//i

/** Compares manifest.json with the files both ways. */
export function checkManifest(files: ReadonlyMap<string, Uint8Array>, findings: Findings): void {
  const manifest = files.get(MANIFEST)
  if (manifest === undefined) {
    findings.add('manifest.missing', { file: MANIFEST, message: 'There is no manifest.json.' })
    return
  }
  const listed = readManifest(manifest, findings)
  if (listed === undefined) return
  const { add, finish } = limitFindings(findings)
  const unlisted = [...files.keys()].filter((path) => !listed.has(path) && !UNLISTED.has(path))
  const similar = unlisted.length === 0 ? undefined : new Map(unlisted.map((path) => [commonForm(path), path]))
  const renamed = new Set<string>()
  for (const [path, digest] of listed) {
    if (UNLISTED.has(path)) {
      add('manifest.self', { file: path, message: `manifest.json lists ${path}, which cannot have a digest in it.` })
      continue
    }
    const content = files.get(path)
    if (content !== undefined) {
      checkDigest(path, { digest, content }, add)
      continue
    }
    const other = similar?.get(commonForm(path))
    if (other === undefined) {
      const message = `${shown(path)} is listed in manifest.json but not in the pass.`
      add('manifest.absent', { file: path, message })
      continue
    }
    renamed.add(other)
    reportPath(path, other, add)
    checkDigest(other, { digest, content: files.get(other) ?? new Uint8Array() }, add)
  }
  for (const path of unlisted) if (!renamed.has(path)) reportUnlisted(path, add)
  finish()
}

type Add = (rule: SigningRuleId, found: Found & { readonly file: string }) => void

function checkDigest(path: string, { digest, content }: { digest: unknown; content: Uint8Array }, add: Add): void {
  const actual = hash('sha1', content, 'hex')
  if (digest === actual) return
  const name = shown(path)
  if (typeof digest !== 'string') {
    add('manifest.parse', { file: path, message: `What manifest.json says of ${name} is no text, so no digest.` })
    return
  }
  const evidence = `manifest.json: ${shown(digest, 130)}, file: ${actual}`
  if (/^[0-9a-f]{40}$/i.test(digest)) {
    if (digest.toLowerCase() === actual)
      add('manifest.digest-case', { file: path, message: `The digest of ${name} has capital letters.`, evidence })
    else add('manifest.digest', { file: path, message: `${name} is not the file that was signed.`, evidence })
    return
  }
  const other = otherDigest(digest, content)
  add('manifest.algorithm', {
    file: path,
    message:
      other === undefined
        ? `What manifest.json says of ${name} is no SHA-1 in hex digits.`
        : `manifest.json has the ${other} of ${name} instead of its SHA-1.`,
    evidence,
  })
}

/** What the text is, when it is a digest of the file nevertheless. */
function otherDigest(text: string, content: Uint8Array): string | undefined {
  if (text.length > 128) return undefined
  for (const [algorithm, title] of [
    ['sha256', 'SHA-256'],
    ['md5', 'MD5'],
    ['sha512', 'SHA-512'],
    ['sha384', 'SHA-384'],
  ] as const) {
    if (hash(algorithm, content, 'hex') === text.toLowerCase()) return title
  }
  const base64 = hash('sha1', content, 'base64')
  return text === base64 || text === base64.replace(/=+$/, '') ? 'SHA-1 in base64' : undefined
}

/** What names have in common that only differ in how they are written. */
function commonForm(path: string): string {
  return path
    .normalize('NFC')
    .toLowerCase()
    .replaceAll('\\', '/')
    .replace(/^(?:\.?\/)+/, '')
}

function reportPath(path: string, other: string, add: Add): void {
  const how =
    path.normalize('NFC') === other.normalize('NFC')
      ? 'in another Unicode form'
      : path.toLowerCase() === other.toLowerCase()
        ? 'in another case'
        : path.includes('\\') || other.includes('\\')
          ? 'with backslashes'
          : 'in another way'
  const evidence = `manifest.json: ${spelled(path)}, archive: ${spelled(other)}`
  add('manifest.path', {
    file: other,
    message: `${shown(other)} is written ${how} in manifest.json, which makes it another file.`,
    evidence,
  })
}

/** As it is written, with everything spelled out that looks alike. */
function spelled(path: string): string {
  const escaped = [...path.slice(0, 100)].map((char) =>
    char > '~' ? `\\u{${char.codePointAt(0)?.toString(16)}}` : char,
  )
  return shown(escaped.join(''), 160)
}

function reportUnlisted(path: string, add: Add): void {
  const message = `${shown(path)} is in the pass but not in manifest.json.`
  if (!LITTER.test(path)) {
    add('manifest.unlisted', { file: path, message })
    return
  }
  add('manifest.unlisted', {
    file: path,
    message: `${message} Operating systems leave such files in folders.`,
    fix: "Remove it: `zip -d card.pkpass '*.DS_Store' '__MACOSX/*' '._*'`; or leave it out when packing: `zip -X -r ../card.pkpass . -x '*.DS_Store' '__MACOSX/*' '._*'` inside the folder that holds pass.json.",
  })
}

/** Of each rule; what has more is wrong altogether, and nobody reads on. */
const MOST = 50

function limitFindings(findings: Findings): { add: Add; finish: () => void } {
  const counts = new Map<SigningRuleId, number>()
  return {
    add(rule, found) {
      const count = (counts.get(rule) ?? 0) + 1
      counts.set(rule, count)
      if (count <= MOST) findings.add(rule, found)
    },
    finish() {
      for (const [rule, count] of counts) {
        const more = count - MOST
        if (more > 0) findings.add(rule, { file: MANIFEST, message: `The same holds for ${more} more files.` })
      }
    },
  }
}
