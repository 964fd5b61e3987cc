import { cp, mkdir, readdir, readFile, symlink } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { execa } from 'execa'
import { describe, expect, test } from 'vitest'
import { tempDir } from '../support/temp-dir.js'

const ROOT = fileURLToPath(new URL('../..', import.meta.url))

/** What `npm pack` works on: the sources without what a build makes, so that packing disturbs no other test. */
const SOURCES = [
  'bin',
  'src',
  'scripts',
  'templates',
  'docs',
  'package.json',
  'tsconfig.json',
  'README.md',
  'LICENSE',
  'CHANGELOG.md',
]

describe('the published package', () => {
  test('packs, installs into an empty folder and does the tour there', async () => {
    const work = await tempDir('pack')
    const source = join(work, 'source')
    await mkdir(source)
    for (const name of SOURCES) await cp(join(ROOT, name), join(source, name), { recursive: true })
    await symlink(join(ROOT, 'node_modules'), join(source, 'node_modules'))
    const packed = await execa('npm', ['pack', '--json', '--pack-destination', work], { cwd: source })
    const [{ filename, files }] = JSON.parse(packed.stdout.slice(packed.stdout.indexOf('[')))
    const names: string[] = files.map(({ path }: { path: string }) => path)
    expect(names).toContain('oclif.manifest.json')
    expect(names).toContain('templates/designs/bonus/pass.json')
    expect(
      names.filter((name) => /^(src|test|bench|node_modules)\//.test(name) || name.endsWith('.tsbuildinfo')),
    ).toEqual([])

    const home = join(work, 'home')
    await mkdir(home)
    await execa('npm', ['init', '-y'], { cwd: home })
    const install = ['install', '--prefer-offline', '--no-audit', '--no-fund', join(work, filename)]
    // Where it finds CUDA's compiler, the install script of onnxruntime-node would download CUDA libraries.
    await execa('npm', install, { cwd: home, env: { ONNXRUNTIME_NODE_INSTALL: 'skip' } })

    const bin = join(home, 'node_modules', 'tessera-cards', 'bin', 'run.js')
    const tessera = (...args: string[]) => execa(process.execPath, [bin, ...args], { cwd: home, env: { CI: 'true' } })
    expect((await tessera('--version')).stdout).toMatch(/^tessera-cards\/\d/)
    await tessera('init', '.')
    await tessera('certs', 'dev')
    const issued = JSON.parse(
      (await tessera('issue', 'members.csv', '--design', 'bonus', '--out', 'cards', '--json')).stdout,
    )
    expect(issued).toMatchObject({ issued: 12, rejected: 0 })
    const made = await readdir(join(home, 'cards'), { recursive: true })
    expect(made.filter((name) => name.endsWith('.pkpass'))).toHaveLength(12)
    const cards = JSON.parse((await tessera('card', 'list', '--json')).stdout)
    expect(cards).toHaveLength(12)
    await tessera('card', 'sign', cards[0].serial, '-o', 'one.pkpass')
    expect((await readFile(join(home, 'one.pkpass'))).subarray(0, 2).toString()).toBe('PK')
    await tessera('design', 'new', 'coffee', '--kind', 'stamp')
    await tessera('doctor')
  }, 300_000)
})
