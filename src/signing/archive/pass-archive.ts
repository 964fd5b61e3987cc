import { hash } from 'node:crypto'
import { crc32, deflateRawSync } from 'node:zlib'
import type { AsyncManifestSigner, ManifestSigner } from '../cms.js'
import {
  centralRecordSize,
  END_RECORD_SIZE,
  localHeaderSize,
  writeCentralRecord,
  writeEndRecord,
  writeLocalHeader,
  type ZipEntry,
} from './zip-records.js'

/** Path inside the pass -> bytes. */
type Files = ReadonlyMap<string, Uint8Array>

/** The files of a pass that many cards share: hashed, checksummed, compressed and laid out once. */
export interface CompiledFiles {
  /** Local headers and data, ready to write. */
  readonly local: Buffer
  /** CRC-32 of `local`, so that an outer archive's checksum need not read it again. */
  readonly localCrc: number
  /** Central directory records of the same entries. */
  readonly central: Buffer
  readonly count: number
  /** `"icon.png":"sha1",…` for the manifest. */
  readonly manifest: string
}

/**
 * A signed pass in two parts: what it shares with others, and its own. Together they are the .pkpass file. Where the
 * tail was laid out in a `Scratch`, it is good until that is used again.
 */
export interface SignedPass {
  readonly head: Buffer
  readonly tail: Buffer
  /** CRC-32 of the whole file. */
  readonly crc: number
}

/** Memory that passes are laid out in one after the other: allocating 6 KB for each costs more than filling them. */
export interface Scratch {
  buffer: Buffer
}

const RESERVED = new Set(['pass.json', 'manifest.json', 'signature'])

export function compileFiles(files: Files): CompiledFiles {
  const entries = [...files]
    .filter(([name]) => !RESERVED.has(name))
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, data]) => compress(name, data))
  const local = Buffer.alloc(entries.reduce((sum, { entry, data }) => sum + localHeaderSize(entry) + data.length, 0))
  const central = Buffer.alloc(entries.reduce((sum, { entry }) => sum + centralRecordSize(entry, 0), 0))
  let at = 0
  let centralAt = 0
  for (const { entry, data } of entries) {
    centralAt = writeCentralRecord(central, centralAt, entry, at)
    const dataAt = writeLocalHeader(local, at, entry)
    local.set(data, dataAt)
    at = dataAt + data.length
  }
  const manifest = entries.map(({ name, sha1 }) => `${JSON.stringify(name)}:"${sha1}"`).join(',')
  return { local, localCrc: crc32(local), central, count: entries.length, manifest }
}

function compress(name: string, original: Uint8Array) {
  const deflated = deflateRawSync(original, { level: 9 })
  const smaller = deflated.length < original.length
  const data = smaller ? deflated : original
  const entry: ZipEntry = {
    name: Buffer.from(name, 'utf8'),
    crc: crc32(original),
    compressedSize: data.length,
    size: original.length,
    method: smaller ? 8 : 0,
  }
  return { name, data, entry, sha1: hash('sha1', original) }
}

const PASS_JSON = Buffer.from('pass.json')
const MANIFEST_JSON = Buffer.from('manifest.json')
const SIGNATURE = Buffer.from('signature')

/**
 * Makes one .pkpass. The shared files come first, so that they are one block; `pass.json`, the manifest, the signature
 * and the card's own pictures follow, stored without compression: deflating 2 KB would cost more than it saves.
 *
 * @param extra - files of this card alone (member pictures); they replace shared files of the same name.
 */
export function buildPass(
  shared: CompiledFiles,
  passJson: string,
  { signer, now, extra, scratch }: { signer: ManifestSigner; now: Date; extra?: Files | undefined; scratch?: Scratch },
): SignedPass {
  const { own, manifest } = ownFiles(shared, passJson, extra)
  return finishPass(shared, [...own, { name: SIGNATURE, data: signer(manifest, now) }], scratch)
}

/** {@link buildPass} with the signature made by another thread. */
export async function buildPassAsync(
  shared: CompiledFiles,
  passJson: string,
  { signer, now, extra }: { signer: AsyncManifestSigner; now: Date; extra?: Files | undefined },
): Promise<SignedPass> {
  const { own, manifest } = ownFiles(shared, passJson, extra)
  return finishPass(shared, [...own, { name: SIGNATURE, data: await signer(manifest, now) }])
}

interface OwnFile {
  readonly name: Buffer
  readonly data: Uint8Array
}

/** The files of this card alone, without the signature; the manifest is the last of them. */
function ownFiles(
  shared: CompiledFiles,
  passJson: string,
  extra: Files | undefined,
): { own: readonly OwnFile[]; manifest: Buffer } {
  const pass = Buffer.from(passJson, 'utf8')
  let manifestText = `{"pass.json":"${hash('sha1', pass)}"`
  if (shared.count > 0) manifestText += `,${shared.manifest}`
  const own: OwnFile[] = [{ name: PASS_JSON, data: pass }]
  if (extra) {
    for (const [name, data] of extra) {
      manifestText += `,${JSON.stringify(name)}:"${hash('sha1', data)}"`
      own.push({ name: Buffer.from(name, 'utf8'), data })
    }
  }
  const manifest = Buffer.from(`${manifestText}}`, 'utf8')
  own.push({ name: MANIFEST_JSON, data: manifest })
  return { own, manifest }
}

function finishPass(shared: CompiledFiles, own: readonly OwnFile[], scratch?: Scratch): SignedPass {
  const tail = layOut(shared, own, scratch)
  return { head: shared.local, tail, crc: crc32(tail, shared.localCrc) }
}

function roomIn(scratch: Scratch, size: number): Buffer {
  if (scratch.buffer.length < size) scratch.buffer = Buffer.allocUnsafeSlow(2 * size)
  return scratch.buffer.subarray(0, size)
}

function layOut(shared: CompiledFiles, own: readonly OwnFile[], scratch?: Scratch): Buffer {
  let size = shared.central.length + END_RECORD_SIZE
  for (const { name, data } of own) size += 30 + 46 + 2 * name.length + data.length
  const out = scratch === undefined ? Buffer.allocUnsafeSlow(size) : roomIn(scratch, size)
  const entries: { entry: ZipEntry; offset: number }[] = []
  let at = 0
  for (const { name, data } of own) {
    const entry: ZipEntry = { name, crc: crc32(data), compressedSize: data.length, size: data.length, method: 0 }
    entries.push({ entry, offset: shared.local.length + at })
    at = writeLocalHeader(out, at, entry)
    out.set(data, at)
    at += data.length
  }
  const centralAt = at
  shared.central.copy(out, at)
  at += shared.central.length
  for (const { entry, offset } of entries) at = writeCentralRecord(out, at, entry, offset)
  writeEndRecord(out, at, shared.count + own.length, at - centralAt, shared.local.length + centralAt)
  return out
}
