// Compiles src/ to dist/ and describes the commands in oclif.manifest.json. `--clean` starts from nothing, so that no
// file of a removed module is ever packed.
import { spawnSync } from 'node:child_process'
import { rmSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { writeManifest } from './manifest.mjs'

const root = fileURLToPath(new URL('..', import.meta.url))
if (process.argv.includes('--clean')) rmSync(join(root, 'dist'), { recursive: true, force: true })
const tsc = join(dirname(createRequire(import.meta.url).resolve('typescript/package.json')), 'bin', 'tsc')
const { status } = spawnSync(process.execPath, [tsc, '-p', join(root, 'tsconfig.json')], { stdio: 'inherit' })
if (status === 0) {
  await writeManifest(root)
} else {
  // Without a manifest oclif looks at dist/ itself: slower, but never wrong.
  rmSync(join(root, 'oclif.manifest.json'), { force: true })
  process.exitCode = status ?? 1
}
