// From a CSV to signed archives, store included, as whole processes, against two limits in the same run:
// - the raw RSA-2048 rate of node:crypto on all cores, since every card needs one signature;
// - passkit-generator making the same cards with the same certificates into the same kind of files.
// Rounds are interleaved; each ratio is taken within its round; medians with the extremes are printed.
import { spawnSync } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { rmSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import sharp from 'sharp'
import { machine, makeLaunch, median, options, rawRsaRate, spread, tessera, writeMembers } from './lib.mjs'

const { rounds, rows, peer, kb } = options({ rounds: 5, rows: 100_000, peer: 150, kb: 0 })
const launch = makeLaunch()
const peerScript = fileURLToPath(new URL('./peer-passkit-generator.mjs', import.meta.url))
const measured = {
  rsa: [],
  zip: [],
  folder: [],
  zipShare: [],
  folderShare: [],
  peer: [],
  zipTimes: [],
  folderTimes: [],
}

function forget() {
  for (const name of [
    '.tessera/store.db',
    '.tessera/store.db-wal',
    '.tessera/store.db-shm',
    'cards',
    'cards.zip',
    'peer',
  ]) {
    rmSync(launch.path(name), { recursive: true, force: true })
  }
}

function issue(target) {
  forget()
  const { seconds, result } = tessera(launch.dir, ['issue', 'members.csv', '--design', 'bonus', ...target])
  if (result.issued !== rows) throw new Error(`issued ${result.issued} of ${rows}`)
  return rows / seconds
}

function peerRate() {
  forget()
  const child = spawnSync(process.execPath, [peerScript, launch.dir, String(peer)], { encoding: 'utf8' })
  if (child.status !== 0) throw new Error(child.stderr)
  return Number(child.stdout)
}

/** `--kb 70`: nine pictures of 70 KB each that no compression helps, for a design heavier than the template's 6 KB. */
async function makeHeavy() {
  const side = Math.round(Math.sqrt((kb * 1000) / 3))
  for (const name of ['icon', 'logo', 'strip']) {
    for (const scale of ['', '@2x', '@3x']) {
      const noise = sharp(randomBytes(side * side * 3), { raw: { width: side, height: side, channels: 3 } })
      await noise.png().toFile(launch.path('designs', 'bonus.pkpasstemplate', `${name}${scale}.png`))
    }
  }
}

if (kb > 0) await makeHeavy()
writeMembers(launch.path('members.csv'), rows)
console.log(`${machine()}; ${rows} rows, ${rounds} rounds${kb > 0 ? `, nine pictures of ${kb} KB` : ''}`)
try {
  for (let round = 1; round <= rounds; round++) {
    // The limit is measured before and after, so that a machine that changes its speed within a round is seen.
    const before = await rawRsaRate(launch.path('certs/pass.key.pem'))
    const zip = issue(['--zip', 'cards.zip'])
    const between = await rawRsaRate(launch.path('certs/pass.key.pem'))
    const folder = issue(['--out', 'cards'])
    const after = await rawRsaRate(launch.path('certs/pass.key.pem'))
    const other = peerRate()
    measured.rsa.push((before + between + after) / 3)
    measured.zip.push(zip)
    measured.folder.push(folder)
    measured.peer.push(other)
    measured.zipShare.push((100 * zip) / ((before + between) / 2))
    measured.folderShare.push((100 * folder) / ((between + after) / 2))
    measured.zipTimes.push(zip / other)
    measured.folderTimes.push(folder / other)
    console.log(
      `round ${round}: raw RSA ${[before, between, after].map(Math.round).join('/')}/s, --zip ${Math.round(zip)}/s, --out ${Math.round(folder)}/s, passkit-generator ${other.toFixed(1)}/s`,
    )
  }
} finally {
  launch.remove()
}
console.log(`
raw RSA-2048, all cores       ${Math.round(median(measured.rsa))}/s
tessera issue --zip           ${Math.round(median(measured.zip))}/s   ${spread(measured.zipShare, 0)} % of raw RSA   ${spread(measured.zipTimes, 0)} times passkit-generator
tessera issue --out           ${Math.round(median(measured.folder))}/s   ${spread(measured.folderShare, 0)} % of raw RSA   ${spread(measured.folderTimes, 0)} times passkit-generator
passkit-generator, one process ${median(measured.peer).toFixed(1)}/s`)
