import { join } from 'node:path'
import type { Environment } from '../environment.js'
import { findLaunch } from '../launch.js'
import { configKeys } from './keys.js'
import { CONFIG_FILE, loadConfig, type Origin } from './load-config.js'
import type { LaunchConfig } from './schema.js'

export interface ShownValue {
  /** Dotted path, or `launch` for the folder itself. */
  readonly key: string
  readonly value: string
  readonly origin: Origin | { readonly kind: 'flag'; readonly name: string } | { readonly kind: 'found' }
}

export interface ShownConfig {
  /** Absolute path of tessera.yaml. */
  readonly file: string
  readonly config: LaunchConfig
  readonly values: readonly ShownValue[]
}

export interface ConfigRequest {
  /** Value of --launch, from the command line or TESSERA_LAUNCH. */
  readonly launch: string | undefined
  /** True when it stood on the command line. */
  readonly launchGiven: boolean
  readonly environment: Environment
}

/** The configuration in force and where each value comes from. Throws what `openLaunch` throws. */
export async function showConfig({ launch, launchGiven, environment }: ConfigRequest): Promise<ShownConfig> {
  const dir = await findLaunch(launch, environment.cwd)
  const { config, origins } = await loadConfig(dir, environment.env)
  const values = configKeys().flatMap(({ path }): ShownValue[] => {
    const origin = origins.get(path)
    return origin === undefined ? [] : [{ key: path, value: String(valueAt(config, path)), origin }]
  })
  const found: ShownValue['origin'] =
    launch === undefined
      ? { kind: 'found' }
      : launchGiven
        ? { kind: 'flag', name: '--launch' }
        : { kind: 'env', name: 'TESSERA_LAUNCH' }
  return {
    file: join(dir, CONFIG_FILE),
    config,
    values: [{ key: 'launch', value: dir, origin: found }, ...values],
  }
}

/** `tessera.yaml line 4`, `TESSERA_LOCALE`, `default`. */
export function describeOrigin(origin: ShownValue['origin']): string {
  if (origin.kind === 'file') return `${CONFIG_FILE} line ${origin.line}`
  if (origin.kind === 'found') return 'found by walking up from here'
  return origin.kind === 'default' ? 'default' : origin.name
}

function valueAt(config: LaunchConfig, path: string): unknown {
  let value: unknown = config
  for (const step of path.split('.')) {
    if (typeof value !== 'object' || value === null) return undefined
    value = (value as Record<string, unknown>)[step]
  }
  return value
}
