import { statfs } from 'node:fs/promises'
import { execa } from 'execa'
import { closest } from '../../kit/closest.js'
import type { HealthCheck, HealthResult } from '../../kit/health.js'
import type { Environment } from '../environment.js'
import { variablePages } from '../reference/variables.js'
import { faceChecks } from './face-checks.js'

const MEGABYTE = 1_000_000
// oclif reads these for the launcher, whatever its name.
const FRAMEWORK_VARIABLES = /^TESSERA_(CONTENT_TYPE|DISABLE_THEME|(CACHE|CONFIG|DATA)_DIR|BINPATH|AC_.*|REDIRECTED)$/

/** What the machine must offer, whether or not there is a launch. `dir` is where the disk is measured. */
export function machineChecks(dir: string, environment: Environment): readonly HealthCheck[] {
  return [
    { id: 'machine.node', title: 'Node', run: async () => checkNode(process.versions.node, process.execPath) },
    { id: 'machine.disk', title: 'Free disk space', run: () => checkDisk(dir) },
    { id: 'machine.openssl', title: 'OpenSSL', run: checkOpenssl },
    { id: 'machine.variables', title: 'Variables', run: async () => checkVariables(environment.env) },
    ...faceChecks(environment),
  ]
}

function checkNode(version: string, path: string): HealthResult {
  // bin/run.js refuses a Node that is too old, so whoever gets here has a fitting one.
  return { status: 'ok', detail: `${version} (${path})` }
}

/** A warning below 1 GB, a failure below 100 MB. */
export async function checkDisk(dir: string): Promise<HealthResult> {
  const { bavail, bsize } = await statfs(dir)
  const megabytes = Math.floor((bavail * bsize) / MEGABYTE)
  const detail = `${megabytes.toLocaleString('en')} MB free at ${dir}`
  if (megabytes >= 1000) return { status: 'ok', detail }
  const remedy = 'Free some space: 10,000 cards take about 100 MB per 10 KB of pictures.'
  return { status: megabytes < 100 ? 'failed' : 'warning', detail, remedy }
}

async function checkOpenssl(): Promise<HealthResult> {
  const { stdout, failed } = await execa('openssl', ['version'], { reject: false, timeout: 5000 })
  if (!failed) return { status: 'ok', detail: stdout.trim() }
  return { status: 'skipped', detail: 'not installed; Tessera does not need it, it only serves as a second opinion' }
}

/** A mistyped TESSERA_… variable would silently do nothing. */
export function checkVariables(env: Environment['env']): HealthResult {
  const known = variablePages().map(({ name }) => name)
  const set = Object.keys(env).filter((name) => name.startsWith('TESSERA_') && !FRAMEWORK_VARIABLES.test(name))
  const unknown = set.filter((name) => !known.includes(name))
  if (unknown.length === 0) {
    return { status: 'ok', detail: set.length === 0 ? 'no TESSERA_… variable is set' : set.sort().join(', ') }
  }
  const guesses = unknown.flatMap((name) => closest(name, known) ?? [])
  const guess = guesses.length === 0 ? '' : ` Did you mean ${guesses.join(', ')}?`
  return {
    status: 'warning',
    detail: `nothing reads ${unknown.join(', ')}`,
    remedy: `\`tessera help environment\` lists the variables.${guess}`,
  }
}
