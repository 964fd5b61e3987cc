import { createHash } from 'node:crypto'
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { execa } from 'execa'
import { type Asn1Element, readAsn1 } from '../../src/signing/verify/asn1.js'
import type { TemporaryFolder } from '../signing/certs/material.js'
import { SUBJECT } from '../signing/certs/material.js'

export interface PassRecipe {
  readonly passJson?: string | object
  readonly files?: Readonly<Record<string, string | Buffer>>
  /** Replaces the manifest that would be made. */
  readonly manifest?: string
  /** Changed after the manifest and the signature were made. */
  readonly tamper?: Readonly<Record<string, string>>
  readonly sign?: boolean
  /** Arguments for `openssl cms -sign` beside the usual ones. */
  readonly cms?: readonly string[]
  readonly zip?: readonly string[]
  readonly signer?: { readonly certificate: string; readonly key: string; readonly wwdr?: string }
}

/** Makes a pass with other people's tools: openssl signs, Info-ZIP packs. Needs writeSet() in the folder before. */
export async function makePass(folder: TemporaryFolder, recipe: PassRecipe = {}): Promise<Buffer> {
  const dir = folder.path('pass')
  await rm(dir, { recursive: true, force: true })
  const passJson = recipe.passJson ?? {
    formatVersion: 1,
    serialNumber: 'A-1',
    passTypeIdentifier: SUBJECT.passTypeIdentifier,
    teamIdentifier: SUBJECT.teamIdentifier,
    organizationName: SUBJECT.organizationName,
    description: 'Bonus card',
    storeCard: {},
  }
  const files: Record<string, string | Buffer> = {
    'pass.json': typeof passJson === 'string' ? passJson : JSON.stringify(passJson),
    'icon.png': 'not really a picture',
    'de.lproj/pass.strings': '"name" = "Name";',
    ...recipe.files,
  }
  const digests = Object.entries(files).map(([name, content]) => [
    name,
    createHash('sha1').update(content).digest('hex'),
  ])
  files['manifest.json'] = recipe.manifest ?? JSON.stringify(Object.fromEntries(digests))
  for (const [name, content] of Object.entries(files)) await write(join(dir, name), content)
  if (recipe.sign !== false) await signWithOpenssl(folder, recipe)
  for (const [name, content] of Object.entries(recipe.tamper ?? {})) await write(join(dir, name), content)
  const archive = folder.path('made.pkpass')
  await rm(archive, { force: true })
  await execa('zip', ['-q', '-r', '-X', '-D', ...(recipe.zip ?? []), archive, '.'], { cwd: dir })
  return readFile(archive)
}

async function signWithOpenssl(folder: TemporaryFolder, { signer, cms = [] }: PassRecipe): Promise<void> {
  const { certificate, key, wwdr } = signer ?? {
    certificate: folder.path('pass.pem'),
    key: folder.path('pass.key.pem'),
    wwdr: folder.path('wwdr.pem'),
  }
  const chain = wwdr === undefined ? [] : ['-certfile', wwdr]
  const files = ['-in', folder.path('pass/manifest.json'), '-out', folder.path('pass/signature')]
  const args = ['cms', '-sign', '-binary', '-md', 'sha256', '-signer', certificate, '-inkey', key, ...chain, ...files]
  await execa('openssl', [...args, '-outform', 'DER', ...cms])
}

async function write(path: string, content: string | Buffer): Promise<void> {
  await mkdir(dirname(path), { recursive: true })
  await writeFile(path, content)
}

/** The pass that makePass() made last, with another signature. */
export async function withSignature(folder: TemporaryFolder, signature: Uint8Array): Promise<Buffer> {
  await writeFile(folder.path('pass/signature'), signature)
  await execa('zip', ['-q', '-X', folder.path('made.pkpass'), 'signature'], { cwd: folder.path('pass') })
  return readFile(folder.path('made.pkpass'))
}

/** Throws unless openssl verifies the signature of the pass that was made last, chain included. */
export async function opensslVerifies(folder: TemporaryFolder): Promise<void> {
  const files = ['-in', folder.path('pass/signature'), '-content', folder.path('pass/manifest.json')]
  const chain = ['-CAfile', folder.path('root.pem'), '-purpose', 'any', '-out', folder.path('content')]
  await execa('openssl', ['cms', '-verify', '-binary', '-inform', 'DER', ...files, ...chain])
}

/** A CMS signature again with indefinite lengths; certificates and signed attributes stay DER, as RFC 5652 wants it. */
export function toBer(der: Uint8Array): Buffer {
  const convert = (element: Asn1Element, depth: number): Buffer => {
    const staysDer = (depth === 4 && isCertificate(element)) || (depth === 5 && element.tagClass === 'context')
    if (!element.constructed || staysDer) return Buffer.from(element.raw)
    const children = element.children.map((child) => convert(child, depth + 1))
    return Buffer.concat([element.raw.subarray(0, 1), Buffer.from([0x80]), ...children, Buffer.from([0, 0])])
  }
  return convert(readAsn1(der), 0)
}

/** At depth four of a SignedData only certificates begin with a sequence; a signer begins with its version. */
function isCertificate(element: Asn1Element): boolean {
  return element.children[0]?.constructed === true
}
