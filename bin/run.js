#!/usr/bin/env node
// Plain old syntax on purpose: this file must parse on any Node to be able to say that the Node is too old.
import { readFileSync } from 'node:fs'

const floor = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8')).engines.node.replace(
  '>=',
  '',
)
const [major, minor] = floor.split('.').map(Number)
const [haveMajor, haveMinor] = process.versions.node.split('.').map(Number)
if (haveMajor < major || (haveMajor === major && haveMinor < minor)) {
  process.stderr.write(
    `tessera needs Node ${floor} or newer; this is Node ${process.versions.node} (${process.execPath}).\n`,
  )
  process.exit(7)
}
const { enableCompileCache } = await import('node:module')
enableCompileCache()
const { main } = await import('../dist/cli/main.js')
await main(import.meta.url, (code) => process.exit(code))
