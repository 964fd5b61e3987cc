// The main job, start to finish, on a fresh launch in a temporary folder: two designs, checked and pictured, certificates,
// 1,000 cards from generated members with deliberate mistakes, every card verified, the faces on a photo. Prints the commands as a person
// would type them.
import { copyFileSync, existsSync, mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { humanRoot } from '../dist/faces/backends/human-package.js'
import { writeMembers } from './demo/members.mjs'
import { tessera } from './demo/run.mjs'
import { verifyFolder } from './demo/verify.mjs'

const begun = performance.now()
const dir = mkdtempSync(join(tmpdir(), 'tessera-demo-'))
console.log(`A launch in ${dir}\n`)

tessera(dir, ['init', '.', '--no-input', '--organization', 'Nordlicht Coffee'])
tessera(dir, ['design', 'new', 'stamp', '--kind', 'stamp', '--no-input'])
for (const design of ['bonus', 'stamp']) {
  tessera(dir, ['design', 'check', design])
  tessera(dir, ['design', 'preview', design, '--locale', 'all'])
}
tessera(dir, ['certs', 'dev'])

const expected = {}
for (const design of ['bonus', 'stamp']) {
  expected[design] = writeMembers(join(dir, `${design}-members.csv`), { design, good: 500 })
  const out = join('cards', design)
  const result = tessera(dir, ['issue', `${design}-members.csv`, '--design', design, '--out', out], { accept: [0, 3] })
  // The summary lists counts; the file names every bad row with its reason, and is what an agency would send back.
  const rejected = readFileSync(join(dir, `${design}-members.rejected.csv`), 'utf8')
    .trim()
    .split('\n')
  console.log(`  ${rejected.length - 1} rows were rejected, for example:\n    ${rejected[1]}\n`)
  expected[design].exit = result.status
}
tessera(dir, ['card', 'list', '--limit', '3'])

tessera(dir, ['pass', 'verify', 'cards', '--trust', 'certs/wwdr.pem'])
// A sheet of faces from the package that the models come with: one man about sixteen times, many others.
copyFileSync(join(humanRoot(), 'assets', 'screenshot-facematch.jpg'), join(dir, 'guests.jpg'))
tessera(dir, ['face', 'detect', 'guests.jpg', '--draw', 'guests-faces.png'])

console.log('Every card again, and by openssl:')
const checks = []
for (const design of ['bonus', 'stamp']) {
  checks.push({ design, ...expected[design], ...(await verifyFolder(join(dir, 'cards', design), join(dir, 'certs'))) })
}
const openssl = checks[0].openssl === undefined ? 'openssl is not installed' : 'openssl'
for (const { design, cards, valid, openssl: accepted } of checks) {
  const also = accepted === undefined ? openssl : `${openssl} accepts ${accepted} signatures`
  console.log(`  ${design.padEnd(6)} ${cards} cards: Tessera finds ${valid} valid; ${also}`)
}

const wrong = checks.filter(
  ({ good, bad, cards, valid, openssl: accepted, exit }) =>
    cards !== good || valid !== good || (accepted !== undefined && accepted !== good) || exit !== (bad > 0 ? 3 : 0),
)
const leftovers = readdirSync(dir).filter((name) => name.endsWith('.partial'))
if (
  wrong.length > 0 ||
  leftovers.length > 0 ||
  ['bonus.png', 'stamp.png', 'guests-faces.png', '.tessera/store.db'].some((path) => !existsSync(join(dir, path)))
) {
  console.error(`\nThe demo did not end as it should: ${JSON.stringify({ wrong, leftovers })}`)
  process.exitCode = 1
} else {
  writeFileSync(join(dir, 'README.txt'), 'Made by `npm run demo`. Delete the folder when you have seen enough.\n')
  const seconds = ((performance.now() - begun) / 1000).toFixed(1)
  console.log(`\n1,000 cards in ${seconds} s. Everything is in ${dir}:
  cards/bonus, cards/stamp        the signed cards (phones refuse them: test certificates)
  *-members.rejected.csv          the rows to fix, with reasons
  bonus.png, stamp.png            how phones will show them, front and back, in English and Russian
  guests-faces.png                the faces on a photo, found and numbered
  designs/                        the designs, to change and issue again
Try: cd ${dir} && npx --prefix ${process.cwd()} tessera card show 200001`)
}
