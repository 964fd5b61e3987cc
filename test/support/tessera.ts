import { chmod, cp, mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { execa } from 'execa'

const root = new URL('../..', import.meta.url).pathname
const bin = join(root, 'bin', 'run.js')

export interface ShellRun {
  readonly stdout: string
  readonly stderr: string
  readonly exitCode: number
}

/** A shell that knows `tessera` and `npx tessera` as the compiled program. `dir` holds the two commands. */
export async function makeShell(dir: string): Promise<(script: string, cwd: string) => Promise<ShellRun>> {
  const path = join(dir, 'bin')
  await mkdir(path, { recursive: true })
  const commands = {
    tessera: `#!/bin/sh\nexec "${process.execPath}" "${bin}" "$@"\n`,
    npx: '#!/bin/sh\n[ "$1" = tessera ] || exit 99\nshift\nexec tessera "$@"\n',
  }
  for (const [name, text] of Object.entries(commands)) {
    await writeFile(join(path, name), text)
    await chmod(join(path, name), 0o755)
  }
  return async (script, cwd) => {
    const { stdout, stderr, exitCode } = await execa('sh', ['-c', script], {
      cwd,
      reject: false,
      timeout: 60_000,
      stdin: 'ignore',
      env: { PATH: `${path}:${process.env.PATH ?? ''}`, NO_COLOR: '1' },
    })
    return { stdout, stderr, exitCode: exitCode ?? -1 }
  }
}

/** A launch with test certificates, both designs and twelve issued cards, made once; `copyLaunch` gives copies. */
export async function prepareLaunch(dir: string): Promise<string> {
  const shell = await makeShell(dir)
  const launch = join(dir, 'prepared')
  await mkdir(launch)
  const steps = [
    'tessera init . --no-input --service-url https://cards.example.com',
    'tessera certs dev',
    'tessera design new stamp --kind stamp',
    'tessera issue members.csv --design bonus --out cards',
  ]
  for (const step of steps) {
    const { exitCode, stderr } = await shell(step, launch)
    if (exitCode !== 0) throw new Error(`${step} ended with ${exitCode}: ${stderr}`)
  }
  return launch
}

export async function copyLaunch(launch: string, to: string): Promise<string> {
  await cp(launch, to, { recursive: true })
  return to
}
