import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { prepareZXingModule, type ReadResult, readBarcodes } from 'zxing-wasm/reader'

const { resolve } = createRequire(import.meta.url)
let ready: Promise<unknown> | undefined

/** What a scanner reads in a picture. Its program comes from the package, not from the network. */
export async function scan(png: Uint8Array): Promise<ReadResult[]> {
  const wasm = () => new Uint8Array(readFileSync(resolve('zxing-wasm/reader/zxing_reader.wasm'))).buffer
  ready ??= prepareZXingModule({ overrides: { wasmBinary: wasm() }, fireImmediately: true })
  await ready
  return readBarcodes(png, { tryHarder: true, maxNumberOfSymbols: 4 })
}
