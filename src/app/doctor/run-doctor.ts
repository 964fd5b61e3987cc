import type { HealthCheck, HealthResult } from '../../kit/health.js'
import type { Environment } from '../environment.js'
import { type Launch, openLaunch } from '../launch.js'
import { failureOf, launchChecks } from './launch-checks.js'
import { machineChecks } from './machine-checks.js'

export interface CheckReport extends HealthResult {
  readonly id: string
  readonly title: string
}

export interface DoctorReport {
  /** False when a check failed; warnings do not count. */
  readonly ok: boolean
  readonly checks: readonly CheckReport[]
}

/** Runs every check of the machine and, where there is one, of the launch. A check that breaks counts as failed. */
export async function runDoctor(dir: string | undefined, environment: Environment): Promise<DoctorReport> {
  const found = await openOrExplain(dir, environment)
  const launch = 'dir' in found ? found : undefined
  try {
    const checks: CheckReport[] = []
    for (const check of machineChecks(launch?.dir ?? environment.cwd, environment)) checks.push(await runCheck(check))
    if (!('dir' in found)) checks.push(found)
    else for (const check of await launchChecks(found)) checks.push(await runCheck(check))
    return { ok: checks.every(({ status }) => status !== 'failed'), checks }
  } finally {
    await launch?.close()
  }
}

async function openOrExplain(dir: string | undefined, environment: Environment): Promise<Launch | CheckReport> {
  try {
    return await openLaunch({ dir, environment })
  } catch (error) {
    return { id: 'launch.config', title: 'Launch', ...failureOf(error) }
  }
}

async function runCheck({ id, title, run }: HealthCheck): Promise<CheckReport> {
  try {
    return { id, title, ...(await run()) }
  } catch (error) {
    const detail = error instanceof Error ? error.message : String(error)
    return { id, title, status: 'failed', detail: `the check itself broke: ${detail}` }
  }
}
