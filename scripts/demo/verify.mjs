import { execFile } from 'node:child_process'
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import yauzl from 'yauzl'
import { readPem } from '../../dist/signing/certs/pem.js'
import { verifyPass } from '../../dist/verifying/verify-pass.js'

const run = promisify(execFile)

/**
 * Verifies every .pkpass below a folder twice: by Tessera's own verifier, and the signature by openssl where that is
 * installed, on files taken out of the archive by another library.
 */
export async function verifyFolder(dir, certs) {
  const files = readdirSync(dir, { recursive: true }).filter((name) => name.endsWith('.pkpass'))
  const trust = readPem(readFileSync(join(certs, 'wwdr.pem'), 'utf8')).map(({ der }) => der)
  let valid = 0
  for (const file of files) {
    const { verdict, findings } = await verifyPass(readFileSync(join(dir, file)), { file, trust })
    if (verdict === 'valid') valid++
    else console.error(`  ${file}: ${verdict} ${JSON.stringify(findings)}`)
  }
  return { cards: files.length, valid, openssl: await countByOpenssl(dir, files) }
}

/** Undefined when openssl is not there. */
async function countByOpenssl(dir, files) {
  const there = await run('openssl', ['version']).catch(() => undefined)
  if (there === undefined) return undefined
  const work = mkdtempSync(join(tmpdir(), 'tessera-verify-'))
  const waiting = files.values()
  let accepted = 0
  const worker = async (_, index) => {
    for (const file of waiting) {
      const { manifest, signature } = await readEntries(join(dir, file))
      const paths = [`${index}.signature`, `${index}.manifest`].map((name) => join(work, name))
      writeFileSync(paths[0], signature)
      writeFileSync(paths[1], manifest)
      const args = ['cms', '-verify', '-noverify', '-binary', '-inform', 'DER', '-in', paths[0], '-content', paths[1]]
      const ok = await run('openssl', args, { encoding: 'buffer' }).then(
        () => true,
        () => false,
      )
      if (ok) accepted++
    }
  }
  await Promise.all(Array.from({ length: 4 }, worker))
  rmSync(work, { recursive: true, force: true })
  return accepted
}

async function readEntries(path) {
  const zip = await promisify(yauzl.open)(path, { lazyEntries: false, autoClose: false })
  const entries = await new Promise((resolve, reject) => {
    const found = []
    zip
      .on('entry', (entry) => found.push(entry))
      .on('end', () => resolve(found))
      .on('error', reject)
  })
  const read = async (name) => {
    const stream = await promisify(zip.openReadStream.bind(zip))(entries.find(({ fileName }) => fileName === name))
    return Buffer.concat(await stream.toArray())
  }
  const result = { manifest: await read('manifest.json'), signature: await read('signature') }
  zip.close()
  return result
}
