// How long the light commands take as whole processes, against two limits: bare Node, and a bare @oclif/core command.
// All four run in turn in each round; ratios are taken within the round, medians printed.
import { spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { bin, machine, makeLaunch, median, options, spread } from './lib.mjs'

const { rounds } = options({ rounds: 21 })
const launch = makeLaunch()
const bare = mkdtempSync(join(tmpdir(), 'tessera-bare-'))

/** The least that a CLI on @oclif/core can be: one explicit command, no plugins, a compile cache as ours has. */
function makeBareCli() {
  symlinkSync(fileURLToPath(new URL('../node_modules', import.meta.url)), join(bare, 'node_modules'))
  mkdirSync(join(bare, 'commands'))
  writeFileSync(
    join(bare, 'package.json'),
    JSON.stringify({ name: 'bare', version: '1.0.0', type: 'module', oclif: { bin: 'bare', commands: './commands' } }),
  )
  writeFileSync(
    join(bare, 'commands', 'hello.js'),
    `import { Command } from '@oclif/core'\nexport default class Hello extends Command { static summary = 'Says hello.'\n  async run() { this.log('hello') } }\n`,
  )
  const command = {
    id: 'hello',
    summary: 'Says hello.',
    args: {},
    flags: {},
    aliases: [],
    hiddenAliases: [],
    hasDynamicHelp: false,
    pluginAlias: 'bare',
    pluginName: 'bare',
    pluginType: 'core',
    strict: true,
    isESM: true,
    relativePath: ['commands', 'hello.js'],
  }
  writeFileSync(join(bare, 'oclif.manifest.json'), JSON.stringify({ version: '1.0.0', commands: { hello: command } }))
  writeFileSync(
    join(bare, 'run.js'),
    `import { enableCompileCache } from 'node:module'\nenableCompileCache()\nconst { execute } = await import('@oclif/core')\nawait execute({ dir: import.meta.url })\n`,
  )
}

const cases = {
  'node -e 0': [['-e', '0'], bare],
  'bare @oclif/core command': [[join(bare, 'run.js'), 'hello'], bare],
  'tessera --version': [[bin, '--version'], launch.dir],
  'tessera --help': [[bin, '--help'], launch.dir],
  'tessera help exit-codes': [[bin, 'help', 'exit-codes'], launch.dir],
  'tessera card list': [[bin, 'card', 'list'], launch.dir],
}

try {
  makeBareCli()
  const times = Object.fromEntries(Object.keys(cases).map((name) => [name, []]))
  for (let round = 0; round <= rounds; round++) {
    for (const [name, [args, cwd]] of Object.entries(cases)) {
      const begun = performance.now()
      const { status, stderr } = spawnSync(process.execPath, args, { cwd, encoding: 'utf8' })
      if (status !== 0) throw new Error(`${name}: ${stderr}`)
      // The first round fills the compile caches.
      if (round > 0) times[name].push(performance.now() - begun)
    }
  }
  console.log(`${machine()}; ${rounds} rounds; milliseconds, median (least to most), and times each limit`)
  const [node, oclif] = Object.values(times)
  for (const [name, values] of Object.entries(times)) {
    const toNode = median(values.map((value, round) => value / node[round])).toFixed(2)
    const toOclif = median(values.map((value, round) => value / oclif[round])).toFixed(2)
    console.log(`${name.padEnd(26)} ${spread(values, 0).padEnd(22)} ${toNode} x node   ${toOclif} x bare oclif`)
  }
} finally {
  launch.remove()
  rmSync(bare, { recursive: true, force: true })
}
