import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { onTestFinished } from 'vitest'

/** A picture of one pixel. */
export const PIXEL = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg==',
  'base64',
)

export const PASS = {
  formatVersion: 1,
  passTypeIdentifier: 'pass.template',
  teamIdentifier: 'TEMPLATE01',
  serialNumber: 'template',
  organizationName: 'Template',
  description: 'A card',
  foregroundColor: 'rgb(10,20,30)',
  backgroundColor: '#ffeedd',
  barcodes: [{ format: 'PKBarcodeFormatQR', message: 'x', messageEncoding: 'iso-8859-1' }],
  storeCard: {
    headerFields: [{ key: 'level', label: 'Level', value: 'Silver' }],
    primaryFields: [{ key: 'balance', label: 'Points', value: 0, changeMessage: 'Now %@' }],
    secondaryFields: [{ key: 'name', label: 'Name', value: '' }],
    backFields: [{ key: 'terms', label: 'Terms', value: 'None.' }],
  },
}

export const YAML = `version: 1
fields:
  name: {type: text, required: true}
  balance: {type: number, default: 0}
  level: {type: enum, options: [Silver, Gold], default: Silver}
`

/** A temporary folder, removed when the test has ended. */
export async function temporaryFolder(): Promise<string> {
  const dir = await mkdtemp(join(tmpdir(), 'tessera-cards-'))
  onTestFinished(() => rm(dir, { recursive: true, force: true }))
  return dir
}

export interface FolderContent {
  readonly pass?: unknown
  readonly yaml?: string
  readonly files?: Readonly<Record<string, string | Uint8Array>>
}

/** Writes a design folder; a string for `pass` is written as it is. */
export async function designFolder({ pass = PASS, yaml = YAML, files = {} }: FolderContent = {}): Promise<string> {
  const dir = join(await temporaryFolder(), 'bonus.pkpasstemplate')
  const text = typeof pass === 'string' ? pass : JSON.stringify(pass, null, 2)
  const all = { 'pass.json': text, 'design.yaml': yaml, 'icon.png': PIXEL, 'icon@2x.png': PIXEL, ...files }
  for (const [path, content] of Object.entries(all)) {
    await mkdir(dirname(join(dir, path)), { recursive: true })
    await writeFile(join(dir, path), content)
  }
  return dir
}
