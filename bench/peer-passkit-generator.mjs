// The peer of bench/issue: makes COUNT cards of LAUNCH's bonus design with passkit-generator, from the same CSV, with
// the same certificates, one file per card. Prints cards a second, without the start of the process: in its favour.
import { createReadStream, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { parse } from 'csv-parse'
import { PKPass } from 'passkit-generator'

const [launch, count] = [process.argv[2], Number(process.argv[3])]
const template = join(launch, 'designs', 'bonus.pkpasstemplate')
const files = {}
for (const name of readdirSync(template, { recursive: true })) {
  if (name !== 'design.yaml' && statSync(join(template, name)).isFile())
    files[name] = readFileSync(join(template, name))
}
const pass = JSON.parse(files['pass.json'].toString())
const certificates = {
  wwdr: readFileSync(join(launch, 'certs/wwdr.pem')),
  signerCert: readFileSync(join(launch, 'certs/pass.pem')),
  signerKey: readFileSync(join(launch, 'certs/pass.key.pem')),
}
const identity = /^\s*(passTypeIdentifier|teamIdentifier):\s*(\S+)/gm
const { passTypeIdentifier, teamIdentifier } = Object.fromEntries(
  [...readFileSync(join(launch, 'tessera.yaml'), 'utf8').matchAll(identity)].map(([, key, value]) => [key, value]),
)
const groups = ['headerFields', 'primaryFields', 'secondaryFields', 'auxiliaryFields', 'backFields']
mkdirSync(join(launch, 'peer'), { recursive: true })

let made = 0
let begun = performance.now()
for await (const row of createReadStream(join(launch, 'members.csv')).pipe(parse({ columns: true }))) {
  // The first cards warm the code up and do not count.
  if (made === 5) begun = performance.now()
  const own = structuredClone(pass)
  for (const group of groups) {
    for (const field of own.storeCard[group] ?? []) if (field.key in row) field.value = row[field.key]
  }
  own.barcodes[0].message = row.serial
  const buffers = { ...files, 'pass.json': Buffer.from(JSON.stringify(own)) }
  const card = new PKPass(buffers, certificates, { serialNumber: row.serial, passTypeIdentifier, teamIdentifier })
  writeFileSync(join(launch, 'peer', `${row.serial}.pkpass`), card.getAsBuffer())
  made++
  if (made === count + 5) break
}
process.stdout.write(String((count / (performance.now() - begun)) * 1000))
