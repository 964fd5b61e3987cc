import { createHash } from 'node:crypto'
import { mkdir, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { execa } from 'execa'
import { type Entry, fromBuffer, open, type ZipFile } from 'yauzl'

/** The files of a zip archive, read by yauzl: names in order, checksums checked. */
export async function unzip(archive: string | Buffer): Promise<Map<string, Buffer>> {
  const options = { lazyEntries: true, autoClose: true, validateEntrySizes: true, strictFileNames: true } as const
  const zip = await new Promise<ZipFile>((resolve, reject) => {
    const opened = (error: Error | null, file: ZipFile): void => (error ? reject(error) : resolve(file))
    if (typeof archive === 'string') open(archive, options, opened)
    else fromBuffer(archive, options, opened)
  })
  const files = new Map<string, Buffer>()
  return new Promise((resolve, reject) => {
    zip.on('error', reject)
    zip.on('end', () => resolve(files))
    zip.on('entry', (entry: Entry) => {
      if (files.has(entry.fileName)) return reject(new Error(`${entry.fileName} is there twice`))
      zip.openReadStream(entry, (error, stream) => {
        if (error) return reject(error)
        const chunks: Buffer[] = []
        stream.on('data', (chunk: Buffer) => chunks.push(chunk))
        stream.on('error', reject)
        stream.on('end', () => {
          files.set(entry.fileName, Buffer.concat(chunks))
          zip.readEntry()
        })
      })
    })
    zip.readEntry()
  })
}

/** What is wrong with the manifest of a pass, by SHA-1 of node:crypto: every file is in it, and it names no other. */
export function manifestProblems(files: ReadonlyMap<string, Buffer>): string[] {
  const problems: string[] = []
  const manifest = JSON.parse(String(files.get('manifest.json'))) as Record<string, string>
  for (const [name, sha1] of Object.entries(manifest)) {
    const content = files.get(name)
    if (!content) problems.push(`${name} is in the manifest and not in the pass`)
    else if (createHash('sha1').update(content).digest('hex') !== sha1) problems.push(`${name} has another digest`)
  }
  for (const name of files.keys()) {
    if (!(name in manifest) && name !== 'manifest.json' && name !== 'signature') problems.push(`${name} is not in it`)
  }
  return problems
}

/**
 * Has openssl verify the signatures of many passes in one go, each with the chain up to the root.
 *
 * @returns how many it accepted; throws what openssl says of one it did not.
 */
export async function opensslAccepts(
  passes: readonly ReadonlyMap<string, Buffer>[],
  { dir, root }: { dir: string; root: string },
): Promise<number> {
  const folder = join(dir, 'openssl')
  await mkdir(folder, { recursive: true })
  for (const [index, files] of passes.entries()) {
    await writeFile(join(folder, `${index}.signature`), files.get('signature') ?? '')
    await writeFile(join(folder, `${index}.json`), files.get('manifest.json') ?? '')
  }
  const verify = 'openssl cms -verify -binary -inform DER -in $i.signature -content $i.json -out /dev/null'
  const script = `i=0; while [ $i -lt ${passes.length} ]; do
    ${verify} -noverify 2>error || { cat error >&2; exit 1; }
    ${verify} -CAfile "${root}" -purpose any 2>error || { cat error >&2; exit 1; }
    i=$((i+1)); done; echo $i`
  const { stdout } = await execa('sh', ['-c', script], { cwd: folder })
  await rm(folder, { recursive: true })
  return Number(stdout)
}
