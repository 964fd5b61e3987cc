import { spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'

const bin = fileURLToPath(new URL('../../bin/run.js', import.meta.url))

/** Runs a command in a folder and shows it with its output, as in a terminal. Throws when it ends otherwise than told. */
export function tessera(cwd, args, { accept = [0] } = {}) {
  console.log(`$ tessera ${args.map((word) => (/[^\w./=-]/.test(word) ? JSON.stringify(word) : word)).join(' ')}`)
  const result = spawnSync(process.execPath, [bin, ...args], { cwd, encoding: 'utf8' })
  const text = `${result.stderr}${result.stdout}`.trimEnd()
  const lines = text.split('\n')
  const shown = lines.length > 24 ? [...lines.slice(0, 22), `… ${lines.length - 22} more lines`] : lines
  console.log(`${shown.map((line) => `  ${line}`).join('\n')}\n`)
  if (!accept.includes(result.status)) throw new Error(`tessera ${args[0]} ended with ${result.status}`)
  return result
}
